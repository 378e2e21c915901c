import type { Reader } from './index.ts'

/**
 * A name in one piece, as terminals have it, as the contract's first and last name: cut at the first space that has a
 * word behind it. More spaces than that one stay with the first name, so that both joined by a space are the name again
 * and a terminal is not told another one than it holds (vector T37).
 */
export function firstAndLast(name: string): { readonly first: string; readonly last: string } {
  const whole = name.trim()
  const at = whole.search(/ (?=\S)/)
  return at < 0 ? { first: whole, last: '' } : { first: whole.slice(0, at), last: whole.slice(at + 1) }
}

/** Names of people as a terminal last stated them; those without one are not in it. */
export async function namesOf(
  reader: Reader,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (codes.length === 0) return new Map()
  const rows = await reader
    .selectFrom('person')
    .select(['employee_code', 'first_name', 'last_name'])
    .where('employee_code', 'in', [...codes])
    .execute()
  return new Map(
    rows.flatMap(row => {
      const name = [row.first_name, row.last_name].filter(Boolean).join(' ')
      return name === '' ? [] : [[row.employee_code, name] as const]
    }),
  )
}
