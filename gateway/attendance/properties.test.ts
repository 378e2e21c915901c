import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shiftDay } from '../time/zone.ts'
import { contextDays } from './evaluate.ts'
import { applyCorrections } from './rules/apply-corrections.ts'
import { collapseDoubles } from './rules/collapse-doubles.ts'
import { defaultPolicy } from './rules/policy.ts'
import type { DayResult } from './rules/results.ts'
import { summarise } from './rules/summarise.ts'
import type { Policy, Punch, PunchDirection, Shift } from './rules/types.ts'
import { days, lunch, plan, punch, shift } from './testing/build-evaluation.ts'

const directions: readonly PunchDirection[] = [
  'CheckIn',
  'CheckOut',
  'BreakOut',
  'BreakIn',
  'OverTimeIn',
  'OverTimeOut',
  'None',
]
const first = '2026-03-26'

/** Punches over some days with a change of the clock among them; any key, any distance. */
const anyPunches = (
  leastMinutes: number,
  minLength = 0,
  maxLength = 14,
  mostMinutes = 900,
): fc.Arbitrary<Punch[]> =>
  fc
    .array(
      fc.record({
        apartMinutes: fc.integer({ min: leastMinutes, max: mostMinutes }),
        direction: fc.constantFrom(...directions),
        skewMs: fc.option(fc.integer({ min: -600_000, max: 600_000 })),
        deviceSn: fc.constantFrom('GATE1', 'GATE2'),
      }),
      { minLength, maxLength },
    )
    .map(entries => {
      let minute = 0
      return entries.map(({ apartMinutes, direction, skewMs, deviceSn }, index) => {
        minute += apartMinutes
        const clock = `${String(Math.floor((minute % 1440) / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
        const local = `${shiftDay(first, Math.floor(minute / 1440))} ${clock}`
        return punch(local, direction, { id: `p${index}`, clockSkewMs: skewMs, deviceSn })
      })
    })
    // Skipped hours can put a later wall clock before an earlier one; no terminal shows those.
    .filter(list =>
      list.every(
        ({ instantMs }, at) =>
          at === 0 || instantMs >= (list[at - 1]?.instantMs ?? 0) + leastMinutes * 60_000,
      ),
    )

const shifts: readonly Shift[] = [
  shift('08:00-17:00', {
    breaks: [lunch('12:00-13:00'), { kind: 'automatic', afterMinutes: 300, lengthMinutes: 90, paid: false }],
  }),
  shift('22:00-06:00', { breaks: [{ kind: 'automatic', afterMinutes: 240, lengthMinutes: 30, paid: true }] }),
  shift(['06:00-10:00', '15:00-19:00'], { breaks: [{ kind: 'punched', allowedMinutes: 20, paid: true }] }),
  shift('06:00-14:00'),
  shift('14:00-22:00'),
  shift('07:00-20:00', {
    kind: 'flexible',
    requiredMinutes: 420,
    core: { startMinute: 600, endMinute: 840 },
  }),
]
const anyPlan = fc.oneof(
  fc.constant(null),
  fc
    .array(fc.subarray([...shifts], { maxLength: 2 }), { minLength: 6, maxLength: 6 })
    .map(list => plan(Object.fromEntries(list.map((own, at) => [shiftDay(first, at), own])))),
)
const anyPolicy: fc.Arbitrary<Policy> = fc
  .record({
    direction: fc.constantFrom('keys', 'first_last', 'toggle'),
    withoutKeys: fc.constantFrom('first_last', 'toggle'),
    earlyInCounts: fc.boolean(),
    stepMinutes: fc.constantFrom(0, 5, 15, 30),
    enabled: fc.boolean(),
    dailyCapMinutes: fc.option(fc.integer({ min: 0, max: 180 })),
    weeklyCapMinutes: fc.option(fc.integer({ min: 0, max: 400 })),
  })
  .map(({ direction, withoutKeys, earlyInCounts, stepMinutes, ...overtime }) => ({
    ...defaultPolicy,
    direction,
    withoutKeys,
    earlyInCounts,
    rounding: { in: { stepMinutes, mode: 'up' }, out: { stepMinutes, mode: 'down' } },
    overtime: { ...defaultPolicy.overtime, ...overtime, ordinaryMultiplier: 1.25 },
  }))

const numbersOf = (result: DayResult) => [
  result.workedMinutes,
  result.breakMinutes,
  result.expectedMinutes,
  result.lateMinutes,
  result.earlyLeaveMinutes,
  result.overtimeMinutes,
  result.overtimeWeightedMinutes,
  result.punchCount,
  result.confidence,
]
const runs = { numRuns: 300 }

describe('whatever was punched, planned and decided', () => {
  it('the order in which punches come means nothing', () => {
    fc.assert(
      fc.property(
        anyPunches(0).chain(list =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        anyPlan,
        anyPolicy,
        ([list, shuffled], own, policy) => {
          expect(days({ punches: shuffled, plan: own, policy })).toEqual(
            days({ punches: list, plan: own, policy }),
          )
        },
      ),
      runs,
    )
  })

  it('a punch made again within the window changes no number', () => {
    fc.assert(
      fc.property(
        anyPunches(5),
        fc.nat(),
        fc.integer({ min: 1, max: 120 }),
        anyPlan,
        anyPolicy,
        (list, which, seconds, own, policy) => {
          const original = list[which % Math.max(1, list.length)]
          if (!original) return
          const again = { ...original, id: 'again', instantMs: original.instantMs + seconds * 1000 }
          const before = days({ punches: list, plan: own, policy })
          expect(days({ punches: [...list, again], plan: own, policy }).map(numbersOf)).toEqual(
            before.map(numbersOf),
          )
        },
      ),
      runs,
    )
  })

  it('no number is negative or no number, nothing worked exceeds its span, and the bands are the span', () => {
    fc.assert(
      fc.property(anyPunches(0), anyPlan, anyPolicy, (list, own, policy) => {
        const results = days({ punches: list, plan: own, policy })
        for (const result of results) {
          expect(numbersOf(result).every(value => Number.isFinite(value) && value >= 0)).toBe(true)
          expect(result.overtimeMinutes).toBeLessThanOrEqual(result.workedMinutes)
          for (const { bands, workedMinutes } of result.shifts) {
            const spanMs = (bands.at(-1)?.toMs ?? 0) - (bands[0]?.fromMs ?? 0)
            expect(bands.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)).toBe(spanMs)
            expect(bands.every(({ fromMs, toMs }) => toMs > fromMs)).toBe(true)
            expect(workedMinutes * 60_000).toBeLessThanOrEqual(spanMs)
          }
          if (policy.overtime.enabled && policy.overtime.dailyCapMinutes !== null)
            expect(result.overtimeMinutes).toBeLessThanOrEqual(policy.overtime.dailyCapMinutes)
        }
        expect(
          Object.values(summarise('7', results))
            .slice(1)
            .every(value => Number.isFinite(value) && Number(value) >= 0),
        ).toBe(true)
      }),
      runs,
    )
  })

  it('every punch is used once: it counts in one shift or as a double, and nowhere else', () => {
    fc.assert(
      fc.property(anyPunches(0), anyPlan, anyPolicy, (list, own, policy) => {
        const used = days({ punches: list, plan: own, policy }).flatMap(({ shifts: found }) =>
          found.flatMap(({ punches }) =>
            punches.flatMap(({ punchId, doubles }) => [punchId, ...doubles.map(double => double.punchId)]),
          ),
        )
        expect(used.sort()).toEqual(list.map(({ id }) => id).sort())
      }),
      runs,
    )
  })

  it('a day that begins after a rest, or the day after such a one, needs the punches of three days around it and no others', () => {
    const restMs = 17 * 3_600_000
    const rested = (list: readonly Punch[], date: string) =>
      list.some(({ localTime, instantMs }, at) => {
        const day = localTime.slice(0, 10)
        const before = list[at - 1]
        const isRest = instantMs - (before?.instantMs ?? Number.NEGATIVE_INFINITY) >= restMs
        // A rest in the middle of a date leaves its evening to whatever its morning belongs to.
        const beginsDate = before?.localTime.slice(0, 10) !== day
        return isRest && beginsDate && day >= shiftDay(date, -1) && day <= date
      })
    fc.assert(
      fc.property(anyPunches(0, 20, 40, 1300), anyPlan, fc.integer({ min: 0, max: 12 }), (list, own, at) => {
        const date = shiftDay(first, at)
        fc.pre(rested(list, date))
        const near = list.filter(({ localTime }) => {
          const day = localTime.slice(0, 10)
          return day >= shiftDay(date, -contextDays) && day <= shiftDay(date, contextDays)
        })
        const range = { fromDate: date, toDate: date }
        expect(days({ punches: near, plan: own, range })).toEqual(days({ punches: list, plan: own, range }))
      }),
      { numRuns: 1000 },
    )
  })

  it('collapsing what is collapsed changes nothing', () => {
    fc.assert(
      fc.property(anyPunches(0), fc.integer({ min: 0, max: 30 }), (list, windowMinutes) => {
        const { punches } = applyCorrections(list, [], defaultPolicy)
        const once = collapseDoubles(punches, windowMinutes)
        expect(collapseDoubles(once, windowMinutes).map(({ punch: own, key }) => [own.id, key])).toEqual(
          once.map(({ punch: own, key }) => [own.id, key]),
        )
      }),
      runs,
    )
  })

  it('a night worker has the same days at every offset', () => {
    const zones = [
      'UTC',
      'Asia/Kolkata',
      'Asia/Kathmandu',
      'Pacific/Kiritimati',
      'Pacific/Pago_Pago',
      'Asia/Singapore',
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.array(fc.tuple(fc.integer({ min: -60, max: 60 }), fc.integer({ min: -60, max: 60 })), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.boolean(),
        (zone, nights, planned) => {
          const given = (own: string) => {
            const dates = nights.map((_, at) => shiftDay('2026-06-10', at))
            const list = nights.flatMap(([start, end], at) => {
              const clock = (minute: number) =>
                `${shiftDay('2026-06-10', at + Math.floor(minute / 1440))} ${String(Math.floor((minute % 1440) / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
              return [
                punch(clock(1320 + start), 'CheckIn', { zone: own }),
                punch(clock(1800 + end), 'CheckOut', { zone: own }),
              ]
            })
            const shiftsOf = Object.fromEntries(dates.map(date => [date, [shift('22:00-06:00')]]))
            return { punches: list, plan: planned ? plan(shiftsOf, { zone: own }) : null }
          }
          const tell = (results: readonly DayResult[]) =>
            results.map(result => [result.date, result.status, ...numbersOf(result)])
          expect(tell(days(given(zone)))).toEqual(tell(days(given('UTC'))))
        },
      ),
      runs,
    )
  })
})
