import type { Selectable } from 'kysely'
import type { Reader, Write } from './index.ts'
import type { PlanVersionTable } from './schema-plan.ts'

export type PlanKind = 'shift' | 'rotation' | 'policy'
/** One version as kept; `definition` is JSON of the contract's shape. */
export type PlanVersionRow = Selectable<PlanVersionTable>

/** Of a thing that holds since ever. */
export const sinceEver = '0001-01-01'
/** What the one policy is called by. */
export const policyId = ''

/** Every version of some kinds of things: by id, oldest first. A site has dozens, not thousands. */
export async function planVersions(reader: Reader, kinds: readonly PlanKind[]): Promise<PlanVersionRow[]> {
  return reader
    .selectFrom('plan_version')
    .selectAll()
    .where('kind', 'in', [...kinds])
    .orderBy('kind')
    .orderBy('id')
    .orderBy('from_date')
    .execute()
}

/** Keeps a version; one that begins on the same day is replaced. */
export async function savePlanVersion(write: Write, row: PlanVersionRow): Promise<void> {
  const { kind: _, id: __, from_date: ___, ...rest } = row
  await write
    .insertInto('plan_version')
    .values(row)
    .onConflict(conflict => conflict.columns(['kind', 'id', 'from_date']).doUpdateSet(rest))
    .execute()
}

/** The version of one thing that holds on a date, of its versions oldest first; undefined before the first. */
export function versionOn<T extends { readonly from_date: string }>(
  versions: readonly T[],
  date: string,
): T | undefined {
  return versions.findLast(({ from_date }) => from_date <= date)
}
