import type { GatewayDeps } from '../../deps.ts'
import { type FoundDifference, openDifference, voidDifferences } from '../../store/differences.ts'
import type { Reader, Write } from '../../store/index.ts'
import { type PeriodRow, periodsTouching } from '../../store/periods.ts'
import { shiftDay } from '../../time/zone.ts'
import { contextDays } from '../evaluate.ts'
import { readPeople } from '../read-people.ts'
import type { DayResult } from '../rules/results.ts'
import { readCursor, saveCursor } from './check-cursor.ts'
import { freezeDay } from './frozen-day.ts'

type DifferenceDeps = Pick<GatewayDeps, 'store' | 'clock'>

const punchesMax = 5_000
const checksMax = 100

interface Check {
  readonly code: string
  readonly fromDay: string
  readonly toDay: string
}

/**
 * Compares closed days with what they would be now, where something has happened to them since the last time: punches by
 * their numbers, everything else as it said so (stale-days.ts). Off the way of a punch. Answers how many people.
 */
export async function sweepDifferences({ store, clock }: DifferenceDeps): Promise<number> {
  const cursor = await readCursor(store.read)
  if (cursor === null) return 0
  const periods = (await periodsTouching(store.read, '0000-01-01', '9999-12-31')).filter(
    ({ state }) => state === 'closed',
  )
  await spreadChecks(store)
  const punches = await latePunches(store.read, cursor, periods)
  const queued = await store.read
    .selectFrom('closed_check')
    .selectAll()
    .orderBy('id')
    .limit(checksMax)
    .execute()
  const checks = merge([
    ...punches.checks,
    ...queued.map(row => ({ code: row.employee_code, fromDay: row.from_day, toDay: row.to_day })),
  ])
  const now = clock.now()
  for (const check of checks) {
    const found = await compare(store.read, check, periods, now)
    await store.write(write => note(write, check, found, now))
  }
  if (punches.cursor !== cursor || queued.length > 0)
    await store.write(async write => {
      await saveCursor(write, punches.cursor)
      const done = queued.map(({ id }) => id)
      if (done.length > 0) await write.deleteFrom('closed_check').where('id', 'in', done).execute()
    })
  return checks.length
}

/** A check of everybody becomes one of each who is in a period. */
async function spreadChecks(store: DifferenceDeps['store']): Promise<void> {
  const all = await store.read
    .selectFrom('closed_check')
    .selectAll()
    .where('employee_code', '=', '')
    .execute()
  if (all.length === 0) return
  const fromDay = all.map(({ from_day }) => from_day).sort()[0] ?? ''
  const toDay =
    all
      .map(({ to_day }) => to_day)
      .sort()
      .at(-1) ?? ''
  await store.write(async write => {
    await write
      .insertInto('closed_check')
      .columns(['employee_code', 'from_day', 'to_day'])
      .expression(query =>
        query
          .selectFrom('period_person')
          .innerJoin('period', 'period.id', 'period_person.period_id')
          .where('period.state', '=', 'closed')
          .where('period.to_day', '>=', fromDay)
          .where('period.from_day', '<=', toDay)
          .select(({ val }) => ['period_person.employee_code', val(fromDay).as('f'), val(toDay).as('t')])
          .distinct(),
      )
      .execute()
    await write
      .deleteFrom('closed_check')
      .where(
        'id',
        'in',
        all.map(({ id }) => id),
      )
      .execute()
  })
}

/** Punches kept since the last look that may belong to a closed day. */
async function latePunches(
  read: Reader,
  cursor: number,
  periods: readonly PeriodRow[],
): Promise<{ cursor: number; checks: Check[] }> {
  const last = periods
    .map(({ to_day }) => to_day)
    .sort()
    .at(-1)
  const rows = await read
    .selectFrom('punch')
    .select(['id', 'employee_code', 'local_day'])
    .where('id', '>', cursor)
    .orderBy('id')
    .limit(punchesMax)
    .execute()
  const reach = last === undefined ? '' : shiftDay(last, contextDays)
  return {
    cursor: rows.at(-1)?.id ?? cursor,
    checks: rows
      .filter(({ local_day }) => local_day <= reach)
      .map(({ employee_code, local_day }) => ({
        code: employee_code,
        fromDay: shiftDay(local_day, -contextDays),
        toDay: shiftDay(local_day, contextDays),
      })),
  }
}

function merge(checks: readonly Check[]): Check[] {
  const merged = new Map<string, Check>()
  for (const check of checks) {
    const known = merged.get(check.code)
    merged.set(check.code, {
      code: check.code,
      fromDay: known && known.fromDay < check.fromDay ? known.fromDay : check.fromDay,
      toDay: known && known.toDay > check.toDay ? known.toDay : check.toDay,
    })
  }
  return [...merged.values()]
}

interface ComparedDay {
  readonly periodId: number
  readonly day: DayResult
}

/** The closed days of one person in a range, as they come out now. */
async function compare(
  read: Reader,
  { code, fromDay, toDay }: Check,
  periods: readonly PeriodRow[],
  nowMs: number,
): Promise<ComparedDay[]> {
  const touched = periods.filter(({ from_day, to_day }) => from_day <= toDay && to_day >= fromDay)
  const from = touched.map(({ from_day }) => from_day).sort()[0]
  const to = touched
    .map(({ to_day }) => to_day)
    .sort()
    .at(-1)
  if (from === undefined || to === undefined) return []
  const range = { fromDate: from > fromDay ? from : fromDay, toDate: to < toDay ? to : toDay }
  const people = readPeople(read, {
    range,
    devices: null,
    employeeCode: code,
    fromCode: '',
    nowMs,
    planned: true,
  })
  const compared: ComparedDay[] = []
  for await (const { days } of people)
    for (const day of days) {
      if (day.certainty.state !== 'closed') continue
      const period = touched.findLast(
        ({ from_day, to_day, closed_at }) =>
          from_day <= day.date && day.date <= to_day && closed_at === day.certainty.closedAtMs,
      )
      if (period) compared.push({ periodId: period.id, day })
    }
  return compared
}

async function note(
  write: Write,
  { code }: Check,
  compared: readonly ComparedDay[],
  now: number,
): Promise<void> {
  for (const [periodId, own] of Map.groupBy(compared, day => day.periodId)) {
    const equal = own.filter(({ day }) => day.difference === null).map(({ day }) => day.date)
    await voidDifferences(write, { periodId, employeeCode: code, days: equal }, now)
    for (const { day } of own) {
      const found = day.difference && differenceRow(periodId, day)
      if (found) await openDifference(write, found, now)
    }
  }
}

function differenceRow(period_id: number, day: DayResult): FoundDifference | null {
  const { difference } = day
  if (difference === null) return null
  return {
    period_id,
    employee_code: day.employeeCode,
    day: day.date,
    worked_delta: difference.workedDeltaMinutes,
    overtime_delta: difference.overtimeDeltaMinutes,
    changes: JSON.stringify(difference.changes),
    causes: JSON.stringify(difference.causes),
    recalculated: freezeDay({ ...difference.recalculated, difference: null }),
  }
}
