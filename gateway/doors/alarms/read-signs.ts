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
export const alarmNewsMs = 3_600_000

/**
 * Alarms in door events that are new, in the order they happened; a door that was shut is not held open any more, until
 * it is again.
 */
export async function readAlarmEvents(
  write: Write,
  device: DeviceRow,
  events: readonly EventBody<'OnDoor'>[],
  happenedAt: (event: EventBody<'OnDoor'>) => number,
  now: number,
): Promise<void> {
  const fresh = events
    .map(event => ({ event, at: happenedAt(event) }))
    .filter(({ at }) => Math.abs(now - at) < alarmNewsMs)
    .sort((a, b) => a.at - b.at)
  const shut = new Set<number>()
  const endHeldOpen = async () => {
    const ended = [...shut].map(door => ({ door, kind: 'HeldOpen' as const, text: 'The door was shut' }))
    shut.clear()
    await endAlarms(write, device.sn, ended, now)
  }
  for (const { event } of fresh) {
    const { DoorNo: door, DoorEvent: what, EmployeeCode: employeeCode } = event
    const kind = kinds[what]
    if (what === 'Closed') shut.add(door)
    if (what === 'AlarmCancelled') await noteEndedAtTerminal(write, device.sn, [door], now)
    if (kind === undefined || door < 1) continue
    await endHeldOpen()
    await raiseAlarms(write, device, [{ door, kind, by: 'event', employeeCode }], now)
  }
  await endHeldOpen()
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
