import type { PersonDays } from '../read-people.ts'

/** Whom a period is about. */
export interface PeriodScope {
  readonly scope: string
  /** Name of the site or id of the department; empty for everyone. */
  readonly scope_value: string
}

/** Whether somebody belongs to a period: by plan, else by where most of their punches are from. */
export function isInScope({ scope, scope_value }: PeriodScope, person: PersonDays): boolean {
  if (scope === 'everyone') return true
  if (scope === 'department') return person.departmentId === scope_value
  return (person.homeSite ?? usualSite(person)) === scope_value
}

function usualSite({ days }: PersonDays): string | null {
  const times = new Map<string, number>()
  for (const { site } of days.flatMap(day => day.shifts.flatMap(shift => shift.punches)))
    times.set(site, (times.get(site) ?? 0) + 1)
  let best: string | null = null
  for (const [site, count] of times) if (best === null || count > (times.get(best) ?? 0)) best = site
  return best
}
