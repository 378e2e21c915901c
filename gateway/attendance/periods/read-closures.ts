import type { Reader } from '../../store/index.ts'
import { closedDaysOf, membersOfPeriods, periodName, periodsTouching } from '../../store/periods.ts'
import type { DayResult } from '../rules/results.ts'
import type { Closure } from '../rules/types.ts'
import { thawDay } from './frozen-day.ts'

/** What was closed of somebody's days. The days are thawed when they are asked for: it is a third of the work. */
export interface PersonClosures {
  readonly closures: readonly Closure[]
  /** What the days say, and what differences are counted from. */
  results(): { readonly closedResults: DayResult[]; readonly settledResults: DayResult[] }
}

const nothingClosed: PersonClosures = {
  closures: [],
  results: () => ({ closedResults: [], settledResults: [] }),
}

/**
 * Closed periods of some people, with the days in them as they were closed or accepted since. A period of everyone holds
 * also for those who came to be known later; one of a site or department for those who were in it when it was closed.
 */
export async function readClosures(
  reader: Reader,
  employeeCodes: readonly string[],
  range: { readonly fromDay: string; readonly toDay: string },
): Promise<(employeeCode: string) => PersonClosures> {
  const periods = (await periodsTouching(reader, range.fromDay, range.toDay)).filter(
    ({ state }) => state === 'closed',
  )
  if (periods.length === 0) return () => nothingClosed
  const ids = periods.map(({ id }) => id)
  const [members, days] = await Promise.all([
    membersOfPeriods(reader, ids, employeeCodes),
    closedDaysOf(reader, ids, employeeCodes, range),
  ])
  const memberOf = new Set(members.map(({ period_id, employee_code }) => `${period_id} ${employee_code}`))
  const daysOf = Map.groupBy(days, ({ employee_code }) => employee_code)
  return code => {
    const own = periods.filter(({ id, scope }) => scope === 'everyone' || memberOf.has(`${id} ${code}`))
    if (own.length === 0) return nothingClosed
    return {
      closures: own.map(row => ({
        id: periodName(row.id),
        kind: 'period' as const,
        fromDate: row.from_day,
        toDate: row.to_day,
        closedAtMs: row.closed_at ?? row.asked_at,
        by: row.closed_by,
      })),
      results() {
        const shown = new Map<string, string>()
        const settled = new Map<string, string>()
        for (const { day, origin, result } of daysOf.get(code) ?? []) {
          settled.set(day, result)
          if (origin !== 'carried') shown.set(day, result)
        }
        return {
          closedResults: [...shown.values()].map(thawDay),
          settledResults: [...settled]
            .filter(([day, result]) => shown.get(day) !== result)
            .map(([, result]) => thawDay(result)),
        }
      },
    }
  }
}
