import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import type { ClockChange, ClockReading } from '#contract/entities/clock.ts'
import { rowsFromJson } from '#platform/database/dialect.ts'
import { toIso } from './devices.ts'
import type { Reader, Store, Write } from './index.ts'
import type { ClockReadingTable } from './schema.ts'

export type ClockReadingRow = Selectable<ClockReadingTable>
export type ClockReadingEntity = z.output<typeof ClockReading>
export type ClockChangeEntity = z.output<typeof ClockChange>

/** A reading is kept when the one before is older than this, or differs by more. */
export const readingEveryMs = 10 * 60_000
export const readingStepMs = 5_000
/** How long readings are kept. */
export const readingsKeptMs = 90 * 24 * 3_600_000

/**
 * Keeps readings that say something new: other processes write here too, so the store decides. The newest of a
 * terminal in the batch counts.
 */
export async function saveReadings(
  write: Write,
  dialect: Store['dialect'],
  readings: readonly ClockReadingRow[],
): Promise<void> {
  if (readings.length === 0) return
  const columns = { sn: 'text', at: 'integer', skew_ms: 'integer', source: 'text' } as const
  await sql`
    insert into clock_reading (sn, at, skew_ms, source)
    select given.sn, given.at, given.skew_ms, given.source from ${rowsFromJson(dialect, columns, readings)} as given
    where exists (select 1 from device where device.sn = given.sn) and not exists (
      select 1 from clock_reading as known where known.sn = given.sn
      and known.at = (select max(newest.at) from clock_reading as newest where newest.sn = given.sn)
      and known.at > given.at - ${sql.lit(readingEveryMs)} and abs(known.skew_ms - given.skew_ms) <= ${sql.lit(readingStepMs)})
    on conflict (sn, at) do nothing`.execute(write)
}

/** The newest reading of every terminal. */
export async function latestReadings(reader: Reader): Promise<ClockReadingRow[]> {
  return reader
    .selectFrom('clock_reading')
    .selectAll()
    .where(({ eb, selectFrom }) =>
      eb(
        'at',
        '=',
        selectFrom('clock_reading as other')
          .select(({ fn }) => fn.max('other.at').as('at'))
          .whereRef('other.sn', '=', 'clock_reading.sn'),
      ),
    )
    .execute()
}

/** Forgets readings and what moved clocks older than `before`; answers how many readings. */
export async function pruneReadings(write: Write, before: number): Promise<number> {
  await write.deleteFrom('clock_change').where('at', '<', before).execute()
  const { numDeletedRows } = await write
    .deleteFrom('clock_reading')
    .where('at', '<', before)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

const seconds = (ms: number) => `${Math.abs(Math.round(ms / 1000))} s ${ms < 0 ? 'behind' : 'ahead'}`

/** Writes down that a clock went another way between two readings, whoever moved it. */
export async function recordJump(
  write: Write,
  {
    sn,
    at,
    from,
    to,
  }: { readonly sn: string; readonly at: number; readonly from: number; readonly to: number },
): Promise<void> {
  const known = await write.selectFrom('device').select('sn').where('sn', '=', sn).executeTakeFirst()
  if (known === undefined) return
  const detail = `Seen: from ${seconds(from)} to ${seconds(to)}`
  await write
    .insertInto('clock_change')
    .values({ sn, at, kind: 'Jump', detail, actor: null, command_id: null, skew_ms: Math.round(from) })
    .execute()
}

/** Writes down that something of ours moves the clock of a terminal, with what its clock was before. */
export async function recordClockChange(
  write: Write,
  change: {
    readonly sn: string
    readonly at: number
    readonly kind: Exclude<ClockChangeEntity['Kind'], 'Jump'>
    readonly detail: string
    readonly actor: string | null
    readonly commandId?: number
  },
): Promise<void> {
  const contact = await write
    .selectFrom('device_contact')
    .select('clock_skew_ms')
    .where('sn', '=', change.sn)
    .executeTakeFirst()
  const { commandId, ...rest } = change
  await write
    .insertInto('clock_change')
    .values({ ...rest, command_id: commandId ?? null, skew_ms: contact?.clock_skew_ms ?? null })
    .execute()
}

export interface ClockRange {
  readonly sn: string
  /** Epoch milliseconds, inclusive. */
  readonly from: number
  readonly to: number
}

/** Ninety days of a clock that is read every ten minutes are 13,000. */
const readingsReadMax = 30_000

/** Readings of a range, oldest first; of more than `limit` what `thinReadings` leaves. */
export async function findReadings(
  reader: Reader,
  { sn, from, to }: ClockRange,
  limit: number,
): Promise<ClockReadingEntity[]> {
  const rows = await reader
    .selectFrom('clock_reading')
    .selectAll()
    .where('sn', '=', sn)
    .where('at', '>=', from)
    .where('at', '<=', to)
    .orderBy('at', 'desc')
    .limit(readingsReadMax)
    .execute()
  return thinReadings(rows.reverse(), limit).map(({ at, skew_ms, source }) => ({
    At: new Date(at).toISOString(),
    ClockSkewSeconds: skew_ms / 1000,
    Source: source as ClockReadingEntity['Source'], // only device/clocks.ts writes it, from the same union
  }))
}

/**
 * Of too many readings, oldest first, the lowest and the highest of equal slices of time, and the newest: a drawing of
 * ninety days then has all of them and loses no peak.
 */
export function thinReadings<R extends Pick<ClockReadingRow, 'at' | 'skew_ms'>>(
  readings: readonly R[],
  limit: number,
): R[] {
  const [first, last] = [readings[0], readings.at(-1)]
  if (readings.length <= limit || first === undefined || last === undefined) return [...readings]
  const sliceMs = (last.at - first.at + 1) / Math.max(1, Math.floor((limit - 1) / 2))
  const lows = new Map<number, R>()
  const highs = new Map<number, R>()
  for (const reading of readings) {
    const slice = Math.floor((reading.at - first.at) / sliceMs)
    if (reading.skew_ms < (lows.get(slice)?.skew_ms ?? Number.POSITIVE_INFINITY)) lows.set(slice, reading)
    if (reading.skew_ms > (highs.get(slice)?.skew_ms ?? Number.NEGATIVE_INFINITY)) highs.set(slice, reading)
  }
  const kept = new Set([...lows.values(), ...highs.values(), last])
  return readings.filter(reading => kept.has(reading))
}

/** What moved the clock in a range, oldest first, with how far the command has come where it was one. */
export async function findClockChanges(
  reader: Reader,
  { sn, from, to }: ClockRange,
  limit: number,
): Promise<ClockChangeEntity[]> {
  const rows = await reader
    .selectFrom('clock_change')
    .leftJoin('command', 'command.id', 'clock_change.command_id')
    .selectAll('clock_change')
    .select(['command.completed_at', 'command.state'])
    .where('clock_change.sn', '=', sn)
    .where('clock_change.at', '>=', from)
    .where('clock_change.at', '<=', to)
    .orderBy('clock_change.id', 'desc')
    .limit(limit)
    .execute()
  return rows.reverse().map(row => ({
    At: new Date(row.at).toISOString(),
    Kind: row.kind as ClockChangeEntity['Kind'], // only recordClockChange writes it
    Detail: row.detail,
    Actor: row.actor,
    CommandID: row.command_id === null ? null : String(row.command_id),
    Done: row.command_id === null ? true : row.state === 'done',
    CompletedAt: toIso(row.completed_at),
    ClockSkewSeconds: row.skew_ms === null ? null : row.skew_ms / 1000,
  }))
}
