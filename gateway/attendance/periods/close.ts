import type { GatewayDeps } from '../../deps.ts'
import {
  forgetClosing,
  insertClosedDays,
  insertMembers,
  membersOfPeriods,
  type PeriodRow,
  periodsTouching,
} from '../../store/periods.ts'
import { startChecking } from './check-cursor.ts'
import { everyoneStale } from './everyone-stale.ts'
import { freezeDay } from './frozen-day.ts'
import { mattersOf, reviewPeriod } from './review.ts'

type CloseDeps = Pick<GatewayDeps, 'store' | 'clock'>

const peoplePerWrite = 25

/** Freezes the days of periods somebody has asked to close; answers how many. One that was interrupted starts anew. */
export async function closePeriods({ store, clock }: CloseDeps): Promise<number> {
  const asked = await store.read
    .selectFrom('period')
    .selectAll()
    .where('state', '=', 'closing')
    .orderBy('id')
    .execute()
  for (const period of asked) await freeze({ store, clock }, period)
  return asked.length
}

/**
 * Keeps every day of the period as it is now. If more is open than whoever closes has seen, nothing is closed and the
 * period says so. People whose days are in another closed period are left to that.
 */
async function freeze({ store, clock }: CloseDeps, period: PeriodRow): Promise<void> {
  const now = clock.now()
  const { id, from_day, to_day, seen } = period
  await store.write(async write => {
    await forgetClosing(write, id)
    await startChecking(write)
  })
  const others = (await periodsTouching(store.read, from_day, to_day)).filter(
    other => other.id !== id && other.state === 'closed',
  )
  const sums = { people: 0, days: 0, exceptions: 0 }
  let batch: { employeeCode: string; rows: Parameters<typeof insertClosedDays>[1] }[] = []
  const flush = async () => {
    const kept = await withoutMembers(store.read, others, batch)
    batch = []
    if (kept.length === 0) return
    await store.write(async write => {
      await insertMembers(
        write,
        id,
        kept.map(({ employeeCode }) => employeeCode),
      )
      await insertClosedDays(
        write,
        kept.flatMap(({ rows }) => rows),
      )
    })
    sums.people += kept.length
    sums.days += kept.reduce((days, { rows }) => days + rows.length, 0)
  }
  for await (const { employeeCode, days } of reviewPeriod(store.read, period, now)) {
    sums.exceptions += days.reduce((matters, day) => matters + mattersOf(day), 0)
    const rows = days.map(({ day }) => ({
      period_id: id,
      employee_code: employeeCode,
      day: day.date,
      origin: 'closing',
      at: now,
      result: freezeDay(day),
    }))
    batch.push({ employeeCode, rows })
    if (batch.length >= peoplePerWrite) await flush()
  }
  await flush()
  const isStopped = sums.exceptions > seen
  await store.write(async write => {
    if (isStopped) await forgetClosing(write, id)
    const done = isStopped ? { state: 'stopped' } : { state: 'closed', closed_at: now }
    await write
      .updateTable('period')
      .set({ ...sums, ...done })
      .where('id', '=', id)
      .where('state', '=', 'closing')
      .execute()
    await everyoneStale(write, period)
  })
}

async function withoutMembers<T extends { readonly employeeCode: string }>(
  read: CloseDeps['store']['read'],
  others: readonly PeriodRow[],
  people: readonly T[],
): Promise<readonly T[]> {
  if (others.length === 0) return people
  const members = await membersOfPeriods(
    read,
    others.map(({ id }) => id),
    people.map(({ employeeCode }) => employeeCode),
  )
  const taken = new Set(members.map(({ employee_code }) => employee_code))
  return people.filter(({ employeeCode }) => !taken.has(employeeCode))
}
