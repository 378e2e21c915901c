import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeAcknowledgement } from '../attendance/acknowledge.ts'
import { encodeEncodedTime } from '../device-time.ts'
import { accessVectors, bodyOf, bytesOf } from '../fixtures/vectors.ts'
import type { AccessEvent } from './access-event.ts'
import { parseAccessEvents } from './rtlog.ts'

function parseOne(text: string): AccessEvent {
  const [event] = parseAccessEvents(bytesOf(text)).events
  if (event === undefined) throw new Error('expected an event')
  return event
}

describe('parseAccessEvents', () => {
  it('reads a live face pass (A06)', () => {
    const raw = accessVectors.A06.body.trimEnd()
    expect(parseAccessEvents(bodyOf(accessVectors.A06))).toEqual({
      events: [
        {
          line: 1,
          raw,
          time: { local: '2026-02-23 14:13:48' },
          pin: '2',
          card: null,
          door: 1,
          event: 3,
          direction: 'in',
          verify: 15,
          triggeredBy: null,
          index: 140,
          siteCode: null,
          linkId: null,
          mask: false,
          temperature: null,
          sn: null,
        },
      ],
      rejects: [],
      lineCount: 1,
    })
  })

  it('reads an unregistered card as nobody, and drops CR LF NUL behind it (A07)', () => {
    const { events, lineCount } = parseAccessEvents(bodyOf(accessVectors.A07))
    expect(events).toMatchObject([{ pin: null, event: 27, direction: 'out', verify: 0, index: 21 }])
    expect(events[0]?.raw).toHaveLength(96)
    expect(lineCount).toBe(1)
  })

  it('takes index 0 for no index, keeps unknown keys raw and door 0 for the terminal itself (A09)', () => {
    const { events } = parseAccessEvents(bodyOf(accessVectors.A09))
    expect(events).toMatchObject([
      { event: 102, door: 1, index: null, direction: null, verify: 200 },
      { event: 206, door: 0, index: null },
    ])
    expect(events[0]?.raw).toContain('\ttime2=x')
  })

  it('never reads the verify bits as a number (A10)', () => {
    expect(parseAccessEvents(bodyOf(accessVectors.A10)).events).toMatchObject([
      { verify: '0000101000000011', pin: '2', index: 150 },
    ])
  })

  it('keeps extended and unknown event numbers (A11)', () => {
    const { events } = parseAccessEvents(bodyOf(accessVectors.A11))
    expect(events.map(event => event.event)).toEqual([5000, 4001, 9999])
  })

  it('reads a repeated event the same, so that its index can tell (A12)', () => {
    const first = parseAccessEvents(bodyOf(accessVectors.A06)).events[0]
    const again = parseAccessEvents(bodyOf(accessVectors.A12)).events[0]
    expect(again).toMatchObject({
      index: first?.index,
      pin: first?.pin,
      time: first?.time,
      door: first?.door,
    })
  })

  it('takes an empty body for a sign of life (A14)', () => {
    expect(parseAccessEvents(bodyOf(accessVectors.A14))).toEqual({
      events: [],
      rejects: [],
      lineCount: 0,
    })
  })

  it('reads events of a terminal that was an attendance terminal before (A36)', () => {
    const { events, lineCount } = parseAccessEvents(bodyOf(accessVectors.A36))
    expect(events).toMatchObject([{ pin: '2', event: 0, verify: 1, index: 7 }])
    expect(encodeAcknowledgement({ table: 'rtlog', lineCount })).toBe(accessVectors.A36.reply)
  })

  it('reads transaction rows, with or without their table in front', () => {
    const row =
      'cardno=123456\tpin=7\tverified=4\tdoorid=2\teventtype=0\tinoutstate=1\ttime_second=548003688\tindex=92\tsitecode=5\tdevid=1\tsn=SUB1'
    const expected = {
      time: { local: '2017-01-19 15:14:48' },
      pin: '7',
      card: '123456',
      door: 2,
      event: 0,
      direction: 'out',
      verify: 4,
      index: 92,
      siteCode: '5',
      sn: 'SUB1',
    }
    expect(parseOne(row)).toMatchObject(expected)
    expect(parseOne(`transaction ${row}`)).toMatchObject(expected)
  })

  it('reads packed seconds of ten digits and rejects those of days that do not exist', () => {
    const late = encodeEncodedTime('2090-05-05 12:00:00')
    expect(String(late)).toHaveLength(10)
    expect(parseOne(`time_second=${late}\teventtype=0`).time).toEqual({ local: '2090-05-05 12:00:00' })
    expect(parseAccessEvents(bytesOf('time_second=840844800\teventtype=0')).rejects).toMatchObject([
      { reason: 'bad-time' },
    ])
  })

  it('reads the triggering event of a linkage, which is no way to identify oneself', () => {
    expect(parseOne('time=2026-02-23 14:40:00\tpin=2\tevent=6\tverifytype=27')).toMatchObject({
      verify: null,
      triggeredBy: 27,
    })
  })

  it('reads mask and temperature, whichever of the two temperatures is there', () => {
    expect(parseOne('time=2026-02-23 14:40:00\tevent=0\tmaskflag=1\ttemperature=36.2')).toMatchObject({
      mask: true,
      temperature: 36.2,
    })
    expect(parseOne('time=2026-02-23 14:40:00\tevent=0\ttemperature=0\tconvtemperature=97.2')).toMatchObject({
      temperature: 97.2,
    })
  })

  it.each([
    ['', 0, []],
    ['hello', 1, ['bad-time']],
    ['time=2026-02-30 14:40:00\tpin=2\tevent=0', 1, ['bad-time']],
    ['time=858353743\tpin=2\tevent=0', 1, ['bad-time']],
    ['time=2026-02-23 14:40:00\tpin=2', 1, ['bad-event']],
    ['time=2026-02-23 14:40:00\tpin=2\tevent=-1', 1, ['bad-event']],
    ['time=2026-02-23 14:40:00\tpin=\x01\tevent=0', 1, ['bad-pin']],
  ])('accounts for %j', (text, count, reasons) => {
    const { rejects, lineCount } = parseAccessEvents(bytesOf(text))
    expect(lineCount).toBe(count)
    expect(rejects.map(reject => reject.reason)).toEqual(reasons)
  })

  it('rejects a line over 64 KB and goes on with the next', () => {
    const body = bytesOf(
      `time=2026-02-23 14:40:00\tevent=0\tx=${'a'.repeat(65_536)}\ntime=2026-02-23 14:40:00\tevent=8\n`,
    )
    const { events, rejects } = parseAccessEvents(body)
    expect(rejects.map(reject => reject.reason)).toEqual(['line-too-long'])
    expect(events.map(event => event.event)).toEqual([8])
  })

  it('accounts for every line of any bytes, and of text that looks like events', () => {
    const piece = fc.constantFrom(
      'time=2026-08-10 09:00:00',
      'time_second=',
      'transaction ',
      'event=',
      'pin=',
      '1',
      '0',
      '=',
      '\t',
      '\n',
      '\r\n',
      '\x00',
      '\xff',
    )
    const text = fc.array(piece, { maxLength: 60 }).map(pieces => bytesOf(pieces.join('')))
    fc.assert(
      fc.property(fc.oneof(text, fc.uint8Array({ maxLength: 300 })), body => {
        const { events, rejects, lineCount } = parseAccessEvents(body, { charset: 'gbk' })
        expect(events.length + rejects.length).toBe(lineCount)
      }),
    )
  })
})
