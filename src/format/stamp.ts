import { wallClock } from './time.ts'

/** Moments as the contract stamps them, `2026-03-02T08:00:00+05:30`: wall clock and offset in one text. */

/** "08:00", the wall clock to the minute. */
export function stampMinute(stamp: string): string {
  return stamp.slice(11, 16)
}

/** "08:00:12" in the reader's form. */
export function stampClock(stamp: string): string {
  return wallClock(stamp.slice(0, 19).replace('T', ' '))
}

/** "+05:30" */
export function stampOffset(stamp: string): string {
  return stamp.slice(19)
}

/** Epoch milliseconds. */
export function stampMs(stamp: string): number {
  return Date.parse(stamp)
}
