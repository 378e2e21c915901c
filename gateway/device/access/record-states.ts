import type { EventBody } from '#contract/events.ts'
import { storable } from '#platform/database/dialect.ts'
import { alarmNewsMs, readAlarmStates } from '../../doors/alarms/read-signs.ts'
import { type Moved, noteMovements } from '../../doors/note-movement.ts'
import type { DeviceRow } from '../../store/devices.ts'
import {
  doorCountOf,
  doorRows,
  hasStatedDoors,
  hereSince,
  type ReportedDoor,
  saveDoorStates,
  stateOf,
} from '../../store/door-states.ts'
import type { Write } from '../../store/index.ts'
import { localAt, readLocalTime } from '../../time/zone.ts'
import type { AccessEvent } from '../protocol/access/access-event.ts'
import { type DoorOutcome, eventMeaning } from '../protocol/access/event-codes.ts'
import type { DoorStates } from '../protocol/access/rtstate.ts'
import { learnRelay } from './learn-relay.ts'

/** An event this old says nothing about the door now. */
const liveMs = 60_000

/**
 * Keeps the state of each door, line after line, and tells what has changed; bits beyond the doors there are mean
 * nothing. A terminal that could not reach us sends several at once: what was over by the last has happened all the
 * same, the alarms above all.
 */
export async function recordDoorStates(
  write: Write,
  device: DeviceRow,
  states: readonly DoorStates[],
  receivedAt: number,
): Promise<EventBody[]> {
  const last = states.at(-1)
  if (last === undefined) return []
  await noteDoor(write, device)
  const told: EventBody[] = []
  for (const [place, state] of states.entries()) {
    const ageMs = instantOf(last, device, receivedAt) - instantOf(state, device, receivedAt)
    told.push(
      ...(await recordDoorState(write, device, state, {
        receivedAt,
        place,
        isOnly: states.length === 1,
        happenedAt: receivedAt - Math.max(0, ageMs),
      })),
    )
  }
  return told
}

interface Heard {
  readonly receivedAt: number
  /** Among the lines of the upload, from 0. */
  readonly place: number
  readonly isOnly: boolean
  /** By our clock, from how long before the last line of the upload it was. */
  readonly happenedAt: number
}

async function recordDoorState(
  write: Write,
  device: DeviceRow,
  state: DoorStates,
  heard: Heard,
): Promise<EventBody[]> {
  const { receivedAt, happenedAt } = heard
  const count = hasStatedDoors(device) ? Math.max(1, doorCountOf(device)) : spokenOf(state)
  const doors = state.doors.filter(({ door }) => door <= count)
  const extra = state.extra === null ? null : storable(state.extra)
  const before = await doorRows(write, device.sn)
  // Between lines that were held back the bit may have changed for any reason.
  if (heard.isOnly) await learnRelay(write, device, doors, receivedAt)
  const changed = await saveDoorStates(write, device.sn, doors, {
    local: state.time.local,
    receivedAt,
    extra,
  })
  const moved = doors.flatMap(({ door, sensor }): Moved[] => {
    const was = before.get(door)?.sensor
    const isMove = changed.includes(door) && was !== undefined && was !== sensor
    if (!isMove || (sensor !== 'open' && sensor !== 'closed')) return []
    return [{ door, what: sensor === 'open' ? 'opened' : 'closed', by: 'state' }]
  })
  await noteMovements(write, device.sn, moved, happenedAt)
  const isNews = receivedAt - happenedAt < alarmNewsMs
  await readAlarmStates(
    write,
    device,
    isNews ? doors.filter(({ door }) => changed.includes(door)) : [],
    receivedAt,
  )
  const back = await hereSince(write, device.sn)
  const knownAgain = doors.flatMap(({ door }) =>
    !changed.includes(door) && (before.get(door)?.seen_at ?? back) < back ? [door] : [],
  )
  return tellChanges(write, device, [...changed, ...knownAgain], heard)
}

function instantOf(state: DoorStates, { zone }: DeviceRow, receivedAt: number): number {
  return readLocalTime(state.time.local, zone, receivedAt).instant
}

/** Of a terminal that never said how many doors it has: the highest one that says anything. */
function spokenOf({ doors }: DoorStates): number {
  const speaking = doors.filter(
    ({ sensor, alarms }) => sensor === 'open' || sensor === 'closed' || (alarms?.length ?? 0) > 0,
  )
  return Math.max(1, ...speaking.map(({ door }) => door))
}

/** What events say about doors now, for terminals that send no states or send them later. */
export async function recordStatesOfEvents(
  write: Write,
  device: DeviceRow,
  events: ReadonlyArray<{
    readonly event: AccessEvent
    /** By our clock. */
    readonly instant: number
    /** The terminal's own clock says something that cannot be, and orders nothing. */
    readonly isImpossible: boolean
  }>,
  receivedAt: number,
): Promise<void> {
  const inOrder = [...events].sort((a, b) => a.instant - b.instant)
  for (const { event, instant, isImpossible } of inOrder) {
    const door = event.door ?? 0
    const { outcome } = eventMeaning(event.event)
    if (door < 1 || door > doorCountOf(device) || outcome === null) continue
    if (Math.abs(receivedAt - instant) > liveMs) continue
    // Each after the one before it: they may be about the same door.
    const known = (await doorRows(write, device.sn)).get(door)
    const isOld = !isImpossible && event.time.local < (known?.local_time ?? '')
    const said = isOld ? null : saidOf(outcome, known?.alarms?.split(' ').filter(Boolean) ?? null)
    if (said === null) continue
    await saveDoorStates(write, device.sn, [{ door, relay: null, ...said }], {
      local: event.time.local,
      receivedAt,
    })
  }
}

/** `alarms` are those known to be on; null: the terminal has never spoken of any at this door. */
function saidOf(
  outcome: DoorOutcome,
  alarms: readonly string[] | null,
): Pick<ReportedDoor, 'sensor' | 'alarms'> | null {
  const and = (name: string) => [...new Set([...(alarms ?? []), name])]
  switch (outcome) {
    case 'opened':
      return { sensor: 'open', alarms: null }
    case 'closed':
      return { sensor: 'closed', alarms: alarms?.filter(name => name !== 'held-open') ?? null }
    case 'forced':
    case 'held-open':
      return { sensor: 'open', alarms: and(outcome) }
    case 'tamper':
      return { sensor: null, alarms: and('tamper') }
    case 'duress':
      return { sensor: null, alarms: and('duress-password') }
    case 'alarm-cancelled':
      return { sensor: null, alarms: [] }
    default:
      return null
  }
}

/** A terminal that reports doors has some, whoever forgot to say so. */
async function noteDoor(write: Write, device: DeviceRow): Promise<void> {
  if (device.has_door === 1) return
  await write.updateTable('device').set({ has_door: 1 }).where('sn', '=', device.sn).execute()
}

async function tellChanges(
  write: Write,
  device: DeviceRow,
  changed: readonly number[],
  { receivedAt, place }: Heard,
): Promise<EventBody<'OnDoor'>[]> {
  if (changed.length === 0) return []
  const rows = await doorRows(write, device.sn)
  return changed.map(door => ({
    Event: 'OnDoor',
    OperationID: `ds${receivedAt}${place === 0 ? '' : `.${place}`}-${door}-${device.sn}`.slice(0, 64),
    OccurredAt: new Date(receivedAt).toISOString(),
    EventID: null,
    Actor: null,
    DeviceSN: device.sn,
    LabelName: device.label,
    Site: device.site,
    DoorNo: door,
    DoorEvent: 'StateChanged',
    State: stateOf(rows.get(door)),
    EmployeeCode: null,
    EventTime: localAt(receivedAt, device.zone).local,
    ReceivedAt: new Date(receivedAt).toISOString(),
    CommandID: null,
    Detail: null,
  }))
}
