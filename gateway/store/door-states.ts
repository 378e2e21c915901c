import type { Selectable } from 'kysely'
import type { z } from 'zod'
import type { DoorState } from '#contract/entities/door.ts'
import { readOptions } from './device-options.ts'
import { type DeviceOverview, type DeviceRow, toIso } from './devices.ts'
import type { Reader, Write } from './index.ts'
import type { DoorStateTable } from './schema.ts'

/** What a terminal says of a door; what it was told to be is added elsewhere (doors/describe-doors.ts). */
export type DoorStateEntity = Omit<
  z.output<typeof DoorState>,
  'DoorName' | 'ReasonRequired' | 'SecondPerson' | 'Modes' | 'Hold' | 'NotKnown'
>
type DoorStateRow = Selectable<DoorStateTable>

/** CONTROL DEVICE can name no more (iclock-push 12.5). */
export const doorsMax = 16

/**
 * How many doors a terminal has, numbered from 1: LockCount of an access controller, the one relay of an attendance
 * terminal. A controller that has not said yet has one if somebody said that it drives a door.
 */
export function doorCountOf(device: Pick<DeviceRow, 'flavour' | 'has_door' | 'options'>): number {
  const one = device.has_door === 1 ? 1 : 0
  if (device.flavour !== 'access') return one
  const { LockCount } = readOptions(device)
  return /^\d{1,3}$/.test(LockCount ?? '') ? Math.min(doorsMax, Number(LockCount)) : one
}

/** Whether a terminal has said itself how many doors it has. */
export function hasStatedDoors(device: Pick<DeviceRow, 'options'>): boolean {
  return /^\d{1,3}$/.test(readOptions(device).LockCount ?? '')
}

/** What a controller says of one door; null leaves what is known. */
export interface ReportedDoor {
  readonly door: number
  readonly sensor: 'open' | 'closed' | 'none' | 'unknown' | null
  readonly relay: 'energised' | 'released' | 'unknown' | null
  readonly relayBit?: 0 | 1 | null
  readonly alarms: readonly string[] | null
}

/** Keeps what a controller says of its doors now, and what it says beside; answers the numbers of those where sensor or alarm changed. */
export async function saveDoorStates(
  write: Write,
  sn: string,
  doors: readonly ReportedDoor[],
  at: { readonly local: string; readonly receivedAt: number; readonly extra?: string | null },
): Promise<number[]> {
  const before = await doorRows(write, sn)
  const changed: number[] = []
  for (const { door, sensor, relay, relayBit, alarms } of doors) {
    const known = before.get(door)
    // Taken in late, from quarantine or from before the adoption.
    if (known !== undefined && known.seen_at > at.receivedAt) continue
    const now = {
      sensor: sensor ?? known?.sensor ?? 'unknown',
      relay: relay ?? known?.relay ?? 'unknown',
      alarms: alarms?.join(' ') ?? known?.alarms ?? null,
      relay_bit: relayBit ?? known?.relay_bit ?? null,
    }
    const isSensorNew = known?.sensor !== now.sensor
    const state = {
      ...now,
      since: isSensorNew ? at.receivedAt : (known?.since ?? at.receivedAt),
      seen_at: at.receivedAt,
      local_time: at.local,
      // An event says nothing of it.
      extra: at.extra === undefined ? (known?.extra ?? null) : at.extra,
    }
    await write
      .insertInto('door_state')
      .values({ sn, door_no: door, ...state })
      .onConflict(conflict => conflict.columns(['sn', 'door_no']).doUpdateSet(state))
      .execute()
    if (isSensorNew || known?.alarms !== now.alarms) changed.push(door)
  }
  return changed
}

const saidBy: Readonly<Record<string, readonly string[]>> = {
  Forced: ['forced'],
  HeldOpen: ['held-open'],
  Tamper: ['tamper', 'reader-removed'],
  Duress: ['duress-password', 'duress-finger'],
}

/**
 * Takes an alarm somebody is done with off its door, where only an event has ever told of it: such a terminal never says
 * that it is over. One that states its doors is believed instead.
 */
export async function forgetToldAlarm(write: Write, sn: string, door: number, kind: string): Promise<void> {
  const row = (await doorRows(write, sn)).get(door)
  const names = saidBy[kind]
  if (!row?.alarms || !names || row.relay_bit !== null) return
  const alarms = row.alarms.split(' ').filter(name => !names.includes(name))
  await write
    .updateTable('door_state')
    .set({ alarms: alarms.join(' ') })
    .where('sn', '=', sn)
    .where('door_no', '=', door)
    .execute()
}

/** What is kept of the doors of a controller, by number. */
export async function doorRows(reader: Reader | Write, sn: string): Promise<Map<number, DoorStateRow>> {
  const rows = await reader.selectFrom('door_state').selectAll().where('sn', '=', sn).execute()
  return new Map(rows.map(row => [row.door_no, row]))
}

/** Since when a terminal is here without a break; what it said before may have changed while nobody heard it. */
export async function hereSince(reader: Reader | Write, sn: string): Promise<number> {
  const row = await reader
    .selectFrom('device_contact')
    .select(['online', 'since'])
    .where('sn', '=', sn)
    .executeTakeFirst()
  return row?.online === 1 ? row.since : 0
}

/**
 * Every door of a controller, those included of which it has never spoken. Away means that nothing is known, and so
 * does having been away since it last spoke of a door.
 */
export async function controllerDoorStates(
  reader: Reader,
  device: DeviceOverview,
): Promise<DoorStateEntity[]> {
  const rows = await doorRows(reader, device.sn)
  const online = device.online === 1
  return Array.from({ length: doorCountOf(device) }, (_, at) => {
    const row = rows.get(at + 1)
    const isKnown = online && row !== undefined && row.seen_at >= device.since
    const state = isKnown ? stateOf(row) : 'Unknown'
    return {
      DeviceSN: device.sn,
      DoorNo: at + 1,
      DoorCount: doorCountOf(device),
      LabelName: device.label,
      Site: device.site,
      TimeZone: device.zone,
      State: state,
      LockState: isKnown ? lockOf(row) : 'Unknown',
      Alarm: alarmOf(row, isKnown),
      Since: state === 'Unknown' || row === undefined ? null : toIso(row.since),
      SeenAt: toIso(row?.seen_at ?? null),
      Reason: !online ? 'device_offline' : isKnown ? reasonOf(row) : 'no_report',
      Online: online,
      AlsoSaid: row?.extra ?? null,
    }
  })
}

/** The state a row stands for while its terminal is here. */
export function stateOf(row: Pick<DoorStateRow, 'sensor'> | undefined): DoorStateEntity['State'] {
  if (row?.sensor === 'open') return 'Open'
  return row?.sensor === 'closed' ? 'Closed' : 'Unknown'
}

/** An energised relay releases the lock, as any opening does. */
function lockOf(row: DoorStateRow | undefined): DoorStateEntity['LockState'] {
  if (row?.relay === 'energised') return 'Unlocked'
  return row?.relay === 'released' ? 'Locked' : 'Unknown'
}

function reasonOf(row: DoorStateRow | undefined): DoorStateEntity['Reason'] {
  if (row === undefined || row.sensor === 'unknown') return 'no_report'
  return row.sensor === 'none' ? 'no_sensor' : 'reported'
}

/** The gravest first. Power and battery are no alarm of a door. */
const alarmWords: ReadonlyArray<readonly [name: string, alarm: DoorStateEntity['Alarm']]> = [
  ['duress-password', 'Duress'],
  ['duress-finger', 'Duress'],
  ['forced', 'Forced'],
  ['tamper', 'Tamper'],
  ['reader-removed', 'Tamper'],
  ['held-open', 'HeldOpen'],
]

/** An alarm that was on stays shown while the terminal is away; that there is none is known only from one that is here. */
function alarmOf(row: DoorStateRow | undefined, isKnown: boolean): DoorStateEntity['Alarm'] {
  if (row === undefined || row.alarms === null) return 'Unknown'
  const on = row.alarms.split(' ')
  return alarmWords.find(([name]) => on.includes(name))?.[1] ?? (isKnown ? 'None' : 'Unknown')
}
