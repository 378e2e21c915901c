import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DayResult } from './rules/results.ts'
import { day, days, type Given, kindsOf, plan, punches } from './testing/build-evaluation.ts'
import { shiftsOf, type TortureCase, type TortureExpectation } from './testing/torture-case.ts'
import { clockCases } from './testing/torture-clocks.ts'
import { dayCases } from './testing/torture-days.ts'
import { factCases } from './testing/torture-facts.ts'

/** Every expectation was worked out by hand. */
const tortureCases = [...clockCases, ...dayCases, ...factCases]

const doc = '../../docs/attendance-torture.md'

function given(own: TortureCase): Given {
  const { date, zone, more = {} } = own
  const shifts = shiftsOf(own)
  return {
    plan: own.plan ?? (shifts.length > 0 ? plan({ [date]: shifts }, { zone }) : null),
    ...more,
    punches: [...punches(date, own.punches, { zone }), ...(more.punches ?? [])],
  }
}

/** A closed day keeps what it was when it was closed: without what came and what was corrected afterwards. */
function result(own: TortureCase): DayResult {
  const all = given(own)
  const { closures = [], corrections = [], ...rest } = all
  const [closure] = closures
  if (!closure) return day(own.date, all)
  const closed = day(own.date, {
    ...rest,
    corrections: corrections.filter(({ atMs }) => atMs <= closure.closedAtMs),
    punches: (all.punches ?? []).filter(({ receivedAtMs }) => receivedAtMs <= closure.closedAtMs),
  })
  return day(own.date, { ...all, closedResults: [closed] })
}

function measured(own: DayResult): Required<TortureExpectation> {
  return {
    status: own.status,
    worked: own.workedMinutes,
    in: own.firstIn?.localTime.slice(11, 16) ?? null,
    out: own.lastOut?.localTime.slice(11, 16) ?? null,
    late: own.lateMinutes,
    early: own.earlyLeaveMinutes,
    overtime: own.overtimeMinutes,
    rest: own.breakMinutes,
    count: own.punchCount,
    found: kindsOf(own),
    state: own.certainty.state,
    delta: own.difference?.workedDeltaMinutes ?? null,
  }
}

function only(all: Required<TortureExpectation>, asked: TortureExpectation): TortureExpectation {
  return Object.fromEntries(Object.entries(all).filter(([name]) => Object.hasOwn(asked, name)))
}

describe.each([...Map.groupBy(tortureCases, ({ group }) => group)])('%s', (_, cases) => {
  it.each(cases.map(own => [own.name, own] as const))('%s', (__, own) => {
    expect(only(measured(result(own)), own.expect)).toEqual(own.expect)
  })
})

describe('the table', () => {
  it('has at least sixty cases, each with a name of its own', () => {
    expect(tortureCases.length).toBeGreaterThanOrEqual(60)
    expect(new Set(tortureCases.map(({ group, name }) => `${group}: ${name}`)).size).toBe(tortureCases.length)
  })

  it('is the one that is published', async () => {
    await expect(render()).toMatchFileSnapshot(doc)
  })

  it('comes out the same in whatever order it is given', () => {
    fc.assert(
      fc.property(fc.constantFrom(...tortureCases), fc.integer({ min: 1, max: 1000 }), (own, seed) => {
        const all = given(own)
        const mixed = [...(all.punches ?? [])].sort(
          (a, b) => ((a.instantMs * seed) % 97) - ((b.instantMs * seed) % 97),
        )
        expect(days({ ...all, punches: mixed })).toEqual(days(all))
      }),
    )
  })

  it('never has negative hours, and uses no punch twice', () => {
    for (const own of tortureCases)
      for (const each of days(given(own))) {
        const { workedMinutes, breakMinutes, lateMinutes, earlyLeaveMinutes, overtimeMinutes } = each
        for (const minutes of [workedMinutes, breakMinutes, lateMinutes, earlyLeaveMinutes, overtimeMinutes])
          expect(minutes).toBeGreaterThanOrEqual(0)
        const shared = new Set(each.shifts.flatMap(({ sharedPunchIds }) => sharedPunchIds))
        const ids = each.shifts
          .flatMap(shift => shift.punches.map(({ punchId }) => punchId))
          .filter(id => !shared.has(id))
        expect(new Set(ids).size).toBe(ids.length)
      }
  })

  it('keeps its total whichever days it is asked for in', () => {
    for (const own of tortureCases) {
      const all = given(own)
      const total = (some: readonly DayResult[]) => some.reduce((sum, each) => sum + each.workedMinutes, 0)
      const whole = days(all)
      const single = whole.flatMap(({ date }) => days({ ...all, range: { fromDate: date, toDate: date } }))
      expect(total(single)).toBe(total(whole))
    }
  })
})

function render(): string {
  const groups = [...Map.groupBy(tortureCases, ({ group }) => group)]
  const tables = groups.map(([group, cases]) =>
    [
      `## ${group}`,
      '',
      '| Case | Zone | Shift | Punches | Also given | Comes out as |',
      '|---|---|---|---|---|---|',
      ...cases.map(row),
    ].join('\n'),
  )
  const head = [
    '# The attendance torture table',
    '',
    `${tortureCases.length} days that attendance products get wrong. Every line is a test with its expectation written by hand (\`gateway/attendance/testing/torture-*.ts\`); this page is compared with the tests on every run. \`+1\` is the day after. Beside the lines, properties hold for any input: hours are never negative, no punch is used twice, the order of the input means nothing, and the total is the same whichever days are asked for.`,
  ].join('\n')
  return `${[head, ...tables].join('\n\n')}\n`
}

function row(own: TortureCase): string {
  const hours = own.hours === undefined ? '–' : [own.hours].flat().join(', ')
  const punched =
    own.punches.length === 0 ? 'none' : own.punches.map(entry => entry.replace('- ', 'no key ')).join(', ')
  const shift = own.plan ? 'day off' : hours
  return `| ${own.name} | ${own.zone} | ${shift} | ${punched} | ${own.also ?? ''} | ${outcome(own.expect)} |`
}

function outcome(asked: TortureExpectation): string {
  const minutes = (value: number) => `${Math.floor(value / 60)}:${String(value % 60).padStart(2, '0')}`
  const parts = [
    asked.status?.replaceAll('_', ' '),
    asked.worked === undefined ? undefined : `${minutes(asked.worked)} h`,
    asked.in === undefined ? undefined : `in ${asked.in ?? 'not known'}`,
    asked.out === undefined ? undefined : `out ${asked.out ?? 'not known'}`,
    asked.late === undefined ? undefined : `${asked.late} min late`,
    asked.early === undefined ? undefined : `${asked.early} min early`,
    asked.overtime === undefined ? undefined : `${asked.overtime} min overtime`,
    asked.count === undefined ? undefined : `${asked.count} punches count`,
    asked.state,
    asked.delta === undefined
      ? undefined
      : asked.delta === null
        ? 'no difference'
        : `difference ${asked.delta} min`,
    asked.found === undefined
      ? undefined
      : asked.found.length === 0
        ? 'nothing to look at'
        : asked.found.map(kind => kind.replaceAll('_', ' ')).join(', '),
  ]
  return parts.filter(part => part !== undefined).join('; ')
}
