import { sql } from 'kysely'
import type { z } from 'zod'
import { type Correction, CorrectionKind } from '#contract/entities/correction.ts'
import {
  type CorrectionFate,
  type CorrectionStateName,
  correctionFates,
  correctionName,
  stateOf,
} from './corrections.ts'
import { type Page, readPosition, toPage } from './cursor.ts'
import { toIso } from './devices.ts'
import type { Reader } from './index.ts'
import type { PageRequest } from './punches.ts'

export type CorrectionEntity = z.output<typeof Correction>

export interface CorrectionFilter {
  /** Days, both inclusive. */
  readonly fromDay: string | undefined
  readonly toDay: string | undefined
  readonly employeeCode: string | undefined
  readonly states: readonly CorrectionStateName[] | undefined
  readonly repairId: number | undefined
  readonly id?: number
}

/** A page of corrections by day, then as they were written down. `asker` is who may not decide their own. */
export async function findCorrections(
  reader: Reader,
  filter: CorrectionFilter,
  page: PageRequest,
  asker: string,
): Promise<Page<CorrectionEntity>> {
  const position = readPosition(page.offSet)
  const all = named(reader, filter)
  const total =
    position.kind === 'after'
      ? position.total
      : ((
          await reader
            .selectFrom(all.as('found'))
            .select(sql<number>`count(*)`.as('total'))
            .executeTakeFirst()
        )?.total ?? 0)
  const ahead = sql.raw(page.order === 'asc' ? '>' : '<')
  const rows = await all
    .$if(position.kind === 'after', query => {
      const { key, id } = position as { key: string; id: number }
      return query.where(sql<boolean>`(correction.day, correction.id) ${ahead} (${key}, ${id})`)
    })
    .orderBy('correction.day', page.order)
    .orderBy('correction.id', page.order)
    .limit(page.limit + 1)
    .$if(position.kind === 'row', query => query.offset((position as { row: number }).row))
    .execute()
  const shown = toPage(rows, page.limit, total, row => ({ key: row.day, id: row.id }))
  return { rows: shown.rows.map(row => toEntity(row, asker)), paging: shown.paging }
}

/** One as the contract says it; undefined where there is none. */
export async function correctionEntity(
  reader: Reader,
  id: number,
  asker: string,
): Promise<CorrectionEntity | undefined> {
  const row = await named(reader, { ...everything, id }).executeTakeFirst()
  return row && toEntity(row, asker)
}

/** The id behind the name of a repair, `r-3`, or null where it is none. */
export function readRepairName(name: string): number | null {
  const digits = /^r-(\d{1,15})$/.exec(name)?.[1]
  return digits === undefined ? null : Number(digits)
}

const everything: CorrectionFilter = {
  fromDay: undefined,
  toDay: undefined,
  employeeCode: undefined,
  states: undefined,
  repairId: undefined,
}

/** Where a correction stands, as `stateOf` says it, in the words of the database. */
const stateColumn = sql<CorrectionStateName>`case when decided.decision = 'refuse' then 'refused'
  when taken.id is not null then 'withdrawn'
  when correction.needs_approval = 1 and decided.decision is null then 'pending' else 'in_force' end`

function named(reader: Reader, filter: CorrectionFilter) {
  const { fromDay, toDay, employeeCode, states, repairId, id } = filter
  return correctionFates(reader)
    .leftJoin('person', 'person.employee_code', 'correction.employee_code')
    .leftJoin('device', 'device.sn', 'correction.sn')
    .select(['person.first_name', 'person.last_name', 'device.label'])
    .$if(fromDay !== undefined, query => query.where('correction.day', '>=', fromDay ?? ''))
    .$if(toDay !== undefined, query => query.where('correction.day', '<=', toDay ?? ''))
    .$if(employeeCode !== undefined, query =>
      query.where('correction.employee_code', '=', employeeCode ?? ''),
    )
    .$if(repairId !== undefined, query => query.where('correction.repair_id', '=', repairId ?? 0))
    .$if(id !== undefined, query => query.where('correction.id', '=', id ?? 0))
    .$if(states !== undefined, query => query.where(stateColumn, 'in', [...(states ?? [])]))
}

function toEntity(
  row: CorrectionFate & { first_name: string | null; last_name: string | null; label: string | null },
  asker: string,
): CorrectionEntity {
  const state = stateOf(row)
  return {
    CorrectionID: correctionName(row.id),
    EmployeeCode: row.employee_code,
    EmployeeName: `${row.first_name ?? ''} ${row.last_name ?? ''}`.trim() || null,
    Date: row.day,
    Kind: CorrectionKind.parse(row.kind),
    PunchID: row.kind === 'AddPunch' ? correctionName(row.id) : row.punch_ref,
    LocalTime: row.local_time,
    TimeZone: row.zone,
    DeviceSN: row.sn,
    LabelName: row.label,
    Before: row.before,
    After: row.after,
    TargetID: row.target_id === null ? null : correctionName(row.target_id),
    Estimated: row.estimated === 1,
    RepairID: row.repair_id === null ? null : `r-${row.repair_id}`,
    Reason: row.reason,
    By: row.actor,
    At: new Date(row.at).toISOString(),
    State: state,
    DecidedBy: row.decided_by,
    DecidedAt: toIso(row.decided_at),
    DecisionReason: row.decision_reason,
    WithdrawnBy: row.withdrawn_by,
    WithdrawnAt: toIso(row.withdrawn_at),
    WithdrawReason: row.withdraw_reason,
    MayDecide: state === 'pending' && row.actor !== asker,
  }
}
