import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attendanceVectors } from '../fixtures/vectors.ts'
import { UnsafeFieldError } from '../unsafe-field.ts'
import { type AttendanceCommand, encodeCommand, encodeCommandLines } from './commands.ts'

describe('encodeCommand', () => {
  it.each<readonly [AttendanceCommand, string]>([
    [{ kind: 'door.open' }, 'AC_UNLOCK'],
    [{ kind: 'device.restart' }, 'REBOOT'],
    [{ kind: 'device.ping' }, 'INFO'],
    [{ kind: 'device.info' }, 'INFO'],
    [{ kind: 'options.read', key: 'FWVersion' }, 'GET OPTION FROM FWVersion'],
    [{ kind: 'user.delete', pin: '1001' }, 'DATA DELETE USERINFO PIN=1001'],
    [
      { kind: 'user.update', user: { pin: '7', timeZones: '0000000100000000', verify: -1, viceCard: '' } },
      'DATA UPDATE USERINFO PIN=7\tTZ=0000000100000000\tVerify=-1\tViceCard=',
    ],
    [
      { kind: 'attendance.query', from: '2026-09-01T00:00', to: '2026-09-02 00:00:00' },
      'DATA QUERY ATTLOG StartTime=2026-09-01 00:00:00\tEndTime=2026-09-02 00:00:00',
    ],
  ])('writes %j', (command, text) => {
    expect(encodeCommand(command)).toBe(text)
  })

  it.each(['', ' ', '0', '*', ' 7', '7\tFID=1', 'a\x01'])(
    'never deletes without one person named: %j',
    pin => {
      expect(() => encodeCommand({ kind: 'user.delete', pin })).toThrow(UnsafeFieldError)
      expect(() => encodeCommand({ kind: 'user.update', user: { pin } })).toThrow(UnsafeFieldError)
    },
  )

  it.each(['PIN', 'Pin', 'pin'] as const)(
    'deletes and writes by the person alone, spelled %s where the profile says so',
    pinKey => {
      const dialect = { pinKey }
      expect(encodeCommand({ kind: 'user.delete', pin: '1001' }, dialect)).toBe(
        `DATA DELETE USERINFO ${pinKey}=1001`,
      )
      expect(encodeCommand({ kind: 'user.update', user: { pin: '1001', card: '5' } }, dialect)).toBe(
        `DATA UPDATE USERINFO ${pinKey}=1001\tCard=5`,
      )
      for (const pin of ['', '0', '*', '7\tFID=1'])
        expect(() => encodeCommand({ kind: 'user.delete', pin }, dialect)).toThrow(UnsafeFieldError)
    },
  )

  it('deletes nothing but people by PIN, whatever the command', () => {
    const pin = fc.oneof(fc.string(), fc.constantFrom('', '*', '0', '1001', '00042', 'uid=1'))
    fc.assert(
      fc.property(pin, fc.constantFrom('PIN', 'Pin', 'pin'), (value, pinKey) => {
        try {
          const text = encodeCommand({ kind: 'user.delete', pin: value }, { pinKey })
          expect(text).toBe(`DATA DELETE USERINFO ${pinKey}=${value}`)
          expect(value).toMatch(/^[^*\t\r\n\0]+$/)
        } catch (error) {
          expect(error).toBeInstanceOf(UnsafeFieldError)
        }
      }),
    )
  })

  it('opens a door by the bytes the profile says, and never for ever', () => {
    const order = { kind: 'door.open', door: 2, seconds: 5 } as const
    expect(encodeCommand(order)).toBe('AC_UNLOCK')
    expect(encodeCommand(order, { doorLayout: 'vendor' })).toBe('CONTROL DEVICE 01020105')
    expect(encodeCommand(order, { doorLayout: 'state-then-seconds' })).toBe('CONTROL DEVICE 0102010005')
    expect(encodeCommand({ kind: 'door.open' }, { doorLayout: 'vendor' })).toBe('CONTROL DEVICE 01010105')
    expect(() => encodeCommand({ ...order, seconds: 255 }, { doorLayout: 'vendor' })).toThrow(
      UnsafeFieldError,
    )
  })

  it('refuses values that would start another command or field (C6)', () => {
    for (const name of ['A\nC:9:REBOOT', 'A\rB', 'A\tPri=14', 'A\x00']) {
      expect(() => encodeCommand({ kind: 'user.update', user: { pin: '1', name } })).toThrow(UnsafeFieldError)
    }
    expect(encodeCommand({ kind: 'user.update', user: { pin: '1', name: 'A=B' } })).toContain('Name=A=B')
  })

  it('does not repeat the refused value in the error', () => {
    const attempt = (): string =>
      encodeCommand({ kind: 'user.update', user: { pin: '1', password: 'secret\n' } })
    expect(attempt).toThrow('Passwd')
    expect(attempt).not.toThrow('secret')
  })

  it('refuses times, numbers and option names that are none', () => {
    expect(() => encodeCommand({ kind: 'attendance.query', from: 'now', to: 'then' })).toThrow(
      UnsafeFieldError,
    )
    expect(() => encodeCommand({ kind: 'options.read', key: 'A B' })).toThrow(UnsafeFieldError)
    expect(() => encodeCommand({ kind: 'user.update', user: { pin: '1', group: Number.NaN } })).toThrow(
      UnsafeFieldError,
    )
  })
})

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
      body: attendanceVectors.T46.reply,
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
