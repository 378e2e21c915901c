import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accessVectors, bodyOf, bytesOf } from '../fixtures/vectors.ts'
import { type DoorStatus, parseRtstate } from './rtstate.ts'

function doorsOf(text: string, doorCount: number): readonly DoorStatus[] {
  const [state] = parseRtstate(bytesOf(`time=2026-02-23 14:13:50\t${text}`), { doorCount }).states
  return state?.doors ?? []
}

describe('parseRtstate', () => {
  it('reads tamper at door 1 and no sensors (A15)', () => {
    const { states, rejects, lineCount } = parseRtstate(bodyOf(accessVectors.A15), { doorCount: 4 })
    expect(lineCount).toBe(1)
    expect(rejects).toEqual([])
    expect(states[0]?.time).toEqual({ local: '2017-01-10 15:42:40' })
    expect(states[0]?.doors.map(({ sensor, alarms }) => [sensor, alarms])).toEqual([
      ['none', ['tamper']],
      ['none', []],
      ['none', []],
      ['none', []],
    ])
  })

  it('reads one closed door, keeps the undocumented field raw and says nothing of the relay (A16)', () => {
    const [state] = parseRtstate(bodyOf(accessVectors.A16), { doorCount: 1 }).states
    expect(state?.doors).toEqual([{ door: 1, sensor: 'closed', relayBit: 0, relay: 'unknown', alarms: [] }])
    expect(state?.extra).toBe('door=01')
  })

  it.each([
    ['sensor=01\trelay=00\talarm=00', null],
    ['sensor=01\tDoor=03\tsomething=a=b', 'door=03 something=a=b'],
    [`sensor=01\tx=${'9'.repeat(500)}`, `x=${'9'.repeat(198)}`],
  ])('keeps what no document explains of %j as %j', (text, extra) => {
    const [state] = parseRtstate(bytesOf(`time=2026-02-23 14:13:50\t${text}`), { doorCount: 1 }).states
    expect(state?.extra).toBe(extra)
  })

  it('reads two bits per door, first byte first', () => {
    expect(doorsOf('sensor=1B01', 5).map(door => door.sensor)).toEqual([
      'unknown',
      'open',
      'closed',
      'none',
      'closed',
    ])
  })

  it('does not know the sensors of doors the field is too short for', () => {
    expect(doorsOf('sensor=01\tarm=', 5)[4]).toEqual({
      door: 5,
      sensor: 'unknown',
      relayBit: null,
      relay: 'unknown',
      alarms: null,
    })
  })

  it('reads a bit per relay, and what it means only where the profile knows', () => {
    const body = bytesOf('time=2026-02-23 14:13:50\tsensor=00\trelay=0201')
    const relays = (relaySetMeans?: 'energised' | 'released') =>
      parseRtstate(body, { doorCount: 9, relaySetMeans }).states[0]?.doors.map(door => door.relay)
    expect(doorsOf('relay=0201', 9).map(door => door.relayBit)).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 1])
    expect(relays()?.[1]).toBe('unknown')
    expect(relays('energised')?.slice(0, 2)).toEqual(['released', 'energised'])
    expect(relays('released')?.slice(0, 2)).toEqual(['energised', 'released'])
  })

  it('names every alarm bit, one byte per door', () => {
    expect(doorsOf('alarm=01FF', 2).map(door => door.alarms)).toEqual([
      ['forced'],
      [
        'forced',
        'tamper',
        'duress-password',
        'duress-finger',
        'held-open',
        'mains',
        'battery',
        'reader-removed',
      ],
    ])
  })

  it('takes nothing from hex that is none', () => {
    expect(doorsOf('sensor=zz\trelay=0\talarm=020', 2)).toEqual([
      { door: 1, sensor: 'unknown', relayBit: null, relay: 'unknown', alarms: ['tamper'] },
      { door: 2, sensor: 'unknown', relayBit: null, relay: 'unknown', alarms: null },
    ])
  })

  it('rejects a state without a time', () => {
    expect(parseRtstate(bytesOf('sensor=01'), { doorCount: 1 })).toMatchObject({
      states: [],
      rejects: [{ line: 1, reason: 'bad-time' }],
      lineCount: 1,
    })
  })

  it('accounts for every line of any bytes, for any number of doors', () => {
    const text = fc
      .array(fc.constantFrom('time=2026-08-10 09:00:00', 'sensor=', 'alarm=', 'A', '0', '\t', '\n', '\xff'))
      .map(pieces => bytesOf(pieces.join('')))
    fc.assert(
      fc.property(
        fc.oneof(text, fc.uint8Array()),
        fc.integer({ min: -1, max: 1_000_000 }),
        (body, doorCount) => {
          const { states, rejects, lineCount } = parseRtstate(body, { doorCount })
          expect(states.length + rejects.length).toBe(lineCount)
          for (const state of states) expect(state.doors.length).toBeLessThanOrEqual(64)
        },
      ),
    )
  })
})
