import { sql } from 'kysely'
import type { EventBody } from '#contract/events.ts'
import { type JsonColumnType, rowsFromJson } from '#platform/database/dialect.ts'
import type { DeviceRow } from '../store/devices.ts'
import type { Store, Write } from '../store/index.ts'
import { punchEntity } from '../store/punches.ts'
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

const names = Object.keys(columns) as (keyof ReadPunch)[]

export interface Recorded {
  /** Those that were not there before, as events; the rest were repeats. */
  readonly events: EventBody<'OnAttendance'>[]
}

/**
 * Keeps the punches that are new, in the caller's transaction, and says which they were. Repeats are found by the
 * store's unique key, so counting twice is impossible rather than unlikely (house 3.5 step 3).
 */
export async function recordPunches(
  write: Write,
  dialect: Store['dialect'],
  device: DeviceRow,
  punches: readonly ReadPunch[],
): Promise<Recorded> {
  if (punches.length === 0) return { events: [] }
  const refs = sql.join(names.map(name => sql.ref(name)))
  const { rows } = await sql<{ id: number; identity: string }>`
    insert into punch (${refs}) select ${refs} from ${rowsFromJson(dialect, columns, punches)} as given where true
    on conflict (sn, identity) do nothing returning id, identity`.execute(write)
  if (rows.length === 0) return { events: [] }
  const byIdentity = new Map(punches.map(punch => [punch.identity, punch]))
  const people = await namesOf(write, new Set(punches.map(punch => punch.employee_code)))
  const events = rows.flatMap(({ id, identity }) => {
    const punch = byIdentity.get(identity)
    if (!punch) return []
    const body = punchEntity(
      { ...punch, id },
      { label: device.label, site: device.site, name: people.get(punch.employee_code) ?? null },
    )
    return [
      { ...body, Event: 'OnAttendance' as const, OccurredAt: new Date(punch.received_at).toISOString() },
    ]
  })
  return { events: events.sort((a, b) => (a.AttendanceLog < b.AttendanceLog ? -1 : 1)) }
}

async function namesOf(write: Write, codes: ReadonlySet<string>): Promise<Map<string, string>> {
  if (codes.size > 500) return new Map()
  const rows = await write
    .selectFrom('person')
    .select(['employee_code', 'first_name', 'last_name'])
    .where('employee_code', 'in', [...codes])
    .execute()
  return new Map(rows.map(row => [row.employee_code, `${row.first_name} ${row.last_name}`.trim()]))
}
