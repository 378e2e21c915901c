import { describe, expect, it } from 'vitest'
import {
  day,
  days,
  kindsOf,
  minutesOf,
  plan,
  punches,
  rolesOf,
  shift,
  shiftOf,
} from './testing/build-evaluation.ts'

const monday = '2026-03-02'
const tuesday = '2026-03-03'
const early = shift('06:00-14:00')
const late = shift('14:00-22:00')
const night = shift('22:00-06:00')

describe('a shift over midnight', () => {
  const nights = plan({ [monday]: [night], [tuesday]: [night], '2026-03-04': [] })
  it.each([
    ['with keys', ['in 21:58', 'out +1 06:03', 'in +1 21:55', 'out +2 06:01']],
    ['without keys', ['- 21:58', '- +1 06:03', '- +1 21:55', '- +2 06:01']],
    [
      'at a terminal that says CheckIn to everything',
      ['in 21:58', 'in +1 06:03', 'in +1 21:55', 'in +2 06:01'],
    ],
  ])('gets the exit of the morning after, %s', (_, entries) => {
    const results = days({ plan: nights, punches: punches(monday, entries) })
    expect(results.map(({ date, status, workedMinutes }) => [date, status, workedMinutes])).toEqual([
      [monday, 'present', 480],
      [tuesday, 'present', 480],
      ['2026-03-04', 'day_off', 0],
    ])
    expect(results.flatMap(kindsOf)).toEqual([])
  })

  it('of somebody who works from 18:00 to 07:00 is no absence on the next day', () => {
    const long = shift('18:00-07:00')
    const results = days({
      plan: plan({ [monday]: [long], [tuesday]: [long] }),
      punches: punches(monday, ['in 17:55', 'out +1 07:04', 'in +1 17:58', 'out +2 07:01']),
    })
    expect(results.map(({ status, workedMinutes }) => [status, workedMinutes])).toEqual([
      ['present', 780],
      ['present', 780],
    ])
  })

  it('whose exit is missing does not take the arrival of the next evening for it', () => {
    const results = days({
      plan: nights,
      punches: punches(monday, ['in 21:58', 'in +1 21:55', 'out +2 06:01']),
    })
    expect(results.map(result => [result.workedMinutes, kindsOf(result)])).toEqual([
      [0, ['missing_out']],
      [480, []],
      [0, []],
    ])
  })

  it('may last 36 hours', () => {
    const duty = shift('08:00-+1 20:00')
    const result = day(monday, {
      plan: plan({ [monday]: [duty], [tuesday]: [] }),
      punches: punches(monday, ['in 07:58', 'out +1 20:05']),
    })
    expect([result.workedMinutes, kindsOf(result)]).toEqual([36 * 60, []])
  })
})

describe('shifts that meet', () => {
  const both = plan({ [monday]: [early, late] })
  it.each([
    ['two punches in between', ['in 05:55', 'out 13:58', 'in 14:03', 'out 22:01'], 478, 477, 0],
    ['one punch in between', ['- 05:55', '- 14:02', '- 22:01'], 480, 478, 1],
    ['one exit in between', ['in 05:55', 'out 14:02', 'out 22:01'], 480, 478, 1],
    ['one entry in between', ['in 05:55', 'in 13:57', 'out 22:01'], 477, 480, 1],
  ])('are told apart with %s', (_, entries, first, second, shared) => {
    const result = day(monday, { plan: both, punches: punches(monday, entries) })
    expect(result.shifts.map(({ workedMinutes }) => workedMinutes)).toEqual([first, second])
    expect(result.shifts.flatMap(({ sharedPunchIds }) => sharedPunchIds)).toHaveLength(shared)
    expect([result.punchCount, result.status]).toEqual([entries.length, 'present'])
  })

  it('were worked through where nobody punched in between', () => {
    const result = day(monday, { plan: both, punches: punches(monday, ['in 05:55', 'out 22:01']) })
    expect(result.shifts.map(({ workedMinutes }) => workedMinutes)).toEqual([480, 480])
    expect(result.explanation.filter(({ rule }) => rule === 'worked_through')).toHaveLength(2)
  })

  it('belong to whoever is planned: an early worker leaves no trace in the late shift', () => {
    const result = day(monday, {
      plan: plan({ [monday]: [early] }),
      punches: punches(monday, ['in 05:58', 'out 14:10']),
    })
    expect([result.workedMinutes, minutesOf(shiftOf(result))]).toEqual([
      480,
      { early: 2, worked: 480, after: 10 },
    ])
  })

  it('may overlap: each punch belongs to one of them', () => {
    const result = day(monday, {
      plan: plan({ [monday]: [shift('06:00-13:00'), shift('12:00-20:00')] }),
      punches: punches(monday, ['in 06:00', 'out 12:30', 'in 12:40', 'out 20:00']),
    })
    expect(result.shifts.map(rolesOf)).toEqual([
      ['in 06:00', 'out 12:30'],
      ['in 12:40', 'out 20:00'],
    ])
  })

  it('on neighbouring days with a short night stay apart', () => {
    const results = days({
      plan: plan({ [monday]: [late], [tuesday]: [early] }),
      punches: punches(monday, ['- 13:58', '- 22:10', '- +1 05:55', '- +1 14:01']),
    })
    expect(results.map(({ workedMinutes }) => workedMinutes)).toEqual([480, 480])
  })
})

describe('a split shift', () => {
  const split = plan({ [monday]: [shift(['08:00-12:00', '16:00-20:00'])] })
  it('counts both periods and nothing between them', () => {
    const result = day(monday, {
      plan: split,
      punches: punches(monday, ['in 07:55', 'out 12:00', 'in 16:00', 'out 20:00']),
    })
    expect([result.workedMinutes, result.expectedMinutes, kindsOf(result)]).toEqual([480, 480, []])
    expect(minutesOf(shiftOf(result))).toEqual({ early: 5, worked: 480, between: 240 })
  })

  it('is late in its second period too', () => {
    const result = day(monday, {
      plan: split,
      punches: punches(monday, ['in 08:00', 'out 12:00', 'in 16:20', 'out 20:00']),
    })
    expect([result.lateMinutes, kindsOf(result)]).toEqual([20, ['late']])
  })

  it('says which half was missed', () => {
    const result = day(monday, { plan: split, punches: punches(monday, ['in 08:00', 'out 12:00']) })
    expect(result.findings).toEqual([expect.objectContaining({ kind: 'missed_period', minutes: 240 })])
  })
})

describe('flexible hours', () => {
  const flexible = shift('06:00-20:00', {
    kind: 'flexible',
    requiredMinutes: 480,
    core: { startMinute: 600, endMinute: 900 },
  })
  it.each([
    ['early', ['in 06:30', 'out 15:00'], 510, []],
    ['late', ['in 09:50', 'out 18:00'], 490, []],
    ['too short', ['in 09:00', 'out 16:00'], 420, ['short_hours']],
    ['after the core began', ['in 10:20', 'out 19:00'], 520, ['late']],
    ['gone before the core ended', ['in 06:00', 'out 14:00'], 480, ['early_leave']],
  ])('know only the core and the sum: %s', (_, entries, worked, found) => {
    const result = day(monday, { plan: plan({ [monday]: [flexible] }), punches: punches(monday, entries) })
    expect([result.workedMinutes, kindsOf(result)]).toEqual([worked, found])
  })
})

describe('late and early', () => {
  const dayShift = plan({ [monday]: [shift('08:00-17:00')] })
  it.each([
    ['in 08:05:59', 'out 16:55', 0, 0, []],
    ['in 08:06', 'out 17:00', 6, 0, ['late']],
    ['in 08:00', 'out 16:54', 0, 6, ['early_leave']],
  ])(
    'within the grace is on time, beyond it counts from the first minute: %s, %s',
    (first, second, late, early, found) => {
      const result = day(monday, { plan: dayShift, punches: punches(monday, [first, second]) })
      expect([result.lateMinutes, result.earlyLeaveMinutes, kindsOf(result)]).toEqual([late, early, found])
    },
  )

  it('follow the grace of the shift, and the explanation shows it', () => {
    const result = day(monday, {
      plan: plan({ [monday]: [shift('08:00-17:00', { rules: { lateGraceMinutes: 15 } })] }),
      punches: punches(monday, ['in 08:14', 'out 17:00']),
    })
    expect(result.lateMinutes).toBe(0)
    expect(result.explanation.find(({ rule }) => rule === 'late')).toMatchObject({
      punchIds: [`${monday} 08:14`],
      numbers: { minutes: 14, graceMinutes: 15 },
      words: 'attendance.explain.late',
    })
  })

  it('are marked uncertain where the clock of the terminal could turn the verdict', () => {
    const judge = (clockSkewMs: number | null, arrival: string) =>
      day(monday, { plan: dayShift, punches: punches(monday, [arrival, 'out 17:00'], { clockSkewMs }) })
    expect(judge(180_000, 'in 08:07').findings).toMatchObject([{ kind: 'late', uncertain: true }])
    expect(judge(60_000, 'in 08:30').findings).toMatchObject([{ kind: 'late', uncertain: false }])
    const barely = judge(180_000, 'in 08:04')
    expect([barely.lateMinutes, shiftOf(barely).late, barely.clockErrorMs]).toEqual([
      0,
      { minutes: 4, exceeded: false, uncertain: true },
      180_000,
    ])
    expect(judge(null, 'in 08:07').clockErrorMs).toBeNull()
  })

  it('say nothing about an arrival nobody saw', () => {
    const result = day(monday, { plan: dayShift, punches: punches(monday, ['out 17:00']) })
    expect([result.lateMinutes, result.workedMinutes, kindsOf(result)]).toEqual([0, 0, ['missing_in']])
  })
})

describe('without a plan', () => {
  it.each([
    ['a day', ['in 08:00', 'out 17:00'], [[monday, '08:00', '17:00', 540]]],
    ['a day without keys', ['- 08:00', '- 12:00', '- 17:00'], [[monday, '08:00', '17:00', 540]]],
    ['a night', ['in 22:00', 'out +1 06:00'], [[monday, '22:00', '06:00', 480]]],
    [
      'a night without keys',
      ['- 22:00', '- +1 06:00', '- +1 22:00'],
      [
        [monday, '22:00', '06:00', 480],
        [tuesday, '22:00', null, 0],
      ],
    ],
    ['lunch outside', ['in 08:00', 'out 12:00', 'in 13:00', 'out 17:00'], [[monday, '08:00', '17:00', 480]]],
    [
      'a forgotten exit',
      ['in 08:00', 'in +1 08:00', 'out +1 17:00'],
      [
        [monday, '08:00', null, 0],
        [tuesday, '08:00', '17:00', 540],
      ],
    ],
    [
      'a forgotten exit in the evening',
      ['in 18:00', 'in +1 06:00', 'out +1 14:00'],
      [
        [monday, '18:00', null, 0],
        [tuesday, '06:00', '14:00', 480],
      ],
    ],
    [
      'a missed morning',
      ['- 17:00', '- +1 08:00', '- +1 17:00'],
      [
        [monday, '17:00', null, 0],
        [tuesday, '08:00', '17:00', 540],
      ],
    ],
    ['one exit', ['out 17:00'], [[monday, null, '17:00', 0]]],
  ])('gives in, out and hours of %s', (_, entries, expected) => {
    const results = days({ punches: punches(monday, entries) })
    expect(
      results.map(({ date, firstIn, lastOut, workedMinutes }) => [
        date,
        firstIn?.localTime.slice(11, 16) ?? null,
        lastOut?.localTime.slice(11, 16) ?? null,
        workedMinutes,
      ]),
    ).toEqual(expected)
  })

  it('never speaks of absence', () => {
    expect(days({})).toEqual([])
  })

  it('flags a span nobody can work', () => {
    expect(kindsOf(day(monday, { punches: punches(monday, ['- 00:30', '- 23:30']) }))).toEqual([
      'impossible_span',
    ])
  })
})
