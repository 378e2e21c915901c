import { OperationError } from '#contract/errors.ts'
import { localAt } from '../time/zone.ts'

/** From and to of a request as inclusive local wall-clock bounds; a bare day runs to its last second. */
export function readRange(input: { readonly FromDate: string; readonly ToDate: string }): {
  from: string
  to: string
} {
  const from = fill(input.FromDate, '00:00:00')
  const to = fill(input.ToDate, '23:59:59')
  if (from > to)
    throw new OperationError('INVALID_DATE', {
      field: 'ToDate',
      detail: `ToDate ${input.ToDate} lies before FromDate ${input.FromDate}`,
    })
  return { from, to }
}

/**
 * True where wall-clock bounds as of `readRange` take in yesterday and today as the terminal's zone has them: at an
 * hour of the evening or the morning UTC knows another day than the people at the door.
 */
export function reachesToday(
  { from, to }: { readonly from: string; readonly to: string },
  now: number,
  zone: string,
): boolean {
  const today = localAt(now, zone).local.slice(0, 10)
  return from.slice(0, 10) < today && to.slice(0, 10) >= today
}

/** A `YYYY-MM-DD`, with or without time, as a wall clock to the second; a bare day begins at midnight. */
export function toSeconds(text: string): string {
  return fill(text, '00:00:00')
}

function fill(text: string, rest: string): string {
  const [day = '', time = rest] = text.trim().split(/[ T]/)
  return `${day} ${time.length === 5 ? `${time}:${rest.slice(6)}` : time}`
}
