import { correctionFates, stateOf } from './corrections.ts'
import type { Reader } from './index.ts'

/**
 * What somebody has said is in order, by `code day`: kinds of findings. And how many corrections wait for a second person
 * on that day.
 */
export interface LookedAt {
  readonly settled: ReadonlySet<string>
  readonly pending: number
}

const nothing: LookedAt = { settled: new Set(), pending: 0 }

/** For all people, about days of a range, both inclusive: rare enough to be read at once. */
export async function readLookedAt(
  reader: Reader,
  range: { readonly fromDay: string; readonly toDay: string },
  employeeCode?: string,
): Promise<(employeeCode: string, day: string) => LookedAt> {
  const rows = await correctionFates(reader)
    .where('correction.day', '>=', range.fromDay)
    .where('correction.day', '<=', range.toDay)
    .where(({ or, eb }) =>
      or([eb('correction.kind', '=', 'Settle'), eb('correction.needs_approval', '=', 1)]),
    )
    .$if(employeeCode !== undefined, query =>
      query.where('correction.employee_code', '=', employeeCode ?? ''),
    )
    .execute()
  const known = new Map<string, { settled: Set<string>; pending: number }>()
  for (const row of rows) {
    const key = `${row.employee_code} ${row.day}`
    const entry = known.get(key) ?? { settled: new Set<string>(), pending: 0 }
    known.set(key, entry)
    const state = stateOf(row)
    if (state === 'pending') entry.pending += 1
    if (state === 'in_force' && row.kind === 'Settle' && row.after !== null) entry.settled.add(row.after)
  }
  return (code, day) => known.get(`${code} ${day}`) ?? nothing
}
