import { describe, expect, it } from 'vitest'
import { daysAbove, paint, previewDays, toWeek, toWindows, type Window } from './week.ts'

const office: Window[] = [
  { Day: 'Monday', Start: '08:00', End: '12:29' },
  { Day: 'Monday', Start: '13:00', End: '17:59' },
  { Day: 'Holiday1', Start: '10:00', End: '11:59' },
]

describe('a painted week', () => {
  it('comes back as the windows it was made from', () => {
    expect(toWindows(toWeek(office))).toEqual(office)
  })

  it('leaves days nobody painted to the minute they were, wherever a window ends', () => {
    const odd: Window[] = [
      { Day: 'Monday', Start: '08:00', End: '18:00' },
      { Day: 'Tuesday', Start: '09:10', End: '16:45' },
    ]
    const week = toWeek(odd)
    expect(week.Monday?.[35]).toBe(true)
    expect(week.Monday?.[36]).toBe(false)
    expect(toWindows(week, odd)).toEqual(odd)
    expect(toWindows(paint(week, 'Tuesday', 40, 41, true), odd)).toEqual([
      { Day: 'Monday', Start: '08:00', End: '18:00' },
      { Day: 'Tuesday', Start: '09:00', End: '16:59' },
      { Day: 'Tuesday', Start: '20:00', End: '20:59' },
    ])
  })

  it('joins what was painted together, and wipes the same way', () => {
    const painted = paint(toWeek(office), 'Monday', 26, 25, true)
    expect(toWindows(painted)[0]).toEqual({ Day: 'Monday', Start: '08:00', End: '17:59' })
    expect(toWindows(paint(painted, 'Monday', 0, 47, false))).toEqual([
      { Day: 'Holiday1', Start: '10:00', End: '11:59' },
    ])
    expect(toWindows(paint({}, 'Sunday', 46, 47, true))).toEqual([
      { Day: 'Sunday', Start: '23:00', End: '23:59' },
    ])
  })

  it('says which day is more than a terminal holds', () => {
    expect(daysAbove(office, 1)).toEqual(['Monday'])
  })

  it('is previewed with the holidays that fall into the next days', () => {
    const holiday = { Date: '2020-03-03', Yearly: true, Kind: 1, Name: 'Founders' } as const
    // 2026-03-01 was a Sunday.
    const days = previewDays(office, [holiday], '2026-03-01')
    expect(days.map(({ date, holiday: name, windows }) => [date, name, windows.length])).toEqual([
      ['2026-03-01', null, 0],
      ['2026-03-02', null, 2],
      ['2026-03-03', 'Founders', 1],
      ['2026-03-04', null, 0],
      ['2026-03-05', null, 0],
      ['2026-03-06', null, 0],
      ['2026-03-07', null, 0],
    ])
  })
})
