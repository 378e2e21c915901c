import type { OperationAnswer } from '#contract/types.ts'
import { reviewWords } from '../../../../words/attendance-review.ts'

export type ExceptionDay = OperationAnswer<'attendance.exceptions'>['Days'][number]
export type DayBehind = OperationAnswer<'attendance.explain'>['Day']

/** Names a day of a person in the address: `2026-03-02 100`. */
export function keyOf(row: ExceptionDay): string {
  return `${row.Cell.Date} ${row.EmployeeCode}`
}

/** The day and the person of such a name. */
export function readKey(key: string): { day: string; code: string } {
  return { day: key.slice(0, 10), code: key.slice(11) }
}

/** What was found, in words. */
export function kindText(kind: string): string {
  return reviewWords.kinds[kind] ?? kind.replaceAll('_', ' ')
}

/** `HH:MM` of a stamp, on the wall clock it was read on. */
export function stampClock(stamp: string | undefined): string {
  return stamp?.slice(11, 16) ?? '–'
}
