import type { FindingKind } from './rules/results.ts'

/**
 * What a reviewer has to look at before days are closed. Doubles were settled by rule, who is still in is no fault, and a
 * punch that came late is said on its day and leaves nothing to decide.
 */
export const exceptionKinds = [
  'missing_in',
  'missing_out',
  'impossible_span',
  'absent',
  'late',
  'early_leave',
  'gap',
  'missed_period',
  'late_back',
  'short_hours',
  'punch_on_day_off',
  'punch_on_holiday',
  'punch_on_leave',
  'outside_shift',
  'other_site',
  'guessed_direction',
  'implausible_punch',
] as const satisfies readonly FindingKind[]

export type ExceptionKind = (typeof exceptionKinds)[number]

/** Narrows a finding to one of these. */
export function isException(kind: string): kind is ExceptionKind {
  return (exceptionKinds as readonly string[]).includes(kind)
}

/** What is left to look at on a day, each kind once; `settled` are the kinds somebody has said are in order. */
export function exceptionsOf(
  day: { readonly findings: readonly { readonly kind: string }[] },
  settled: ReadonlySet<string>,
): ExceptionKind[] {
  const kinds = new Set(day.findings.map(({ kind }) => kind).filter(isException))
  return [...kinds].filter(kind => !settled.has(kind))
}
