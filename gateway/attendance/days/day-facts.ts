import type { z } from 'zod'
import type { DayCell } from '#contract/entities/attendance-day.ts'
import { dayCell } from '../day-cell.ts'
import { type HourPresent, hoursPresent } from '../presence.ts'
import type { DayResult } from '../rules/results.ts'
import { type PlainDay, plainDay } from '../rules/summarise.ts'

/** What lists, sums and filters need of a day: small enough to be kept for every person and day. */
export interface DayFacts {
  readonly date: string
  readonly status: DayResult['status']
  readonly certainty: Pick<DayResult['certainty'], 'state' | 'reason'>
  readonly findings: readonly Pick<DayResult['findings'][number], 'kind'>[]
  readonly workedMinutes: number
  readonly expectedMinutes: number
  readonly overtimeMinutes: number
  readonly overtimeWeightedMinutes: number
  readonly lateMinutes: number
  readonly earlyLeaveMinutes: number
  readonly punchCount: number
  readonly zone: string | null
  readonly difference: boolean
  /** Where its punches are from, and how many from each. */
  readonly sites: Readonly<Record<string, number>>
  readonly deviceSns: readonly string[]
  /** Hours of the wall clock in which somebody was there, each once. */
  readonly presence: readonly HourPresent[]
  /** With its zone, whatever zone the person is usually in. */
  readonly cell: z.output<typeof DayCell>
  /** As the published summary says it; null for a day without punches. */
  readonly plain: PlainDay | null
}

/** The facts of a day that has just been judged. */
export function dayFacts(day: DayResult): DayFacts {
  const punches = day.shifts.flatMap(shift => shift.punches)
  return {
    date: day.date,
    status: day.status,
    certainty: { state: day.certainty.state, reason: day.certainty.reason },
    findings: day.findings.map(({ kind }) => ({ kind })),
    workedMinutes: day.workedMinutes,
    expectedMinutes: day.expectedMinutes,
    overtimeMinutes: day.overtimeMinutes,
    overtimeWeightedMinutes: day.overtimeWeightedMinutes,
    lateMinutes: day.lateMinutes,
    earlyLeaveMinutes: day.earlyLeaveMinutes,
    punchCount: day.punchCount,
    zone: day.zone,
    difference: day.difference !== null,
    sites: sitesOfDay(day),
    deviceSns: [...new Set(punches.map(({ deviceSn }) => deviceSn))],
    presence: hoursPresent(day),
    cell: dayCell(day, ''),
    plain: plainDay(day),
  }
}

/** Where the punches of a day are from, and how many from each. */
export function sitesOfDay({ shifts }: Pick<DayResult, 'shifts'>): Record<string, number> {
  const sites: Record<string, number> = {}
  for (const { site } of shifts.flatMap(shift => shift.punches)) sites[site] = (sites[site] ?? 0) + 1
  return sites
}

/** False while time alone can change the day: a terminal may still hold punches, somebody is still in, it is not over. */
export function isSettled({ certainty }: DayFacts): boolean {
  return certainty.reason === null && certainty.state !== 'provisional'
}
