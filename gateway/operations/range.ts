import { OperationError } from '#contract/errors.ts'

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

/** A `YYYY-MM-DD`, with or without time, as a wall clock to the second; a bare day begins at midnight. */
export function toSeconds(text: string): string {
  return fill(text, '00:00:00')
}

function fill(text: string, rest: string): string {
  const [day = '', time = rest] = text.trim().split(/[ T]/)
  return `${day} ${time.length === 5 ? `${time}:${rest.slice(6)}` : time}`
}
