import { readLookedAt } from '../store/settled-findings.ts'
import type { DayFacts } from './days/day-facts.ts'
import type { DaySource } from './days/day-source.ts'
import { type ExceptionKind, exceptionsOf } from './exceptions.ts'
import type { PeopleRequest } from './read-people.ts'

/** Which of the days with something to look at are wanted, and the part of them that is shown. */
export interface ExceptionReading {
  readonly request: PeopleRequest
  /** Days with punches at other sites alone are left out. */
  readonly site: string | undefined
  /** Any of these has to be on a day; undefined means all. */
  readonly kinds: readonly string[] | undefined
  readonly start: number
  readonly limit: number
}

/** A day somebody has to look at, and why. */
export interface ExceptionDay {
  readonly employeeCode: string
  readonly day: Pick<DayFacts, 'date' | 'zone' | 'cell'>
  readonly kinds: readonly ExceptionKind[]
  /** Corrections that wait for a second person. */
  readonly pending: number
}

export interface ListedExceptions {
  /** The latest day first, then in order of codes. */
  readonly shown: readonly ExceptionDay[]
  /** All of the wanted kinds. */
  readonly total: number
  /** How many days each kind is on, whatever kinds are wanted. */
  readonly counts: readonly (readonly [kind: ExceptionKind, days: number])[]
}

/** What is left to look at in the days of a range, of as many people as there are. */
export async function listExceptions(
  source: DaySource,
  { request, site, kinds, start, limit }: ExceptionReading,
): Promise<ListedExceptions> {
  const { fromDate: fromDay, toDate: toDay } = request.range
  const lookedAt = await readLookedAt(source.read, { fromDay, toDay }, request.employeeCode)
  const wanted = kinds && new Set(kinds)
  const counts = new Map<ExceptionKind, number>()
  const found: ExceptionDay[] = []
  for await (const { employeeCode, days } of source.people(request))
    for (const day of days) {
      const isElsewhere = site !== undefined && day.punchCount > 0 && !Object.hasOwn(day.sites, site)
      if (isElsewhere) continue
      const { settled, pending } = lookedAt(employeeCode, day.date)
      const open = exceptionsOf(day, settled)
      for (const kind of open) counts.set(kind, (counts.get(kind) ?? 0) + 1)
      if (open.length === 0 || (wanted && !open.some(kind => wanted.has(kind)))) continue
      const { date, zone, cell } = day
      found.push({ employeeCode, day: { date, zone, cell }, kinds: open, pending })
    }
  found.sort((a, b) => compare(b.day.date, a.day.date) || compare(a.employeeCode, b.employeeCode))
  return {
    shown: found.slice(start, start + limit),
    total: found.length,
    counts: [...counts].sort(([, a], [, b]) => b - a),
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
