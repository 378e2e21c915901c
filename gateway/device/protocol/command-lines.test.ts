import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCommand } from './attendance/commands.ts'
import { encodeCommandLines } from './command-lines.ts'
import { UnsafeFieldError } from './unsafe-field.ts'

/** Vector T46. */
const THREE_COMMANDS =
  'C:101:DATA UPDATE USERINFO PIN=1001\tName=Asha\tPri=0\tPasswd=\tCard=123456\tGrp=1\nC:102:DATA QUERY ATTLOG StartTime=2026-09-01 00:00:00\tEndTime=2026-09-02 00:00:00\nC:103:REBOOT\n'

describe('encodeCommandLines', () => {
  it('ends every line with LF and puts the restart last (T46)', () => {
    const user = { pin: '1001', name: 'Asha', privilege: 0, password: '', card: '123456', group: 1 }
    const lines = [
      { id: '103', text: encodeCommand({ kind: 'device.restart' }) },
      { id: '101', text: encodeCommand({ kind: 'user.update', user }) },
      {
        id: '102',
        text: encodeCommand({
          kind: 'attendance.query',
          from: '2026-09-01 00:00:00',
          to: '2026-09-02 00:00:00',
        }),
      },
    ]
    expect(encodeCommandLines(lines)).toEqual({
      body: THREE_COMMANDS,
      included: ['101', '102', '103'],
      deferred: [],
    })
  })

  it('answers an empty queue with OK and no newline (T43)', () => {
    expect(encodeCommandLines([])).toEqual({ body: 'OK', included: [], deferred: [] })
  })

  it('refuses ids and texts that would start another line', () => {
    expect(() => encodeCommandLines([{ id: '1\n', text: 'INFO' }])).toThrow(UnsafeFieldError)
    expect(() => encodeCommandLines([{ id: '', text: 'INFO' }])).toThrow(UnsafeFieldError)
    expect(() => encodeCommandLines([{ id: '1', text: 'INFO\nREBOOT' }])).toThrow(UnsafeFieldError)
  })

  it('sends at most 200 lines and less than 40 KB, counted in bytes', () => {
    const many = Array.from({ length: 250 }, (_, at) => ({ id: String(at + 1), text: 'INFO' }))
    expect(encodeCommandLines(many).included).toHaveLength(200)
    expect(encodeCommandLines(many).deferred).toHaveLength(50)
    const wide = Array.from({ length: 10 }, (_, at) => ({ id: String(at + 1), text: '张'.repeat(2000) }))
    expect(encodeCommandLines(wide).included).toHaveLength(6)
  })

  it('sends a command too large for the limit alone, so that it cannot block the queue', () => {
    const photo = { id: '1', text: `DATA UPDATE BIOPHOTO PIN=1\tContent=${'A'.repeat(100_000)}` }
    expect(encodeCommandLines([photo, { id: '2', text: 'INFO' }])).toMatchObject({
      included: ['1'],
      deferred: ['2'],
    })
  })

  it('loses no command and restarts only at the end', () => {
    const command = fc.record({
      id: fc.stringMatching(/^[1-9]\d{0,8}$/),
      text: fc.constantFrom('INFO', 'REBOOT', 'LOG'),
    })
    fc.assert(
      fc.property(fc.array(command), fc.integer({ min: 1, max: 10 }), (lines, linesMax) => {
        const { body, included, deferred } = encodeCommandLines(lines, { linesMax })
        expect([...included, ...deferred].sort()).toEqual(lines.map(line => line.id).sort())
        if (included.length > 0) expect(body.split('\n')).toHaveLength(included.length + 1)
        expect(body).not.toMatch(/REBOOT\n(?!C:\w+:REBOOT\n|$)/)
      }),
    )
  })
})
