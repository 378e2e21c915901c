import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attendanceVectors, bodyOf, bytesOf, hugeBatch } from '../fixtures/vectors.ts'
import { encodeAcknowledgement } from './acknowledge.ts'
import { type ParsedPunch, parseAttlog } from './attlog.ts'

const ABSENT = {
  workCode: null,
  mask: null,
  temperature: null,
  offsetSeconds: null,
  extra: null,
  door: null,
  event: null,
  index: null,
}

function parseOne(text: string): ParsedPunch {
  const [punch] = parseAttlog(bytesOf(text)).punches
  if (punch === undefined) throw new Error('expected a punch')
  return punch
}

describe('parseAttlog', () => {
  it('reads a live punch with a trailing TAB (T06)', () => {
    const raw = '3\t2026-09-15 15:35:43\t255\t1\t0\t0\t0\t0\t0\t0\t'
    expect(parseAttlog(bodyOf(attendanceVectors.T06)).punches).toEqual([
      {
        ...ABSENT,
        line: 1,
        raw,
        pin: '3',
        time: { local: '2026-09-15 15:35:43' },
        status: 255,
        verify: 1,
        workCode: '0',
        mask: false,
      },
    ])
  })

  it('reads ragged columns without a final newline (T07)', () => {
    expect(parseAttlog(bodyOf(attendanceVectors.T07)).punches).toMatchObject([
      { line: 1, pin: '1001', status: 0, verify: 1, workCode: '0' },
      { line: 2, pin: '1002', status: 1, verify: 15, workCode: null },
    ])
  })

  it('reads mask, temperature, offset and extended data of 12 columns (T09)', () => {
    const [punch] = parseAttlog(bodyOf(attendanceVectors.T09)).punches
    expect(punch).toMatchObject({ mask: true, temperature: 36.5, offsetSeconds: 19800, workCode: '0' })
    expect(JSON.parse(atob(punch?.extra ?? ''))).toEqual({ GPSInfo: { longitude: '-1', latitude: '-1' } })
  })

  it('takes 16 columns for job codes and raises no fever (T10)', () => {
    expect(parseAttlog(bodyOf(attendanceVectors.T10)).punches).toMatchObject([
      {
        ...ABSENT,
        pin: '982',
        status: 1,
        verify: 0,
        workCode: '9001',
        extra: '1\t2\t3\t4\t5\t6\t1.0\t2.0\t3.0',
      },
    ])
    expect(parseOne('1\t2016-02-25 12:08:21\t1\t0\t9\t0\t0\t1\t37\t\t\t\t\t\t\t\t').mask).toBeNull()
  })

  it('lets a profile decide what the columns mean', () => {
    const body = bytesOf('1\t2016-02-25 12:08:21\t1\t0\t9\t0\t0\t1\t37\n')
    expect(parseAttlog(body).punches).toMatchObject([{ mask: true, temperature: 37, extra: null }])
    expect(parseAttlog(body, { columns: 'tft' }).punches).toMatchObject([
      { mask: null, temperature: null, extra: '1\t37' },
    ])
  })

  it('reads spaces instead of TABs (T11)', () => {
    expect(parseAttlog(bodyOf(attendanceVectors.T11)).punches).toMatchObject([
      { pin: '103', time: { local: '2026-08-12 22:40:00' }, status: 2, verify: 15 },
      { pin: '104', time: { local: '2026-08-12 22:45:00' }, status: 3, verify: 15 },
    ])
    expect(parseOne('7  1704096000 1 4')).toMatchObject({ time: { epochSeconds: 1704096000 }, status: 1 })
    expect(parseOne('7 2026/08/12T22:40 1')).toMatchObject({
      time: { local: '2026-08-12 22:40:00' },
      status: 1,
    })
  })

  it('keeps unknown codes and never makes a check-in of nonsense (T13)', () => {
    const { punches, rejects } = parseAttlog(bodyOf(attendanceVectors.T13))
    expect(punches.map(({ status, verify }) => [status, verify])).toEqual([
      [-1, 77],
      [99, 200],
      [null, null],
      [null, null],
    ])
    expect(punches[2]?.raw).toBe('9\t2026-08-10 09:00:02\tabc\txyz\t0\t0')
    expect(rejects).toEqual([])
  })

  it('counts good and bad lines alike (T14)', () => {
    const { punches, rejects, lineCount } = parseAttlog(bodyOf(attendanceVectors.T14))
    expect(punches.map(punch => punch.pin)).toEqual(['100', '300'])
    expect(rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'too-few-fields'],
      [3, 'bad-time'],
      [4, 'empty-pin'],
    ])
    expect(encodeAcknowledgement({ table: 'ATTLOG', lineCount })).toBe(attendanceVectors.T14.reply)
  })

  it('rejects a line cut inside the minutes and keeps its bytes (T15)', () => {
    const { punches, rejects, lineCount } = parseAttlog(bodyOf(attendanceVectors.T15))
    expect(punches.map(punch => punch.pin)).toEqual(['100'])
    expect(rejects).toMatchObject([{ line: 2, reason: 'bad-time', raw: '101\t2024-01-01 08:0' }])
    expect(rejects[0]?.bytes).toEqual(bytesOf('101\t2024-01-01 08:0'))
    expect(lineCount).toBe(2)
  })

  it('rejects days and hours that do not exist (T17)', () => {
    const { punches, rejects } = parseAttlog(bodyOf(attendanceVectors.T17))
    expect(punches).toEqual([])
    expect(rejects.map(reject => reject.reason)).toEqual(['bad-time', 'bad-time', 'bad-time', 'bad-time'])
  })

  it('keeps times of a dead clock for the caller to flag (T18)', () => {
    expect(parseAttlog(bodyOf(attendanceVectors.T18)).punches).toHaveLength(3)
  })

  it('reads epoch seconds as instants (T19)', () => {
    expect(parseAttlog(bodyOf(attendanceVectors.T19)).punches.map(punch => punch.time)).toEqual([
      { epochSeconds: 1704096000 },
      { epochSeconds: 1718442000 },
    ])
  })

  it('reads keyed access-style lines (T22)', () => {
    expect(parseAttlog(bodyOf(attendanceVectors.T22)).punches).toMatchObject([
      {
        ...ABSENT,
        pin: '1001',
        time: { local: '2026-08-10 09:15:00' },
        status: 0,
        verify: 1,
        extra: 'cardno=0',
        door: 1,
        event: 0,
        index: 55,
      },
    ])
  })

  it('does not take "not applicable" of a keyed line for a break, nor a bit string for a number', () => {
    const punch = parseOne('Time=2026-08-10 09:15:00\tPIN=7\tinoutstatus=2\tverifytype=0000101000000011')
    expect(punch).toMatchObject({ status: null, verify: null, extra: 'verifytype=0000101000000011' })
  })

  it('makes no punch of a keyed line without a person or a time', () => {
    const { rejects } = parseAttlog(bytesOf('time=2026-08-10 09:15:00\tpin=0\tevent=102\npin=5\tevent=0'))
    expect(rejects.map(reject => reject.reason)).toEqual(['no-person', 'bad-time'])
  })

  it('reads a repeated batch the same each time (T25)', () => {
    const body = bodyOf(attendanceVectors.T25)
    expect(parseAttlog(body)).toEqual(parseAttlog(body))
    expect(parseAttlog(body).lineCount).toBe(3)
  })

  it('reads five thousand lines at once (T27)', () => {
    const body = hugeBatch()
    expect(body).toHaveLength(165_000)
    const { punches, lineCount } = parseAttlog(body)
    expect(lineCount).toBe(5000)
    expect(new Set(punches.map(punch => punch.raw)).size).toBe(5000)
    expect(punches.at(-1)).toMatchObject({ line: 5000, pin: '1499', time: { local: '2026-08-05 17:23:19' } })
  })

  it('finds no punch in a template upload (T38)', () => {
    expect(parseAttlog(bodyOf(attendanceVectors.T38)).punches).toEqual([])
  })

  it('keeps leading zeros and letters of a PIN', () => {
    expect(parseOne('0007\t2026-08-10 09:00:00').pin).toBe('0007')
    expect(parseOne(' E-12 \t2026-08-10 09:00:00').pin).toBe('E-12')
  })

  it.each([
    ['1\x012', 'bad-pin'],
    ['9'.repeat(65), 'bad-pin'],
    ['\xff', 'bad-pin'],
    ['0', 'no-person'],
    ['  ', 'empty-pin'],
  ])('refuses the PIN %j', (pin, reason) => {
    expect(parseAttlog(bytesOf(`${pin}\t2026-08-10 09:00:00\t0`)).rejects).toMatchObject([{ reason }])
  })

  it('rejects a line over 64 KB and goes on with the next', () => {
    const body = bytesOf(`1\t2026-08-10 09:00:00\t${'0'.repeat(65_536)}\n2\t2026-08-10 09:00:00\n`)
    const { punches, rejects } = parseAttlog(body)
    expect(rejects.map(reject => reject.reason)).toEqual(['line-too-long'])
    expect(punches.map(punch => punch.pin)).toEqual(['2'])
  })

  it.each([
    ['+28800', 28800],
    ['-12600', -12600],
    ['+0', 0],
    ['0', null],
    ['', null],
    ['999999', null],
  ])('reads the offset column %j as %j', (offset, expected) => {
    expect(parseOne(`1\t2026-08-10 09:00:00\t0\t1\t0\t\t\t0\t0\t0\t${offset}`).offsetSeconds).toBe(expected)
  })

  it('keeps the columns a pid device appends', () => {
    expect(parseOne('1\t2026-08-10 09:00:00\t0\t1\t0\t\t\t\t\t\t\t\t1234\t1').extra).toBe('\t1234\t1')
  })

  it('accounts for every line of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), body => {
        const { punches, rejects, lineCount } = parseAttlog(body)
        expect(punches.length + rejects.length).toBe(lineCount)
      }),
    )
  })

  it('accounts for every line of text that looks like an upload', () => {
    const piece = fc.constantFrom(
      '1',
      '0',
      '\t',
      '\n',
      '\r\n',
      ' ',
      '=',
      'time=',
      'pin=',
      '2026-08-10 09:00:00',
      '\x00',
      '\xff',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), pieces => {
        const { punches, rejects, lineCount } = parseAttlog(bytesOf(pieces.join('')), { charset: 'gbk' })
        expect(punches.length + rejects.length).toBe(lineCount)
      }),
    )
  })

  it('gives back what a terminal would write', () => {
    const punch = fc.record({
      pin: fc.stringMatching(/^[1-9A-Za-z][0-9A-Za-z]{0,20}$/),
      status: fc.integer({ min: -1, max: 255 }),
      verify: fc.integer({ min: 0, max: 255 }),
    })
    fc.assert(
      fc.property(fc.array(punch), punches => {
        const body = punches
          .map(p => `${p.pin}\t2026-08-10 09:00:00\t${p.status}\t${p.verify}\t\t\n`)
          .join('')
        expect(parseAttlog(bytesOf(body)).punches).toMatchObject(punches)
      }),
    )
  })
})
