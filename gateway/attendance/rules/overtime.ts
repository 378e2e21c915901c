import { Temporal } from 'temporal-polyfill'
import { carve, totalMs } from './bands.ts'
import { explain } from './explain.ts'
import { minuteMs, wholeMinutes } from './minutes.ts'
import type { Band, Explanation } from './results.ts'
import type { OvertimePolicy } from './types.ts'

export type DayKind = 'ordinary' | 'day_off' | 'holiday'

/** What is left of the caps; days and weeks are told apart by the dates of the shifts. */
export interface OvertimeBudget {
  leftMs(date: string): number
  take(date: string, ms: number): void
}

/** Counts overtime against the caps of the day and of the week, Monday to Sunday. Give it the days in order. */
export function createOvertimeBudget(policy: OvertimePolicy): OvertimeBudget {
  const days = new Map<string, number>()
  const weeks = new Map<string, number>()
  const left = (capMinutes: number | null, used: number | undefined) =>
    capMinutes === null ? Number.POSITIVE_INFINITY : Math.max(0, capMinutes * minuteMs - (used ?? 0))
  const weekOf = (date: string) => (policy.weeklyCapMinutes === null ? '' : mondayOf(date))
  return {
    leftMs: date =>
      Math.min(
        left(policy.dailyCapMinutes, days.get(date)),
        left(policy.weeklyCapMinutes, weeks.get(weekOf(date))),
      ),
    take(date, ms) {
      days.set(date, (days.get(date) ?? 0) + ms)
      weeks.set(weekOf(date), (weeks.get(weekOf(date)) ?? 0) + ms)
    },
  }
}

function mondayOf(date: string): string {
  const day = Temporal.PlainDate.from(date)
  return day.subtract({ days: day.dayOfWeek - 1 }).toString()
}

export interface OvertimeContext {
  readonly shiftId: string
  readonly date: string
  readonly kind: DayKind
  /** Work owed by somebody with flexible hours; null: overtime is what lies after the shift. */
  readonly flexibleMinutes: number | null
  readonly policy: OvertimePolicy
  readonly budget: OvertimeBudget
}

/**
 * Marks overtime. On a working day it is presence after the end of the shift, never before its start, or work above
 * what flexible hours owe; on a day off or holiday it is all the work. What the caps cut off stays visible as time after
 * the shift and counts for nothing.
 */
export function applyOvertime(
  bands: readonly Band[],
  context: OvertimeContext,
): { bands: readonly Band[]; explanation: readonly Explanation[] } {
  const { policy, budget, date, shiftId } = context
  const skipMs =
    context.kind === 'ordinary' && context.flexibleMinutes !== null ? context.flexibleMinutes * minuteMs : 0
  const fromWork = context.kind !== 'ordinary' || context.flexibleMinutes !== null
  const isPaidBreak = (band: Band) => band.kind === 'break' && band.paid
  const eligible = (band: Band) =>
    fromWork ? band.kind === 'worked' || (skipMs > 0 && isPaidBreak(band)) : band.kind === 'after'
  const wantedMs = totalMs(bands, eligible) - skipMs
  if (!policy.enabled || wantedMs <= 0 || wantedMs < policy.fromMinutes * minuteMs)
    return { bands, explanation: [] }
  const takeMs = Math.min(wantedMs, budget.leftMs(date))
  budget.take(date, takeMs)
  const marked = carve(bands, eligible, { skipMs, takeMs, into: { kind: 'overtime', paid: false } })
  const numbers = { minutes: wholeMinutes(takeMs), fromMinutes: policy.fromMinutes }
  const explanation = [explain('overtime', { shiftId, numbers })]
  if (takeMs === wantedMs) return { bands: marked, explanation }
  return {
    bands: carve(marked, eligible, {
      skipMs,
      takeMs: Number.MAX_SAFE_INTEGER,
      into: { kind: 'after', paid: false },
    }),
    explanation: [
      ...explanation,
      explain('overtime_capped', { shiftId, numbers: { cutMinutes: wholeMinutes(wantedMs - takeMs) } }),
    ],
  }
}

/** What an hour of overtime counts on such a day. */
export function multiplierOf(kind: DayKind, policy: OvertimePolicy): number {
  if (kind === 'holiday') return policy.holidayMultiplier
  return kind === 'day_off' ? policy.dayOffMultiplier : policy.ordinaryMultiplier
}
