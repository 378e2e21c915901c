import { plannedInstant, shiftDay } from '../../time/zone.ts'
import { minuteMs, overlapMs, wholeMinutes } from './minutes.ts'
import type { CalendarDay, Period, PlannedShift, Policy, ShiftRules } from './types.ts'

/** From and to in epoch ms. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

export interface FixedBreak extends Span {
  readonly paid: boolean
}

/** A planned shift on the line of real time: over a change of the clock its length is what really passes. */
export interface PlacedShift extends Span {
  readonly planned: PlannedShift
  readonly rules: ShiftRules
  /** Punches within may belong to it. */
  readonly window: Span
  /** As planned. */
  readonly periods: readonly Span[]
  /** What is left of them after leave and holidays. */
  readonly owed: readonly Span[]
  readonly core: Span | null
  readonly fixedBreaks: readonly FixedBreak[]
  readonly expectedMinutes: number
  readonly excusedBy: readonly CalendarDay[]
}

/** Puts a planned shift on the line of real time, less what leave and holidays excuse. */
export function placeShift(
  planned: PlannedShift,
  calendar: readonly CalendarDay[],
  policy: Policy,
): PlacedShift {
  const { shift } = planned
  const place = (period: Period): Span => ({
    fromMs: instantOf(planned, period.startMinute),
    toMs: instantOf(planned, period.endMinute),
  })
  const periods = shift.periods.map(place).sort((a, b) => a.fromMs - b.fromMs)
  const fromMs = periods[0]?.fromMs ?? instantOf(planned, 0)
  const toMs = Math.max(fromMs, ...periods.map(period => period.toMs))
  const rules = { ...policy, ...shift.rules }
  const excusedBy = calendar.filter(day => day.date === planned.date)
  const owed = owedOf(periods, excusedBy)
  const fixedBreaks = shift.breaks.flatMap(rule =>
    rule.kind === 'fixed' ? [{ ...place(rule), paid: rule.paid }] : [],
  )
  const share = lengthOf(owed) / Math.max(1, lengthOf(periods))
  return {
    planned,
    rules,
    fromMs,
    toMs,
    window: {
      fromMs: fromMs - rules.windowBeforeMinutes * minuteMs,
      toMs: toMs + rules.windowAfterMinutes * minuteMs,
    },
    periods,
    owed,
    core: shift.core === null || share < 1 ? null : place(shift.core),
    fixedBreaks,
    expectedMinutes:
      shift.requiredMinutes === null
        ? Math.max(0, wholeMinutes(lengthOf(owed)) - plannedBreakMinutes(planned, owed, fixedBreaks))
        : Math.floor(shift.requiredMinutes * share),
    excusedBy,
  }
}

function instantOf(planned: PlannedShift, minute: number): number {
  const day = shiftDay(planned.date, Math.floor(minute / 1440))
  const ofDay = ((minute % 1440) + 1440) % 1440
  const clock = `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`
  return plannedInstant(`${day} ${clock}:00`, planned.zone)
}

function owedOf(periods: readonly Span[], excusedBy: readonly CalendarDay[]): readonly Span[] {
  const portions = new Set(excusedBy.map(day => day.portion))
  const halves = portions.has('first_half') && portions.has('second_half')
  if (portions.has('full') || halves) return []
  const half = lengthOf(periods) / 2
  if (portions.has('first_half')) return cut(periods, half, Number.POSITIVE_INFINITY)
  if (portions.has('second_half')) return cut(periods, 0, half)
  return periods
}

/** The part of several spans that lies between two distances from their start, pauses between them not counted. */
function cut(spans: readonly Span[], fromOffsetMs: number, toOffsetMs: number): Span[] {
  const parts: Span[] = []
  let passed = 0
  for (const { fromMs, toMs } of spans) {
    const part = {
      fromMs: fromMs + Math.max(0, fromOffsetMs - passed),
      toMs: Math.min(toMs, fromMs + toOffsetMs - passed),
    }
    if (part.toMs > part.fromMs) parts.push(part)
    passed += toMs - fromMs
  }
  return parts
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
}

/** Unpaid breaks that a whole shift contains. */
function plannedBreakMinutes(
  planned: PlannedShift,
  owed: readonly Span[],
  fixedBreaks: readonly FixedBreak[],
): number {
  const fixed = fixedBreaks
    .filter(pause => !pause.paid)
    .reduce((sum, pause) => sum + owed.reduce((part, span) => part + overlapMs(span, pause), 0), 0)
  const others = planned.shift.breaks.reduce((sum, rule) => {
    if (rule.kind === 'fixed' || rule.paid) return sum
    if (rule.kind === 'punched') return sum + rule.allowedMinutes
    const beyond = wholeMinutes(lengthOf(owed)) - rule.afterMinutes
    return sum + Math.min(rule.lengthMinutes, Math.max(0, beyond))
  }, 0)
  return Math.max(wholeMinutes(fixed), others)
}
