import { sql } from 'kysely'
import type { Reader, Write } from './index.ts'

/** A statement that nobody has compared with what is here yet. */
export interface OpenStatement {
  readonly sn: string
  readonly zone: string
  readonly at: number
  readonly logs: number
  readonly baseAt: number | null
  readonly baseLogs: number | null
  readonly held: number
  readonly skewMs: number | null
}

/** A terminal said how many records it holds. What it said before becomes the base, once that was looked at. */
export async function saveStatement(write: Write, sn: string, logs: number, at: number): Promise<void> {
  await write
    .insertInto('terminal_statement')
    .values({ sn, at, logs, judged: 0, base_at: null, base_logs: null, held: 0 })
    .onConflict(conflict =>
      conflict.column('sn').doUpdateSet(({ eb, ref }) => {
        // One that was never judged is not a base: what came after it is not known to be here.
        const older = (base: 'base_at' | 'base_logs', own: 'at' | 'logs') =>
          eb
            .case()
            .when('terminal_statement.judged', '=', 1)
            .then(ref(`terminal_statement.${own}`))
            .else(ref(`terminal_statement.${base}`))
            .end()
        return { at, logs, judged: 0, base_at: older('base_at', 'at'), base_logs: older('base_logs', 'logs') }
      }),
    )
    .execute()
}

/** Statements older than `before` (epoch ms): what was on its way when they were made has come by then. */
export async function openStatements(reader: Reader, before: number): Promise<OpenStatement[]> {
  const rows = await reader
    .selectFrom('terminal_statement')
    .innerJoin('device', 'device.sn', 'terminal_statement.sn')
    .innerJoin('device_contact', 'device_contact.sn', 'terminal_statement.sn')
    .select([
      'terminal_statement.sn',
      'device.zone',
      'terminal_statement.at',
      'logs',
      'base_at as baseAt',
      'base_logs as baseLogs',
      'held',
      'device_contact.clock_skew_ms as skewMs',
    ])
    .where('judged', '=', 0)
    .where('at', '<=', before)
    .where('device.state', '=', 'adopted')
    .orderBy('terminal_statement.sn')
    .limit(200)
    .execute()
  return rows
}

/** How many punches of a terminal are here between two of its own wall clocks, the first one excluded. */
export async function countBetween(reader: Reader, sn: string, after: string, to: string): Promise<number> {
  const { count } = await reader
    .selectFrom('punch')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('sn', '=', sn)
    .where('local_time', '>', after)
    .where('local_time', '<=', to)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Notes what comparing has shown, unless the terminal has made another statement meanwhile. */
export async function judgeStatement(
  write: Write,
  { sn, at }: Pick<OpenStatement, 'sn' | 'at'>,
  held: number,
): Promise<boolean> {
  const { numUpdatedRows } = await write
    .updateTable('terminal_statement')
    .set({ judged: 1, held })
    .where('sn', '=', sn)
    .where('at', '=', at)
    .where('judged', '=', 0)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export interface DeviceDayCount {
  readonly sn: string
  readonly day: string
  readonly punches: number
  /** Wall clock of the last one. */
  readonly last: string
}

/** How many punches of which terminal there are on which of some days in a row. */
export async function punchesByDeviceDay(
  reader: Reader,
  sns: readonly string[],
  days: readonly string[],
): Promise<DeviceDayCount[]> {
  const [first = '9999-12-31'] = days
  const last = days.at(-1) ?? first
  if (sns.length === 0) return []
  const rows = await reader
    .selectFrom('device_day')
    .select(['sn', 'local_day as day', 'punches'])
    .select(({ selectFrom }) =>
      selectFrom('punch')
        .select('punch.local_time')
        .whereRef('punch.sn', '=', 'device_day.sn')
        .where(({ eb, ref }) =>
          eb('punch.local_time', '<=', sql<string>`${ref('device_day.local_day')} || ' 23:59:59'`),
        )
        .orderBy('punch.local_time', 'desc')
        .limit(1)
        .as('last'),
    )
    .where('sn', 'in', [...sns])
    .where('local_day', '>=', first)
    .where('local_day', '<=', last)
    .execute()
  return rows.map(row => ({ ...row, last: row.last ?? '' }))
}
