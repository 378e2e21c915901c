import { wallDay } from '../../../../format/time.ts'
import { setupWords as w } from '../../../../words/attendance-setup.ts'

const sinceEver = '0001-01-01'

/** Since when a version holds. */
export function validSince({ FromDate }: { readonly FromDate: string }): string {
  return FromDate === sinceEver ? w.sinceEver : w.since(wallDay(FromDate))
}

/** A stretch of days in words. */
export function daysText({
  FromDate,
  ToDate,
}: {
  readonly FromDate: string
  readonly ToDate: string | null
}) {
  const from = FromDate === sinceEver ? w.sinceEver : wallDay(FromDate)
  if (ToDate === FromDate) return from
  return `${from} – ${ToDate === null ? w.furtherNotice : wallDay(ToDate)}`
}
