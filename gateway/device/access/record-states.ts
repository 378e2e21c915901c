import type { EventBody } from '#contract/events.ts'
import { storable } from '#platform/database/dialect.ts'
import { readAlarmStates } from '../../doors/alarms/read-signs.ts'
import { type Moved, noteMovements } from '../../doors/note-movement.ts'
import type { DeviceRow } from '../../store/devices.ts'
import { doorCountOf, doorRows, type ReportedDoor, saveDoorStates, stateOf } from '../../store/door-states.ts'
import type { Write } from '../../store/index.ts'
import { localAt } from '../../time/zone.ts'
import type { AccessEvent } from '../protocol/access/access-event.ts'
import { type DoorOutcome, eventMeaning } from '../protocol/access/event-codes.ts'
import type { DoorStates } from '../protocol/access/rtstate.ts'
import { learnRelay } from './learn-relay.ts'

/** An event this old says nothing about the door now. */
const liveMs = 60_000

/** Keeps the newest state of each door and tells what has changed; bits beyond the doors there are mean nothing. */
export async function recordDoorStates(
  write: Write,
  device: DeviceRow,
  states: readonly DoorStates[],
  receivedAt: number,
): Promise<EventBody[]> {
  const last = states.at(-1)
  if (last === undefined) return []
  await noteDoor(write, device)
  const count = Math.max(1, doorCountOf(device))
  const doors = last.doors.filter(({ door }) => door <= count)
  const extra = last.extra === null ? null : storable(last.extra)
  const at = { local: last.time.local, receivedAt, extra }
  const before = await doorRows(write, device.sn)
  await learnRelay(write, device, doors, receivedAt)
  const changed = await saveDoorStates(write, device.sn, doors, at)
  const moved = doors.flatMap(({ door, sensor }): Moved[] => {
    const was = before.get(door)?.sensor
    const isMove = changed.includes(door) && was !== undefined && was !== sensor
    if (!isMove || (sensor !== 'open' && sensor !== 'closed')) return []
    return [{ door, what: sensor === 'open' ? 'opened' : 'closed', by: 'state' }]
  })
  await noteMovements(write, device.sn, moved, receivedAt)
  await readAlarmStates(
    write,
    device,
    doors.filter(({ door }) => changed.includes(door)),
    receivedAt,
  )
  return tellChanges(write, device, changed, at)
}

/** What events say about doors now, for terminals that send no states or send them later. */
export async function recordStatesOfEvents(
  write: Write,
  device: DeviceRow,
  events: ReadonlyArray<{ readonly event: AccessEvent; readonly instant: number }>,
  receivedAt: number,
): Promise<void> {
  const before = await doorRows(write, device.sn)
  for (const { event, instant } of events) {
    const door = event.door ?? 0
    const { outcome } = eventMeaning(event.event)
    if (door < 1 || door > doorCountOf(device) || outcome === null) continue
    const known = before.get(door)
    const isOld = Math.abs(receivedAt - instant) > liveMs || event.time.local < (known?.local_time ?? '')
    const said = isOld ? null : saidOf(outcome, known?.alarms?.split(' ').filter(Boolean) ?? [])
    if (said === null) continue
    await saveDoorStates(write, device.sn, [{ door, relay: null, ...said }], {
      local: event.time.local,
      receivedAt,
    })
  }
}

function saidOf(
  outcome: DoorOutcome,
  alarms: readonly string[],
): Pick<ReportedDoor, 'sensor' | 'alarms'> | null {
  switch (outcome) {
    case 'opened':
      return { sensor: 'open', alarms: null }
    case 'closed':
      return { sensor: 'closed', alarms: alarms.filter(name => name !== 'held-open') }
    case 'forced':
    case 'held-open':
      return { sensor: 'open', alarms: [...new Set([...alarms, outcome])] }
    case 'tamper':
      return { sensor: null, alarms: [...new Set([...alarms, 'tamper'])] }
    case 'duress':
      return { sensor: null, alarms: [...new Set([...alarms, 'duress-password'])] }
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
  { receivedAt }: { readonly receivedAt: number },
): Promise<EventBody<'OnDoor'>[]> {
  if (changed.length === 0) return []
  const rows = await doorRows(write, device.sn)
  return changed.map(door => ({
    Event: 'OnDoor',
    OperationID: `ds${receivedAt}-${door}-${device.sn}`.slice(0, 64),
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
