/** Calendar days as `YYYY-MM-DD`, the form the contract and the URL share. Pure text arithmetic, no time zone. */

export interface DayRange {
  readonly from: string
  readonly to: string
}

/** The day so many days later, or earlier. */
export function shiftDay(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** The range a URL asks for: both ends, one, or none, which means today. Ends the wrong way round are turned. */
export function dayRange(
  asked: { readonly from?: string | undefined; readonly to?: string | undefined },
  today: string,
): DayRange {
  const from = asked.from ?? asked.to ?? today
  const to = asked.to ?? (from > today ? from : today)
  return from <= to ? { from, to } : { from: to, to: from }
}
