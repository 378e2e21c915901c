import { type Kysely, type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import type { Device } from '#contract/entities/device.ts'
import { compileOnce } from '#platform/database/compile-once.ts'
import type { Reader, Write } from './index.ts'
import type { DeviceContactTable, DeviceTable, GatewayTables } from './schema.ts'

export type DeviceEntity = z.output<typeof Device>
export type DeviceRow = Selectable<DeviceTable>
export type ContactRow = Selectable<DeviceContactTable>

/** Everything a list of terminals shows, in one row. */
export type DeviceOverview = DeviceRow &
  Omit<ContactRow, 'sn' | 'told_offset_minutes'> & {
    queued: number
    held: number
    rejects: number
    incidents: number
    restarting: number
  }

/** Templates and pictures kept for later are no rejects. */
const keptPattern = 'kept:%'

/** Terminals with contact, queue and quarantine counts, in order of site and label. `sns` null means all. */
export async function findDevices(reader: Reader, sns: readonly string[] | null): Promise<DeviceOverview[]> {
  const [rows, counts] = await Promise.all([overviewRows(reader, sns), countsByDevice(reader, sns)])
  return rows.map(row => ({ ...row, ...counts(row.sn) }))
}

type Counts = Pick<DeviceOverview, 'queued' | 'held' | 'rejects' | 'incidents' | 'restarting'>

const noCounts: Counts = { queued: 0, held: 0, rejects: 0, incidents: 0, restarting: 0 }

/** Terminals with their contact, in order of site and label. */
export function overviewRows(
  reader: Reader,
  sns: readonly string[] | null,
): Promise<Omit<DeviceOverview, keyof Counts>[]> {
  return reader
    .selectFrom('device')
    .innerJoin('device_contact', 'device_contact.sn', 'device.sn')
    .selectAll('device')
    .select(['last_seen_at', 'address', 'online', 'since', 'clock_skew_ms', 'poll_interval_ms', 'away_cause'])
    .$if(sns !== null, query => query.where('device.sn', 'in', sns && sns.length > 0 ? [...sns] : ['']))
    .orderBy('device.site')
    .orderBy('device.label')
    .execute()
}

/**
 * What waits and what is wrong, by terminal. Grouped, not asked terminal by terminal: of 2,000 hardly one has any, and
 * thousands of little questions cost more than the list.
 */
export async function countsByDevice(
  reader: Reader,
  sns: readonly string[] | null,
): Promise<(sn: string) => Counts> {
  const only = (column: string) => {
    if (sns === null) return sql`true`
    return sql`${sql.ref(column)} in (${sql.join(sns.length > 0 ? [...sns] : [''])})`
  }
  const { rows } = await sql<{ sn: string; what: keyof Counts; n: number }>`
    select sn, 'queued' as what, count(*) as n from command where state in ('queued', 'sent') and ${only('sn')} group by sn
    union all select sn, 'restarting', count(*) from command
      where state = 'sent' and kind = 'device.restart' and ${only('sn')} group by sn
    union all select sn, 'held', count(*) from held_upload where ${only('sn')} group by sn
    union all select sn, 'rejects', count(*) from quarantine
      where reason not like ${keptPattern} and ${only('sn')} group by sn
    union all select sn, 'incidents', count(*) from incident
      where ended_at is null and kind <> 'Offline' and ${only('sn')} group by sn
    union all select sn, 'incidents', count(*) from outage
      where ended_at is null and incident_id is not null and ${only('sn')} group by sn`.execute(reader)
  const counts = new Map<string, Counts>()
  for (const { sn, what, n } of rows) {
    const known = counts.get(sn) ?? noCounts
    counts.set(sn, { ...known, [what]: known[what] + Number(n) })
  }
  return sn => counts.get(sn) ?? noCounts
}

/** One terminal's own row, or undefined. */
export async function findDevice(reader: Reader, sn: string): Promise<DeviceRow | undefined> {
  return (await deviceBySn(reader, [sn])).rows[0]
}

const deviceBySn = compileOnce((db: Kysely<GatewayTables>) =>
  db.selectFrom('device').selectAll().where('sn', '=', ''),
)

/** Creates a terminal unless it is known; true when it is new. */
export async function insertDevice(write: Write, device: DeviceRow): Promise<boolean> {
  const inserted = await write
    .insertInto('device')
    .values(device)
    .onConflict(conflict => conflict.doNothing())
    .returning('sn')
    .executeTakeFirst()
  if (inserted) {
    await write
      .insertInto('device_contact')
      .values({
        sn: device.sn,
        last_seen_at: null,
        address: null,
        online: 0,
        since: device.first_seen_at,
        clock_skew_ms: null,
        poll_interval_ms: null,
        told_offset_minutes: null,
        away_cause: null,
      })
      .onConflict(conflict => conflict.doNothing())
      .execute()
  }
  return inserted !== undefined
}

/** A terminal as it is first met: nothing is known but its serial. */
export function newDevice(
  sn: string,
  about: { state: 'adopted' | 'waiting'; zone: string; site: string; now: number },
): DeviceRow {
  return {
    sn,
    state: about.state,
    label: sn,
    site: about.site,
    zone: about.zone,
    simulated: 0,
    has_door: 0,
    model: null,
    firmware: null,
    flavour: null,
    options: '{}',
    info: '{}',
    profile: '{}',
    query_id: null,
    first_seen_at: about.now,
    adopted_at: about.state === 'adopted' ? about.now : null,
  }
}

/** The contract's device from a row. */
export function deviceEntity(row: DeviceOverview): DeviceEntity {
  const online = row.online === 1
  return {
    DeviceSN: row.sn,
    Model: row.model,
    LabelName: row.label,
    Site: row.site,
    TimeZone: row.zone,
    Adoption: row.state === 'adopted' ? 'Adopted' : 'Waiting',
    Simulated: row.simulated === 1,
    Online: online,
    OnlineReason: onlineReason(row),
    LastSeen: toIso(row.last_seen_at),
    OfflineSince: online || row.last_seen_at === null ? null : toIso(row.since),
    Address: row.address,
    FirmwareVersion: row.firmware,
    QueueDepth: row.queued,
    ClockSkewSeconds: row.clock_skew_ms === null ? null : row.clock_skew_ms / 1000,
    HasDoor: row.has_door === 1,
    HeldUploads: row.held,
    Rejects: row.rejects,
    Incidents: row.incidents,
  }
}

/** Epoch milliseconds to ISO 8601. */
export function toIso(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString()
}

/** A clock that is further off makes wrong times of good punches. */
export const clockOffMs = 60_000

function onlineReason(row: DeviceOverview): DeviceEntity['OnlineReason'] {
  if (row.last_seen_at === null) return 'never_seen'
  if (row.restarting > 0) return 'restarting'
  if (row.online === 0)
    return row.away_cause === 'WrongKey' ? 'wrong_key' : row.away_cause === 'Refused' ? 'refused' : 'silent'
  if (row.state === 'waiting') return 'waiting'
  return row.clock_skew_ms !== null && Math.abs(row.clock_skew_ms) > clockOffMs ? 'clock' : 'contact'
}
