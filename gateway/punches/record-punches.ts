import type { Kysely, Selectable } from 'kysely'
import type { EventBody } from '#contract/events.ts'
import { compileOnce } from '#platform/database/compile-once.ts'
import { insertNew, type JsonColumnType, readBeside } from '#platform/database/dialect.ts'
import { bookingStatements } from '../store/book-punches.ts'
import type { DeviceRow } from '../store/devices.ts'
import type { Store, Write } from '../store/index.ts'
import { punchEntity } from '../store/punches.ts'
import type { GatewayTables, PersonTable } from '../store/schema.ts'
import type { ReadPunch } from './interpret.ts'

const columns = {
  sn: 'text',
  employee_code: 'text',
  local_time: 'text',
  local_day: 'text',
  local_minute: 'integer',
  zone: 'text',
  offset_minutes: 'integer',
  instant: 'integer',
  status: 'integer',
  verify: 'integer',
  direction: 'text',
  modality: 'text',
  side: 'text',
  work_code: 'text',
  temperature: 'real',
  mask: 'integer',
  flags: 'text',
  clock_skew_ms: 'integer',
  received_at: 'integer',
  raw: 'text',
  identity: 'text',
} as const satisfies Record<keyof ReadPunch, JsonColumnType>

/** Columns of a punch as they are kept, in one order. */
export const punchColumns = Object.keys(columns) as readonly (keyof ReadPunch)[]

/** Part of an upload that is kept: punches of one terminal. */
export interface PunchBatch {
  readonly device: DeviceRow
  readonly punches: readonly ReadPunch[]
}

export interface Recorded {
  /** Those that were not there before, in the order they came; the rest were repeats. */
  readonly fresh: readonly ReadPunch[]
  /** The same as events, by local time. */
  readonly events: EventBody<'OnAttendance'>[]
}

/**
 * Keeps the punches that are new, in the caller's transaction, and says which they were. Repeats are found by the
 * store's unique key, so counting twice is impossible rather than unlikely (house 3.5 step 3).
 */
export async function recordPunches(
  write: Write,
  device: DeviceRow,
  punches: readonly ReadPunch[],
): Promise<Recorded> {
  const [recorded] = await recordBatches(write, [{ device, punches }])
  return recorded ?? { fresh: [], events: [] }
}

const into = { table: 'punch', columns, key: ['sn', 'identity'], follow: bookingStatements } as const

/** The same for several terminals at once. Without `heard` there are no events, because nobody listens. */
export async function recordBatches(
  write: Write,
  batches: readonly PunchBatch[],
  heard = true,
): Promise<Recorded[]> {
  const all = batches.flatMap(({ punches }) => punches)
  const ids = await insertNew(write, into, all)
  const people = heard && ids.some(id => id !== null) ? await namesOf(write, all) : new Map<string, string>()
  let at = 0
  return batches.map(({ device, punches }) => {
    const kept = punches.flatMap(punch => {
      const id = ids[at++] ?? null
      return id === null ? [] : [{ ...punch, id }]
    })
    const events = heard ? kept.map(punch => attendanceEvent(device, punch, people)) : []
    return { fresh: kept, events: events.sort((a, b) => (a.AttendanceLog < b.AttendanceLog ? -1 : 1)) }
  })
}

/**
 * The same while nobody listens, without a transaction around it; null where that cannot be. `may` is asked when
 * everything before it is committed.
 */
export async function appendBatches(
  { append }: Pick<Store, 'append'>,
  batches: readonly PunchBatch[],
  may: () => boolean,
): Promise<Recorded[] | null> {
  if (!append || batches.length === 0 || !may()) return null
  const all = batches.flatMap(({ punches }) => punches)
  const ids = await append(into, all, may)
  if (ids === null) return null
  let at = 0
  return batches.map(({ punches }) => ({ fresh: punches.filter(() => ids[at++] !== null), events: [] }))
}

/** Names by employee code, of those that are known. A few have one query each, prepared once and soonest read. */
async function namesOf(write: Write, punches: readonly ReadPunch[]): Promise<Map<string, string>> {
  const reader = readBeside(write)
  const codes = [...new Set(punches.map(punch => punch.employee_code))]
  const rows: PersonName[] = []
  if (codes.length <= codesOneByOne) {
    for (const code of codes) rows.push(...(await personByCode(reader, [code])).rows)
  } else {
    for (let from = 0; from < codes.length; from += codesPerQuery)
      rows.push(
        ...(await reader
          .selectFrom('person')
          .select(['employee_code', 'first_name', 'last_name'])
          .where('employee_code', 'in', codes.slice(from, from + codesPerQuery))
          .execute()),
      )
  }
  return new Map(rows.map(row => [row.employee_code, `${row.first_name} ${row.last_name}`.trim()]))
}

type PersonName = Pick<Selectable<PersonTable>, 'employee_code' | 'first_name' | 'last_name'>

const codesOneByOne = 8
const codesPerQuery = 500

const personByCode = compileOnce((db: Kysely<GatewayTables>) =>
  db
    .selectFrom('person')
    .select(['employee_code', 'first_name', 'last_name'])
    .where('employee_code', '=', ''),
)

function attendanceEvent(
  device: DeviceRow,
  punch: ReadPunch & { readonly id: number },
  people: ReadonlyMap<string, string>,
): EventBody<'OnAttendance'> {
  const name = people.get(punch.employee_code) ?? null
  const body = punchEntity(punch, { label: device.label, site: device.site, name })
  return { ...body, Event: 'OnAttendance', OccurredAt: new Date(punch.received_at).toISOString() }
}
