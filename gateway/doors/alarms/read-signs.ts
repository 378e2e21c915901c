import type { EventBody } from '#contract/events.ts'
import type { DeviceRow } from '../../store/devices.ts'
import type { Write } from '../../store/index.ts'
import { type AlarmSign, endAlarms, noteEndedAtTerminal, raiseAlarms } from './raise-alarms.ts'

const kinds: Readonly<Record<string, AlarmSign['kind']>> = {
  Forced: 'Forced',
  HeldOpen: 'HeldOpen',
  Tamper: 'Tamper',
  Duress: 'Duress',
}
/** What happened longer ago is history, and stands in the log. */
const newsMs = 3_600_000

/** Alarms in door events that are new; a door that was shut is not held open any more. */
export async function readAlarmEvents(
  write: Write,
  device: DeviceRow,
  events: readonly EventBody<'OnDoor'>[],
  happenedAt: (event: EventBody<'OnDoor'>) => number,
  now: number,
): Promise<void> {
  const fresh = events.filter(event => Math.abs(now - happenedAt(event)) < newsMs)
  if (fresh.length === 0) return
  const signs = fresh.flatMap((event): AlarmSign[] => {
    const kind = kinds[event.DoorEvent]
    return kind === undefined || event.DoorNo < 1
      ? []
      : [{ door: event.DoorNo, kind, by: 'event', employeeCode: event.EmployeeCode }]
  })
  await raiseAlarms(write, device, signs, now)
  const shut = fresh.flatMap(event =>
    event.DoorEvent === 'Closed'
      ? [{ door: event.DoorNo, kind: 'HeldOpen' as const, text: 'The door was shut' }]
      : [],
  )
  await endAlarms(write, device.sn, shut, now)
  const cancelled = fresh.flatMap(event => (event.DoorEvent === 'AlarmCancelled' ? [event.DoorNo] : []))
  await noteEndedAtTerminal(write, device.sn, cancelled, now)
}

const ofStates: Readonly<Record<string, AlarmSign['kind']>> = {
  forced: 'Forced',
  'held-open': 'HeldOpen',
  tamper: 'Tamper',
  'reader-removed': 'Tamper',
  'duress-password': 'Duress',
  'duress-finger': 'Duress',
}

/** Alarms a terminal states of its doors, for those that send no events, or send them later. */
export async function readAlarmStates(
  write: Write,
  device: DeviceRow,
  doors: ReadonlyArray<{ readonly door: number; readonly alarms: readonly string[] | null }>,
  now: number,
): Promise<void> {
  const signs = doors.flatMap(({ door, alarms }) =>
    [...new Set((alarms ?? []).flatMap(name => ofStates[name] ?? []))].map(
      (kind): AlarmSign => ({ door, kind, by: 'state', employeeCode: null }),
    ),
  )
  await raiseAlarms(write, device, signs, now)
}
