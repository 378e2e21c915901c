import { type Insertable, type Selectable, sql } from 'kysely'
import type { Reader, Write } from './index.ts'
import type { EmergencyDoorTable, EmergencyTable, MusterTickTable } from './schema-doors.ts'

export type EmergencyRow = Selectable<EmergencyTable>
export type TickRow = Selectable<MusterTickTable>

/** A door of an emergency with what its command and its terminal say. */
export interface EmergencyDoorRow extends Selectable<EmergencyDoorTable> {
  readonly state: string | null
  readonly sent_at: number | null
  readonly created_at: number | null
  readonly completed_at: number | null
  readonly error: string | null
  readonly label: string
  readonly site: string
  readonly online: number | null
  readonly last_seen_at: number | null
  readonly name: string | null
}

/** Those under way first, then the newest. */
export function findEmergencies(reader: Reader, onlyActive: boolean, limit = 50): Promise<EmergencyRow[]> {
  return reader
    .selectFrom('emergency')
    .selectAll()
    .$if(onlyActive, query => query.where('ended_at', 'is', null))
    .orderBy(sql`case when ended_at is null then 0 else 1 end`)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** One, or undefined; a text that is no id finds nothing. */
export async function findEmergency(reader: Reader, id: string): Promise<EmergencyRow | undefined> {
  if (!/^[1-9]\d{0,14}$/.test(id)) return undefined
  return reader.selectFrom('emergency').selectAll().where('id', '=', Number(id)).executeTakeFirst()
}

/** The one an idempotency key began, or undefined. */
export function emergencyOfKey(reader: Reader, key: string): Promise<EmergencyRow | undefined> {
  return reader.selectFrom('emergency').selectAll().where('idempotency_key', '=', key).executeTakeFirst()
}

/** Keeps a new one. */
export function insertEmergency(
  write: Write,
  row: Omit<Insertable<EmergencyTable>, 'id'>,
): Promise<EmergencyRow> {
  return write.insertInto('emergency').values(row).returningAll().executeTakeFirstOrThrow()
}

/** Doors of these emergencies with the state of their orders. */
export async function emergencyDoors(reader: Reader, ids: readonly number[]): Promise<EmergencyDoorRow[]> {
  if (ids.length === 0) return []
  return reader
    .selectFrom('emergency_door')
    .innerJoin('device', 'device.sn', 'emergency_door.sn')
    .leftJoin('device_contact', 'device_contact.sn', 'emergency_door.sn')
    .leftJoin('command', 'command.id', 'emergency_door.command_id')
    .leftJoin('door_setting', join =>
      join
        .onRef('door_setting.sn', '=', 'emergency_door.sn')
        .onRef('door_setting.door_no', '=', 'emergency_door.door_no'),
    )
    .selectAll('emergency_door')
    .select([
      'command.state',
      'command.sent_at',
      'command.created_at',
      'command.completed_at',
      'command.error',
      'device.label',
      'device.site',
      'device_contact.online',
      'device_contact.last_seen_at',
      'door_setting.name',
    ])
    .where('emergency_id', 'in', [...ids])
    .execute()
}

/**
 * Whether a door is to be locked in an emergency that is on, and its terminal has not said that it is: it was away, or
 * knows no such order. Once it has said so, its hold tells. Drills that move no relay lock nothing.
 */
export async function awaitsLockdown(reader: Reader, sn: string, door: number): Promise<boolean> {
  const row = await reader
    .selectFrom('emergency_door')
    .innerJoin('emergency', 'emergency.id', 'emergency_door.emergency_id')
    .select('emergency.id')
    .where('emergency_door.sn', '=', sn)
    .where('emergency_door.door_no', '=', door)
    .where('emergency_door.confirmed_at', 'is', null)
    .where('emergency.kind', '=', 'Lockdown')
    .where('emergency.moves_relays', '=', 1)
    .where('emergency.ended_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Named groups of doors as `SN/1`, by name. */
export async function doorZones(reader: Reader): Promise<Map<string, string[]>> {
  const rows = await reader
    .selectFrom('door_zone_member')
    .selectAll()
    .orderBy('zone')
    .orderBy('sn')
    .orderBy('door_no')
    .execute()
  const zones = new Map<string, string[]>()
  for (const { zone, sn, door_no } of rows) zones.set(zone, [...(zones.get(zone) ?? []), `${sn}/${door_no}`])
  return zones
}

/** Makes these the doors of a zone; none: there is no such zone any more. */
export async function saveZone(
  write: Write,
  zone: string,
  doors: ReadonlyArray<{ readonly sn: string; readonly door: number }>,
): Promise<void> {
  await write.deleteFrom('door_zone_member').where('zone', '=', zone).execute()
  if (doors.length > 0)
    await write
      .insertInto('door_zone_member')
      .values(doors.map(({ sn, door }) => ({ zone, sn, door_no: door })))
      .execute()
}

/** Ticks of a roll call in the order they were made, wherever that was. */
export function musterTicks(reader: Reader, rollCall: string): Promise<TickRow[]> {
  return reader
    .selectFrom('muster_tick')
    .selectAll()
    .where('roll_call', '=', rollCall)
    .orderBy('at')
    .orderBy('id')
    .execute()
}

/** Adds ticks that are not there yet; a tick is never changed, so that merging has no conflict. Answers how many. */
export async function addTicks(write: Write, ticks: readonly Insertable<MusterTickTable>[]): Promise<number> {
  if (ticks.length === 0) return 0
  const added = await write
    .insertInto('muster_tick')
    .values([...ticks])
    .onConflict(conflict => conflict.column('id').doNothing())
    .returning('id')
    .execute()
  return added.length
}
