import { type Insertable, type Selectable, sql } from 'kysely'
import type { Reader, Write } from './index.ts'
import type { DayFilter } from './person-punches.ts'
import type { CorrectionDecisionTable, CorrectionTable } from './schema-corrections.ts'

export type CorrectionRow = Selectable<CorrectionTable>

/** A correction with what has become of it. */
export type CorrectionFate = CorrectionRow & {
  readonly decision: string | null
  readonly decided_by: string | null
  readonly decided_at: number | null
  readonly decision_reason: string | null
  /** The Withdraw that took it back, once that is in force. */
  readonly withdrawn_by: string | null
  readonly withdrawn_at: number | null
  readonly withdraw_reason: string | null
}

export type CorrectionStateName = 'pending' | 'in_force' | 'refused' | 'withdrawn'

/** Where a correction stands. */
export function stateOf(fate: CorrectionFate): CorrectionStateName {
  if (fate.decision === 'refuse') return 'refused'
  if (fate.withdrawn_at !== null) return 'withdrawn'
  return fate.needs_approval === 1 && fate.decision === null ? 'pending' : 'in_force'
}

/** What a correction is called outside: `c-12`. Of an added punch it is the name of the punch as well. */
export function correctionName(id: number): string {
  return `c-${id}`
}

/** The id behind a name, or null where it is none of ours. */
export function readCorrectionName(name: string): number | null {
  const digits = /^c-(\d{1,15})$/.exec(name)?.[1]
  return digits === undefined ? null : Number(digits)
}

/** Writes a fact down; answers its id. */
export async function insertCorrection(write: Write, row: Insertable<CorrectionTable>): Promise<number> {
  const { id } = await write.insertInto('correction').values(row).returning('id').executeTakeFirstOrThrow()
  return id
}

/** Notes what a second person said, once: false where somebody has decided before. */
export async function insertDecision(write: Write, row: CorrectionDecisionTable): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await write
    .insertInto('correction_decision')
    .values(row)
    .onConflict(conflict => conflict.column('correction_id').doNothing())
    .executeTakeFirstOrThrow()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Corrections with their fate, to be narrowed further. */
export function correctionFates(reader: Reader) {
  return reader
    .selectFrom('correction')
    .leftJoin('correction_decision as decided', 'decided.correction_id', 'correction.id')
    .leftJoin(
      query =>
        query
          .selectFrom('correction as taker')
          .leftJoin('correction_decision as agreed', 'agreed.correction_id', 'taker.id')
          .where('taker.target_id', 'is not', null)
          .where(({ or, eb }) =>
            or([eb('taker.needs_approval', '=', 0), eb('agreed.decision', '=', 'approve')]),
          )
          .groupBy('taker.target_id')
          .select(['taker.target_id', sql<number>`min(taker.id)`.as('taker_id')])
          .as('gone'),
      join => join.onRef('gone.target_id', '=', 'correction.id'),
    )
    .leftJoin('correction as taken', 'taken.id', 'gone.taker_id')
    .selectAll('correction')
    .select([
      'decided.decision',
      'decided.actor as decided_by',
      'decided.at as decided_at',
      'decided.reason as decision_reason',
      'taken.actor as withdrawn_by',
      'taken.at as withdrawn_at',
      'taken.reason as withdraw_reason',
    ])
}

/** One correction with its fate. */
export async function findCorrection(reader: Reader, id: number): Promise<CorrectionFate | undefined> {
  return correctionFates(reader).where('correction.id', '=', id).executeTakeFirst()
}

/** Those of some people about days of a range, both inclusive; refused and withdrawn ones among them. */
export async function correctionsOfPeople(
  reader: Reader,
  codes: readonly string[],
  range: { readonly fromDay: string; readonly toDay: string },
): Promise<CorrectionFate[]> {
  if (codes.length === 0) return []
  return correctionFates(reader)
    .where('correction.employee_code', 'in', [...codes])
    .where('correction.day', '>=', range.fromDay)
    .where('correction.day', '<=', range.toDay)
    .orderBy('correction.id')
    .execute()
}

/** People with corrections of some kinds on some days, from one code on up to another, both inclusive. */
export async function nextCorrected(
  reader: Reader,
  kinds: readonly string[],
  filter: DayFilter,
  fromCode: string,
  untilCode: string | null,
): Promise<string[]> {
  const { fromDay, toDay, devices } = filter
  const rows = await reader
    .selectFrom('correction')
    .select('employee_code')
    .distinct()
    .where('kind', 'in', [...kinds])
    .where('day', '>=', fromDay)
    .where('day', '<=', toDay)
    .where('employee_code', '>=', fromCode)
    .$if(untilCode !== null, query => query.where('employee_code', '<=', untilCode ?? ''))
    .$if(devices !== null, query =>
      query.where('sn', 'in', devices && devices.length > 0 ? [...devices] : ['']),
    )
    .execute()
  return rows.map(({ employee_code }) => employee_code)
}
