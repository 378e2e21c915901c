import type { Insertable, Selectable, Updateable } from 'kysely'
import type { z } from 'zod'
import { DoorHold } from '#contract/entities/door.ts'
import { toIso } from './devices.ts'
import type { Reader, Write } from './index.ts'
import type { DoorHoldTable, DoorSettingTable } from './schema-doors.ts'

export type HoldRow = Selectable<DoorHoldTable>
export type HoldEntity = z.output<typeof DoorHold>
export type DoorSetting = Pick<Selectable<DoorSettingTable>, 'name' | 'reason_required' | 'second_person'>

const wireModes: Readonly<Record<string, string>> = {
  lock: 'Lock',
  'hold-open': 'HoldOpen',
  'hold-closed': 'HoldClosed',
}
const wireStates: Readonly<Record<string, string>> = {
  'awaits-second': 'AwaitsSecond',
  ordered: 'Ordered',
  'in-force': 'InForce',
  unclear: 'Unclear',
  returning: 'Returning',
  overdue: 'Overdue',
  ended: 'Ended',
  refused: 'Refused',
  replaced: 'Replaced',
  lapsed: 'Lapsed',
}

/** The contract's hold from a row. */
export function holdEntity(row: HoldRow): HoldEntity {
  return {
    HoldID: String(row.id),
    DeviceSN: row.sn,
    DoorNo: row.door_no,
    Mode: DoorHold.shape.Mode.parse(wireModes[row.mode]),
    State: DoorHold.shape.State.parse(wireStates[row.state]),
    Since: new Date(row.started_at).toISOString(),
    Until: toIso(row.until),
    EndsBy: row.ends_by === 'terminal' ? 'Terminal' : 'Order',
    EndedAt: toIso(row.ended_at),
    CommandID: row.command_id === null ? null : String(row.command_id),
    ReturnCommandID: row.return_id === null ? null : String(row.return_id),
    Actor: row.actor,
    SecondActor: row.second_actor,
    Reason: row.reason,
    EmergencyID: row.emergency_id === null ? null : String(row.emergency_id),
    Note: row.note,
  }
}

/** Lasting orders that are not over, the newest of a door last. `sns` null means every terminal. */
export function openHolds(reader: Reader, sns: readonly string[] | null): Promise<HoldRow[]> {
  return reader
    .selectFrom('door_hold')
    .selectAll()
    .where('ended_at', 'is', null)
    .$if(sns !== null, query => query.where('sn', 'in', sns && sns.length > 0 ? [...sns] : ['']))
    .orderBy('id')
    .execute()
}

/** Lasting orders of late, newest first. */
export function recentHolds(
  reader: Reader,
  sns: readonly string[] | null,
  limit: number,
): Promise<HoldRow[]> {
  return reader
    .selectFrom('door_hold')
    .selectAll()
    .$if(sns !== null, query => query.where('sn', 'in', sns && sns.length > 0 ? [...sns] : ['']))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** One hold, or undefined; a text that is no id finds nothing. */
export async function findHold(reader: Reader, id: string): Promise<HoldRow | undefined> {
  if (!/^[1-9]\d{0,14}$/.test(id)) return undefined
  return reader.selectFrom('door_hold').selectAll().where('id', '=', Number(id)).executeTakeFirst()
}

/** The one that holds a door now, or undefined. */
export function holdOf(reader: Reader, sn: string, door: number): Promise<HoldRow | undefined> {
  return reader
    .selectFrom('door_hold')
    .selectAll()
    .where('sn', '=', sn)
    .where('door_no', '=', door)
    .where('ended_at', 'is', null)
    .where('state', '<>', 'awaits-second')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The hold an order began, or undefined. */
export function holdOfCommand(reader: Reader, commandId: number): Promise<HoldRow | undefined> {
  return reader
    .selectFrom('door_hold')
    .selectAll()
    .where('command_id', '=', commandId)
    .limit(1)
    .executeTakeFirst()
}

/** Keeps a new one. */
export function insertHold(write: Write, row: Omit<Insertable<DoorHoldTable>, 'id'>): Promise<HoldRow> {
  return write.insertInto('door_hold').values(row).returningAll().executeTakeFirstOrThrow()
}

/** Changes one. */
export async function updateHold(write: Write, id: number, change: Updateable<DoorHoldTable>): Promise<void> {
  await write.updateTable('door_hold').set(change).where('id', '=', id).execute()
}

const nothing: DoorSetting = { name: null, reason_required: 0, second_person: 0 }

/** What single doors demand, by `SN/1`; those nobody has set up demand nothing. */
export async function doorSettings(
  reader: Reader,
  sns: readonly string[] | null,
): Promise<(sn: string, door: number) => DoorSetting> {
  const rows = await reader
    .selectFrom('door_setting')
    .selectAll()
    .$if(sns !== null, query => query.where('sn', 'in', sns && sns.length > 0 ? [...sns] : ['']))
    .execute()
  const known = new Map(rows.map(row => [`${row.sn}/${row.door_no}`, row]))
  return (sn, door) => known.get(`${sn}/${door}`) ?? nothing
}

/** Sets what is given of one door. */
export async function saveDoorSetting(
  write: Write,
  door: { readonly sn: string; readonly door: number },
  change: {
    readonly name?: string | null | undefined
    readonly reasonRequired?: boolean | undefined
    readonly secondPerson?: boolean | undefined
  },
): Promise<void> {
  const set = {
    ...(change.name === undefined ? {} : { name: change.name || null }),
    ...(change.reasonRequired === undefined ? {} : { reason_required: change.reasonRequired ? 1 : 0 }),
    ...(change.secondPerson === undefined ? {} : { second_person: change.secondPerson ? 1 : 0 }),
  }
  await write
    .insertInto('door_setting')
    .values({ sn: door.sn, door_no: door.door, ...nothing, ...set })
    .onConflict(conflict =>
      Object.keys(set).length === 0
        ? conflict.columns(['sn', 'door_no']).doNothing()
        : conflict.columns(['sn', 'door_no']).doUpdateSet(set),
    )
    .execute()
}
