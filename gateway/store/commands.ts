import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import { type Command, CommandState } from '#contract/entities/command.ts'
import { forUpdateSkipLocked } from '#platform/database/dialect.ts'
import { toIso } from './devices.ts'
import type { Reader, Store, Write } from './index.ts'
import type { CommandTable } from './schema.ts'

export type CommandRow = Selectable<CommandTable>
export type CommandEntity = z.output<typeof Command>

const claimMax = 20
const wireStates: Readonly<Record<string, z.output<typeof CommandState>>> = {
  queued: 'Queued',
  sent: 'Sent',
  done: 'Done',
  failed: 'Failed',
  expired: 'Expired',
  cancelled: 'Cancelled',
  unconfirmed: 'Unconfirmed',
}
const Payload = z.record(z.string(), z.unknown())

/** What was ordered, without secrets. */
export function readPayload(row: Pick<CommandRow, 'payload'>): Record<string, unknown> {
  return Payload.parse(JSON.parse(row.payload))
}

/** The contract's command from a row. */
export function commandEntity(row: CommandRow): CommandEntity {
  const door = readPayload(row).DoorNo
  return {
    CommandID: String(row.id),
    Operation: row.operation,
    DeviceSN: row.sn,
    State: CommandState.parse(wireStates[row.state]),
    ReturnCode: row.return_code,
    QueuedAt: new Date(row.created_at).toISOString(),
    ExpiresAt: new Date(row.expires_at).toISOString(),
    SentAt: toIso(row.sent_at),
    CompletedAt: toIso(row.completed_at),
    Error: row.error,
    Result: resultOf(row),
    DoorNo: typeof door === 'number' ? door : null,
    Actor: row.actor,
  }
}

const readBacks: Readonly<Record<string, string>> = {
  asked: 'Answered; being read back',
  same: 'Read back: the terminal holds it',
  different: 'Read back: the terminal holds something else',
  unread: 'Answered, but could not be read back',
}

/** What an attendance query brought, once it brought something or ended; what reading back has shown. */
function resultOf(row: CommandRow): string | null {
  if (row.read_back !== null) return readBacks[row.read_back] ?? null
  if (row.kind !== 'attendance.query') return null
  if (row.rows_new === null && row.state !== 'done') return null
  // A controller answers with the number of rows; they may still be on their way, or lost with us.
  if (row.rows_new === null && row.return_code !== null && row.return_code > 0)
    return `No punch of the range has come; the terminal announced ${row.return_code} ${row.return_code === 1 ? 'row' : 'rows'}`
  return `${row.rows_new ?? 0} new, ${row.rows_repeated ?? 0} known already`
}

/** One command, or undefined; a text that is no id finds nothing. */
export async function findCommand(reader: Reader, commandId: string): Promise<CommandRow | undefined> {
  if (!/^[1-9]\d{0,14}$/.test(commandId)) return undefined
  return reader.selectFrom('command').selectAll().where('id', '=', Number(commandId)).executeTakeFirst()
}

/** The command of an idempotency key, or undefined. */
export function findByKey(reader: Reader, key: string): Promise<CommandRow | undefined> {
  return reader.selectFrom('command').selectAll().where('idempotency_key', '=', key).executeTakeFirst()
}

/** Unanswered commands first, then the newest. */
export function recentCommands(reader: Reader, sn: string, limit: number): Promise<CommandRow[]> {
  return reader
    .selectFrom('command')
    .selectAll()
    .where('sn', '=', sn)
    .orderBy(sql`case when state in ('queued', 'sent') then 0 else 1 end`)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** True when a poll of this terminal has something to fetch; a short read, so that idle polls write nothing. */
export async function hasQueued(reader: Reader, sn: string): Promise<boolean> {
  return (
    (await reader
      .selectFrom('command')
      .select('id')
      .where('sn', '=', sn)
      .where('state', '=', 'queued')
      .limit(1)
      .executeTakeFirst()) !== undefined
  )
}

/** Claims what waits and lives, a door before five hundred people: one statement, so that two polls can never get the same command. */
export async function claimQueued(
  write: Write,
  dialect: Store['dialect'],
  sn: string,
  now: number,
): Promise<CommandRow[]> {
  const { rows } = await sql<CommandRow>`
    update command set state = 'sent', sent_at = ${now}, attempts = attempts + 1
    where id in (
      select id from command where sn = ${sn} and state = 'queued' and expires_at > ${now}
      order by urgency desc, case when kind like 'user.%' or kind like 'template.%' or kind like '%.enroll' or kind in ('photo.write', 'authorization.write') then 1 else 0 end, id limit ${sql.lit(claimMax)} ${forUpdateSkipLocked(dialect)})
    and state = 'queued' returning *`.execute(write)
  return rows.sort((a, b) => Number(b.urgency) - Number(a.urgency) || a.id - b.id)
}

/** Puts claimed commands back that did not leave after all. */
export async function takeBack(write: Write, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await write
    .updateTable('command')
    .set({ state: 'queued', sent_at: null, attempts: sql`attempts - 1` })
    .where('id', 'in', ids)
    .where('state', '=', 'sent')
    .execute()
}
