import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine } from '#contract/csv.ts'
import { readCalendarFile } from './read-calendar-file.ts'
import { readCsv } from './read-csv.ts'

const range = { fromDate: '2026-01-01', toDate: '2026-12-31' }
const event = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:1', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n')

describe('CSV', () => {
  it('comes back as it was written, whatever the cells hold', () => {
    const cell = fc
      .string({ unit: 'grapheme' })
      .filter(text => !/^['\s]|^[\t\r\n]|^\s*[=+\-@＝＋－＠]/.test(text))
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(table, rows => {
        const named = [['name', 'other'], ...rows.filter(cells => cells.some(text => text.trim() !== ''))]
        const read = readCsv(named.map(csvLine).join(''))
        expect(read.map(({ cells }) => cells)).toEqual(named)
      }),
    )
  })

  it('never throws and counts its lines, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), text => {
        const lines = text.split(/\r\n|\r|\n/).length
        for (const { line } of readCsv(text)) expect(line).toBeLessThanOrEqual(lines)
      }),
    )
  })

  it('takes semicolons, tabs, a byte order mark and old line ends', () => {
    expect(readCsv('\uFEFFa;b\r1;"x;\r\ny"\r\r2;3')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['1', 'x;\r\ny'] },
      { line: 5, cells: ['2', '3'] },
    ])
    expect(readCsv('a\tb\n1\t2')[1]?.cells).toEqual(['1', '2'])
  })
})

describe('an iCalendar text', () => {
  it('never throws, whatever it says, and answers real days of the range once each', () => {
    const word = fc.constantFrom(
      'BEGIN:VCALENDAR',
      'END:VCALENDAR',
      'BEGIN:VEVENT',
      'END:VEVENT',
      'DTSTART;VALUE=DATE:20260230',
      'DTSTART;VALUE=DATE:20260401',
      'DTSTART:20260401T230000Z',
      'DTEND;VALUE=DATE:20260403',
      'DTEND;VALUE=DATE:20250101',
      'DURATION:P400D',
      'DURATION:-P2D',
      'RRULE:FREQ=YEARLY',
      'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
      'RRULE:FREQ=SECONDLY',
      'RRULE:FREQ=DAILY;INTERVAL=0',
      'RRULE:FREQ=MONTHLY;BYDAY=5MO',
      'RRULE:',
      'EXDATE;VALUE=DATE:20260401',
      'SUMMARY:Day',
      'SUMMARY:',
      'UID:1',
      'nonsense',
    )
    const text = fc.oneof(
      fc.array(word, { maxLength: 14 }).map(lines => lines.join('\r\n')),
      fc.array(word, { maxLength: 8 }).map(lines => event(...lines)),
      fc.string({ maxLength: 200 }),
    )
    fc.assert(
      fc.property(text, wild => {
        const { days } = readCalendarFile(wild, range)
        const dates = days.map(({ date }) => date)
        expect(new Set(dates).size).toBe(dates.length)
        for (const date of dates) expect(date >= range.fromDate && date <= range.toDate).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('refuses what comes again for ever, every second, or on a day that no month has', () => {
    const fault = (rule: string, start = '20260101') =>
      readCalendarFile(event(`DTSTART;VALUE=DATE:${start}`, `RRULE:${rule}`, 'SUMMARY:X'), range).faults[0]
        ?.fault
    expect(fault('FREQ=SECONDLY')).toBe('It comes again SECONDLY')
    expect(fault('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30')).toBe('It comes on a day that no month has')
    expect(fault('FREQ=DAILY', '18000101')).toBe('It comes again too often')
    expect(fault('FREQ=YEARLY', '20260229')).toBe('It has a date that does not exist')
  })

  it('leaves out what is excepted, and reads an event that lasts over the edge of the range', () => {
    const days = (...lines: string[]) => readCalendarFile(event(...lines), range).days.map(({ date }) => date)
    expect(
      days(
        'DTSTART;VALUE=DATE:20250501',
        'RRULE:FREQ=YEARLY;COUNT=3',
        'EXDATE;VALUE=DATE:20260501',
        'SUMMARY:X',
      ),
    ).toEqual([])
    expect(days('DTSTART;VALUE=DATE:20251231', 'DTEND;VALUE=DATE:20260103', 'SUMMARY:X')).toEqual([
      '2026-01-01',
      '2026-01-02',
    ])
  })
})
