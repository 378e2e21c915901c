import type { Reader } from './index.ts'

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
