import { OperationError } from '#contract/errors.ts'
import { type DifferenceRow, readDifferenceName } from '../../store/differences.ts'
import type { Write } from '../../store/index.ts'
import { insertClosedDays, membersOfPeriods, periodsTouching } from '../../store/periods.ts'
import { shiftDay } from '../../time/zone.ts'
import { markDaysStale } from '../stale-days.ts'

export interface Decision {
  readonly name: string
  readonly decision: 'accept' | 'carry'
  readonly reason: string
  readonly actor: string
  readonly now: number
  /** ISO 8601; as it was looked at. */
  readonly updatedAt: string | undefined
}

/**
 * Accepts a difference into its day, which says the new numbers from then on, or carries its minutes to the first open
 * day and leaves the closed one as it was. Either is a new fact: what was frozen stays on record. Answers its id.
 */
export async function decideDifference(write: Write, decided: Decision): Promise<number> {
  const row = await requireOpen(write, decided)
  const { decision, reason, actor, now } = decided
  const isCarried = decision === 'carry'
  await insertClosedDays(write, [
    {
      period_id: row.period_id,
      employee_code: row.employee_code,
      day: row.day,
      origin: isCarried ? 'carried' : 'accepted',
      at: now,
      result: row.recalculated,
    },
  ])
  await write
    .updateTable('difference')
    .set({
      state: isCarried ? 'carried' : 'accepted',
      decided_at: now,
      decided_by: actor,
      reason,
      carry_day: isCarried ? await firstOpenDay(write, row) : null,
    })
    .where('id', '=', row.id)
    .execute()
  await markDaysStale(write, { employeeCodes: [row.employee_code], fromDay: row.day, toDay: row.day })
  return row.id
}

async function requireOpen(write: Write, { name, updatedAt }: Decision): Promise<DifferenceRow> {
  const id = readDifferenceName(name)
  const row =
    id === null
      ? undefined
      : await write.selectFrom('difference').selectAll().where('id', '=', id).executeTakeFirst()
  if (row?.state !== 'open')
    throw new OperationError('DIFFERENCE_NOT_FOUND', {
      field: 'DifferenceID',
      detail: row ? `${name} is ${row.state}` : `There is no difference ${name}`,
    })
  if (updatedAt !== undefined && new Date(row.updated_at).toISOString() !== updatedAt)
    throw new OperationError('PERIOD_CHANGED', {
      field: 'UpdatedAt',
      detail: `${name} has changed since ${updatedAt}`,
    })
  return row
}

/** The first day after a closed one that lies in no closed period of this person. */
async function firstOpenDay(
  write: Write,
  { employee_code, day }: Pick<DifferenceRow, 'employee_code' | 'day'>,
): Promise<string> {
  const closed = (await periodsTouching(write, day, '9999-12-31')).filter(({ state }) => state === 'closed')
  const ids = closed.map(({ id }) => id)
  const own = new Set((await membersOfPeriods(write, ids, [employee_code])).map(({ period_id }) => period_id))
  const periods = closed.filter(({ id, scope }) => scope === 'everyone' || own.has(id))
  let open = shiftDay(day, 1)
  for (;;) {
    const period = periods.find(({ from_day, to_day }) => from_day <= open && open <= to_day)
    if (!period) return open
    open = shiftDay(period.to_day, 1)
  }
}
