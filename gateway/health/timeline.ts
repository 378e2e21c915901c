import { Facts } from '#contract/entities/alert-facts.ts'
import type { OperationAnswer } from '#contract/types.ts'
import { operationName } from '../device/protocol/codes.ts'
import { errorMeaning } from '../device/protocol/error-codes.ts'
import { readPayload } from '../store/commands.ts'
import type { DeviceOverview } from '../store/devices.ts'
import type { Reader } from '../store/index.ts'

type Entry = OperationAnswer<'devices.timeline'>['Entries'][number]
type Timed = Omit<Entry, 'At'> & { readonly at: number }

/** What happened to a terminal before a moment (null: now), newest first, from all that is kept of it. */
export async function readTimeline(
  reader: Reader,
  device: DeviceOverview,
  before: number | null,
  limit: number,
): Promise<{ readonly entries: Entry[]; readonly hasMore: boolean }> {
  const until = before ?? Number.MAX_SAFE_INTEGER
  const sources = await Promise.all(
    [absences, incidents, commands, clockChanges, log].map(read => read(reader, device.sn, until, limit + 1)),
  )
  const once: Timed[] =
    device.adopted_at !== null && device.adopted_at < until
      ? [{ ...plain, at: device.adopted_at, Kind: 'Adopted', What: device.label }]
      : []
  const all = [...sources.flat(), ...once].sort((a, b) => b.at - a.at)
  return {
    entries: all.slice(0, limit).map(({ at, ...entry }) => ({ At: new Date(at).toISOString(), ...entry })),
    hasMore: all.length > limit,
  }
}

const plain = { Detail: null, Facts: {}, State: null, Actor: null } as const

async function absences(reader: Reader, sn: string, before: number, limit: number): Promise<Timed[]> {
  const rows = await reader
    .selectFrom('outage')
    .selectAll()
    .where('sn', '=', sn)
    .where('started_at', '<', before)
    .orderBy('started_at', 'desc')
    .limit(limit)
    .execute()
  return rows.flatMap((row): Timed[] => [
    { ...plain, at: row.started_at, Kind: 'Away', What: row.cause },
    ...(row.ended_at !== null && row.ended_at < before
      ? [
          {
            ...plain,
            at: row.ended_at,
            Kind: 'Back' as const,
            What: row.cause,
            Detail: String(Math.round((row.ended_at - row.started_at) / 1000)),
          },
        ]
      : []),
  ])
}

async function incidents(reader: Reader, sn: string, before: number, limit: number): Promise<Timed[]> {
  const rows = await reader
    .selectFrom('incident')
    .selectAll()
    .where('sn', '=', sn)
    .where('kind', '!=', 'Offline')
    .where('started_at', '<', before)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(row => ({
    at: row.started_at,
    Kind: 'Incident',
    What: row.kind,
    Detail: row.detail,
    Facts: Facts.parse(JSON.parse(row.facts ?? '{}')),
    State: row.ended_at === null ? 'Open' : 'Ended',
    Actor: row.acknowledged_by,
  }))
}

const states: Readonly<Record<string, string>> = {
  queued: 'Queued',
  sent: 'Sent',
  done: 'Done',
  failed: 'Failed',
  expired: 'Expired',
  cancelled: 'Cancelled',
  unconfirmed: 'Unconfirmed',
}

async function commands(reader: Reader, sn: string, before: number, limit: number): Promise<Timed[]> {
  const rows = await reader
    .selectFrom('command')
    .selectAll()
    .where('sn', '=', sn)
    .where('created_at', '<', before)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(row => {
    const { from, to } = readPayload(row)
    const range = typeof from === 'string' && typeof to === 'string' ? `${from} – ${to}` : null
    return {
      ...plain,
      at: row.created_at,
      Kind: 'Command',
      What: row.operation,
      Detail: row.error ?? range,
      State: states[row.state] ?? row.state,
      Actor: row.actor,
    }
  })
}

async function clockChanges(reader: Reader, sn: string, before: number, limit: number): Promise<Timed[]> {
  const rows = await reader
    .selectFrom('clock_change')
    .selectAll()
    .where('sn', '=', sn)
    .where('at', '<', before)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(row => ({
    ...plain,
    at: row.at,
    Kind: 'ClockChange',
    What: row.kind,
    Detail: row.detail,
    Actor: row.actor,
  }))
}

async function log(reader: Reader, sn: string, before: number, limit: number): Promise<Timed[]> {
  const rows = await reader
    .selectFrom('terminal_log')
    .selectAll()
    .where('sn', '=', sn)
    .where('received_at', '<', before)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(row => ({
    ...plain,
    at: row.received_at,
    Kind: 'Log',
    What:
      row.kind === 'error'
        ? (errorMeaning(row.code) ?? `error ${row.code}`)
        : operationName(Number(row.code)),
    Detail: [row.local_time, row.about].filter(Boolean).join(' · ') || null,
    State: row.kind === 'error' ? 'Error' : null,
    Actor: row.operator === '0' ? null : row.operator,
  }))
}
