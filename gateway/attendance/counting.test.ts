import { describe, expect, it } from 'vitest'
import type { BreakRule, CalendarDay } from './rules/types.ts'
import {
  day,
  days,
  kindsOf,
  lunch,
  minutesOf,
  plan,
  punches,
  shift,
  shiftOf,
} from './testing/build-evaluation.ts'

const monday = '2026-03-02'
const planned = (...breaks: BreakRule[]) => plan({ [monday]: [shift('08:00-17:00', { breaks })] })
const automatic = (afterMinutes: number, lengthMinutes: number, paid = false): BreakRule => ({
  kind: 'automatic',
  afterMinutes,
  lengthMinutes,
  paid,
})
const whole = ['in 08:00', 'out 17:00']
const noon = ['in 08:00', 'pause 12:00', 'back 12:45', 'out 17:00']

describe('breaks', () => {
  it.each([
    ['none by default', planned(), whole, 540, 0, []],
    ['fixed', planned(lunch('12:00-12:30')), whole, 510, 30, []],
    ['fixed and paid', planned(lunch('12:00-12:30', true)), whole, 540, 30, []],
    ['fixed, punched within', planned(lunch('12:00-13:00')), noon, 480, 60, []],
    ['fixed, late back', planned(lunch('12:00-12:30')), noon, 495, 45, ['late_back']],
    ['automatic', planned(automatic(360, 30)), whole, 510, 30, []],
    [
      'automatic, never more than what is above its threshold',
      planned(automatic(360, 30)),
      ['in 08:00', 'out 14:10'],
      360,
      10,
      ['early_leave'],
    ],
    ['automatic, already taken', planned(automatic(360, 30)), noon, 495, 45, []],
    ['punched', planned({ kind: 'punched', allowedMinutes: 60, paid: false }), noon, 495, 45, []],
    [
      'punched by leaving and coming',
      planned({ kind: 'punched', allowedMinutes: 60, paid: false }),
      ['in 08:00', 'out 12:00', 'in 12:45', 'out 17:00'],
      495,
      45,
      [],
    ],
    ['punched and paid', planned({ kind: 'punched', allowedMinutes: 60, paid: true }), noon, 540, 45, []],
    [
      'punched, late back',
      planned({ kind: 'punched', allowedMinutes: 30, paid: true }),
      noon,
      525,
      30,
      ['late_back'],
    ],
  ])('%s', (_, own, entries, worked, pause, found) => {
    const result = day(monday, { plan: own, punches: punches(monday, entries) })
    expect([result.workedMinutes, result.breakMinutes, kindsOf(result)]).toEqual([worked, pause, found])
  })

  it('are owed by nobody: what is expected is without them', () => {
    const expected = (...rules: BreakRule[]) =>
      day(monday, { plan: planned(...rules), punches: punches(monday, whole) }).expectedMinutes
    expect([expected(), expected(lunch('12:00-12:30')), expected(automatic(360, 45))]).toEqual([
      540, 510, 495,
    ])
  })

  it('can be taken off days without a plan', () => {
    const policy = { automaticBreak: { afterMinutes: 360, lengthMinutes: 30 } }
    expect(day(monday, { punches: punches(monday, whole), policy }).workedMinutes).toBe(510)
  })

  it('shorter than the shift allows leave time away as a gap', () => {
    const result = day(monday, {
      plan: planned(),
      punches: punches(monday, ['in 08:00', 'out 10:00', 'in 11:30', 'out 17:00']),
    })
    expect(result.findings).toMatchObject([{ kind: 'gap', minutes: 90 }])
    expect(minutesOf(shiftOf(result))).toEqual({ worked: 450, gap: 90 })
  })
})

describe('overtime', () => {
  const overtime = {
    enabled: true,
    fromMinutes: 15,
    dailyCapMinutes: null,
    weeklyCapMinutes: null,
    ordinaryMultiplier: 1.25,
    dayOffMultiplier: 1.5,
    holidayMultiplier: 2,
  }
  const numbers = (result: ReturnType<typeof day>) => [
    result.workedMinutes,
    result.overtimeMinutes,
    result.overtimeWeightedMinutes,
  ]
  it.each([
    ['is off by default', {}, ['in 08:00', 'out 19:00'], [540, 0, 0]],
    ['is time after the shift', { overtime }, ['in 08:00', 'out 19:00'], [660, 120, 150]],
    ['starts at a least amount', { overtime }, ['in 08:00', 'out 17:14'], [540, 0, 0]],
    ['is never what lies before the shift', { overtime }, ['in 06:00', 'out 17:00'], [540, 0, 0]],
    [
      'is not what lies before the shift even where that counts',
      { overtime, earlyInCounts: true },
      ['in 06:00', 'out 17:00'],
      [660, 0, 0],
    ],
    [
      'ends at the cap of the day',
      { overtime: { ...overtime, dailyCapMinutes: 60 } },
      ['in 08:00', 'out 19:00'],
      [600, 60, 75],
    ],
  ])('%s', (_, policy, entries, expected) => {
    expect(numbers(day(monday, { plan: planned(), punches: punches(monday, entries), policy }))).toEqual(
      expected,
    )
  })

  it('ends at the cap of the week, in the order of its days', () => {
    const dates = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-09']
    const results = days({
      plan: plan(Object.fromEntries(dates.map(date => [date, [shift('08:00-17:00')]]))),
      punches: dates.flatMap(date => punches(date, ['in 08:00', 'out 19:00'])),
      policy: { overtime: { ...overtime, weeklyCapMinutes: 180 } },
    })
    expect(results.map(({ overtimeMinutes }) => overtimeMinutes)).toEqual([120, 60, 0, 120])
    expect(results[1]?.explanation.find(({ rule }) => rule === 'overtime_capped')).toMatchObject({
      numbers: { cutMinutes: 60 },
    })
  })

  it('is all the work of a day off and of a holiday, each with its multiplier', () => {
    const holiday: CalendarDay = {
      id: 'h',
      date: monday,
      kind: 'holiday',
      name: 'Foundation day',
      portion: 'full',
    }
    const given = { punches: punches(monday, ['in 08:00', 'out 10:00']), policy: { overtime } }
    expect(numbers(day(monday, { ...given, plan: plan({ [monday]: [] }) }))).toEqual([120, 120, 180])
    expect(numbers(day(monday, { ...given, plan: planned(), calendar: [holiday] }))).toEqual([120, 120, 240])
  })

  it('of flexible hours is what lies above those owed', () => {
    const flexible = shift('06:00-22:00', { kind: 'flexible', requiredMinutes: 480 })
    const result = day(monday, {
      plan: plan({ [monday]: [flexible] }),
      punches: punches(monday, ['in 07:00', 'out 16:00']),
      policy: { overtime },
    })
    expect([result.workedMinutes, result.overtimeMinutes]).toEqual([540, 60])
  })

  it('of a coming back in the evening counts only where there is overtime', () => {
    const given = { plan: planned(), punches: punches(monday, [...whole, 'in 20:00', 'out 21:00']) }
    expect(day(monday, given).workedMinutes).toBe(540)
    expect(kindsOf(day(monday, given))).toEqual(['outside_shift'])
    expect(day(monday, { ...given, policy: { overtime } }).workedMinutes).toBe(600)
  })
})

describe('rounding', () => {
  const rounding = {
    in: { stepMinutes: 15, mode: 'up' as const },
    out: { stepMinutes: 15, mode: 'down' as const },
  }
  it('goes by direction, keeps the original, and is told', () => {
    const result = day(monday, { punches: punches(monday, ['in 08:01', 'out 17:14']), policy: { rounding } })
    expect(result.workedMinutes).toBe(525)
    expect(result.firstIn).toMatchObject({ localTime: `${monday} 08:01:00` })
    expect((result.firstIn?.countedMs ?? 0) - (result.firstIn?.instantMs ?? 0)).toBe(14 * 60_000)
    expect(
      result.explanation.filter(({ rule }) => rule === 'rounded').map(({ numbers }) => numbers.minutes),
    ).toEqual([14, 14])
  })

  it('follows the wall clock in a zone of half an hour', () => {
    const zone = 'Asia/Kolkata'
    const result = day(monday, {
      punches: punches(monday, ['in 08:01', 'out 17:14'], { zone }),
      policy: { rounding },
    })
    expect(result.workedMinutes).toBe(525)
  })

  it('never turns a short stay into a negative one', () => {
    const result = day(monday, { punches: punches(monday, ['in 08:01', 'out 08:10']), policy: { rounding } })
    expect([result.workedMinutes, shiftOf(result).bands]).toEqual([0, []])
  })

  it('does not decide who is late', () => {
    const up = { ...rounding, in: { stepMinutes: 15, mode: 'down' as const } }
    const result = day(monday, {
      plan: planned(),
      punches: punches(monday, ['in 08:14', 'out 17:00']),
      policy: { rounding: up },
    })
    expect([result.workedMinutes, result.lateMinutes]).toEqual([540, 14])
  })
})

describe('holidays, leave and days off', () => {
  const entry = (kind: CalendarDay['kind'], portion: CalendarDay['portion'] = 'full'): CalendarDay => ({
    id: `${kind} ${portion}`,
    date: monday,
    kind,
    name: kind,
    portion,
  })
  it.each([
    ['a holiday', [entry('holiday')], 'holiday', 0],
    ['a leave', [entry('leave')], 'leave', 0],
    ['a leave over a holiday', [entry('leave'), entry('holiday')], 'leave', 0],
    ['half a day of leave', [entry('leave', 'first_half')], 'absent', 270],
  ] as const)('%s is owed by nobody', (_, calendar, status, expected) => {
    const result = day(monday, { plan: planned(), calendar })
    expect([result.status, result.expectedMinutes]).toEqual([status, expected])
    expect(result.calendar).toEqual(calendar)
  })

  it('a punch on any of them is shown', () => {
    const own = punches(monday, ['in 08:00', 'out 10:00'])
    const kinds = (given: object) => kindsOf(day(monday, { punches: own, ...given }))
    expect(kinds({ plan: planned(), calendar: [entry('holiday')] })).toEqual(['punch_on_holiday'])
    expect(kinds({ plan: planned(), calendar: [entry('leave')] })).toEqual(['punch_on_leave'])
    expect(kinds({ plan: plan({ [monday]: [] }) })).toEqual(['punch_on_day_off'])
  })

  it.each([
    ['first_half', ['in 12:30', 'out 17:00'], []],
    ['second_half', ['in 08:00', 'out 12:30'], []],
    ['first_half', ['in 12:45', 'out 17:00'], ['late']],
    ['second_half', ['in 08:00', 'out 12:00'], ['early_leave']],
  ] as const)('half a day of leave, %s, leaves the other half: %s', (portion, entries, found) => {
    const result = day(monday, {
      plan: planned(),
      calendar: [entry('leave', portion)],
      punches: punches(monday, entries),
    })
    expect([result.status, kindsOf(result)]).toEqual(['present', found])
  })

  it.each([
    [200, 'absent', ['absent']],
    [250, 'half_day', []],
    [300, 'present', []],
  ])('%i minutes of work by thresholds: %s', (minutes, status, found) => {
    const rules = { halfDayBelowMinutes: 300, absentBelowMinutes: 240 }
    const until = `out ${String(8 + Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
    const result = day(monday, {
      plan: plan({ [monday]: [shift('08:00-17:00', { rules })] }),
      punches: punches(monday, ['in 08:00', until]),
    })
    expect([result.status, kindsOf(result).filter(kind => kind !== 'early_leave')]).toEqual([status, found])
  })

  it('a day with a missing punch is never half a day', () => {
    const rules = { halfDayBelowMinutes: 300, absentBelowMinutes: 240 }
    const own = plan({ [monday]: [shift('08:00-17:00', { rules })] })
    expect(day(monday, { plan: own, punches: punches(monday, ['in 08:00']) }).status).toBe('present')
  })
})
