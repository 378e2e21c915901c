import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accessVectors } from '../fixtures/vectors.ts'
import { UnsafeFieldError } from '../unsafe-field.ts'
import { encodeAccessCommandLines } from './command-lines.ts'
import { CONTROL_RESTART, type ControlAction, encodeControl } from './control-device.ts'

describe('encodeControl', () => {
  it.each<readonly [ControlAction, string]>([
    [{ kind: 'door.open', door: 1, seconds: 5 }, '01010105'],
    [{ kind: 'door.open', door: 2, seconds: 254 }, '010201FE'],
    [{ kind: 'door.hold-open', door: 1 }, '010101FF'],
    [{ kind: 'door.close', door: 1 }, '01010100'],
    [{ kind: 'door.open', door: 'all', seconds: 5 }, '01000105'],
    [{ kind: 'output.open', output: 1, seconds: 5 }, '01010205'],
    [{ kind: 'output.close', output: 1 }, '01010200'],
    [{ kind: 'alarm.cancel', door: 1 }, '02010000'],
    [{ kind: 'alarm.cancel', door: 'all' }, '02000000'],
    [{ kind: 'device.restart' }, '03000000'],
    [{ kind: 'door.normal-open', door: 1, isEnabled: false }, '04010000'],
    [{ kind: 'door.normal-open', door: 1, isEnabled: true }, '04010100'],
    [{ kind: 'door.lock', door: 3 }, '06030100'],
    [{ kind: 'door.unlock', door: 3 }, '06030000'],
    [{ kind: 'door.open', door: 16, seconds: 3 }, '01100103'],
  ])('writes %j as %s (C3)', (action, bytes) => {
    expect(encodeControl(action)).toBe(`CONTROL DEVICE ${bytes}`)
  })

  it('writes the five-byte form of a profile that wants it', () => {
    const five = 'state-then-seconds'
    expect(encodeControl({ kind: 'door.open', door: 1, seconds: 5 }, five)).toBe('CONTROL DEVICE 0101010005')
    expect(encodeControl({ kind: 'door.hold-open', door: 1 }, five)).toBe('CONTROL DEVICE 010101FF00')
    expect(encodeControl({ kind: 'door.close', door: 1 }, five)).toBe('CONTROL DEVICE 0101010000')
    expect(encodeControl({ kind: 'device.restart' }, five)).toBe(CONTROL_RESTART)
  })

  it.each([0, 255, 256, -1, 1.5, Number.NaN])('never opens a door for %d seconds', seconds => {
    for (const layout of ['vendor', 'state-then-seconds'] as const) {
      expect(() => encodeControl({ kind: 'door.open', door: 1, seconds }, layout)).toThrow(UnsafeFieldError)
      expect(() => encodeControl({ kind: 'output.open', output: 1, seconds }, layout)).toThrow(
        UnsafeFieldError,
      )
    }
  })

  it.each([0, 17, -1, 1.5, Number.NaN])('knows no door %d: only "all" means all', door => {
    expect(() => encodeControl({ kind: 'door.open', door, seconds: 5 })).toThrow(UnsafeFieldError)
    expect(() => encodeControl({ kind: 'door.lock', door })).toThrow(UnsafeFieldError)
    expect(() => encodeControl({ kind: 'output.close', output: door })).toThrow(UnsafeFieldError)
  })

  it('always writes four upper-case bytes, or refuses', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (door, seconds) => {
        try {
          expect(encodeControl({ kind: 'door.open', door, seconds })).toMatch(
            /^CONTROL DEVICE 01(0[1-9A-F]|10)01(0[1-9A-F]|[1-9A-E][0-9A-F]|F[0-9A-E])$/,
          )
        } catch (error) {
          expect(error).toBeInstanceOf(UnsafeFieldError)
        }
      }),
    )
  })
})

describe('encodeAccessCommandLines', () => {
  const sn = 'TESTACC00001'
  const open = { id: '221', text: encodeControl({ kind: 'door.open', door: 1, seconds: 5 }) }

  it('writes the command a poll fetches (A29)', () => {
    expect(encodeAccessCommandLines([open], { sn }).body).toBe(accessVectors.A29.reply)
  })

  it('answers an empty queue with OK', () => {
    expect(encodeAccessCommandLines([], { sn, cmdFormat: 1 }).body).toBe('OK')
  })

  it('puts the prefix of CmdFormat 1 before every command, and restarts last', () => {
    const lines = [{ id: '5', text: CONTROL_RESTART }, open]
    expect(encodeAccessCommandLines(lines, { sn, cmdFormat: 1 })).toEqual({
      body:
        'DataType=1,SN=TESTACC00001,Priority=0,CmdID=221,CmdDesc=C:221:CONTROL DEVICE 01010105\n' +
        'DataType=1,SN=TESTACC00001,Priority=0,CmdID=5,CmdDesc=C:5:CONTROL DEVICE 03000000\n',
      included: ['221', '5'],
      deferred: [],
    })
  })

  it('counts the prefix against the limit', () => {
    const two = [open, { ...open, id: '2' }]
    expect(encodeAccessCommandLines(two, { sn, bytesMax: 70 }).included).toHaveLength(2)
    expect(encodeAccessCommandLines(two, { sn, cmdFormat: 1, bytesMax: 70 }).included).toHaveLength(1)
  })

  it('refuses a serial number that would change the prefix, and texts that are two lines', () => {
    expect(() => encodeAccessCommandLines([open], { sn: 'A,B' })).toThrow(UnsafeFieldError)
    expect(() => encodeAccessCommandLines([{ id: '1', text: 'A\nB' }], { sn })).toThrow(UnsafeFieldError)
  })
})
