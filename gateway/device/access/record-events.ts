import type { EventBody } from '#contract/events.ts'
import { readAlarmEvents } from '../../doors/alarms/read-signs.ts'
import { type Moved, noteMovements } from '../../doors/note-movement.ts'
import type { ReadPunch } from '../../punches/interpret.ts'
import { recordPunches } from '../../punches/record-punches.ts'
import type { DeviceRow } from '../../store/devices.ts'
import { type NewDoorEvent, recordDoorEvents } from '../../store/doors.ts'
import type { Write } from '../../store/index.ts'
import { readProfile } from '../../store/profiles.ts'
import { localAt, readLocalTime } from '../../time/zone.ts'
import type { AccessEvent } from '../protocol/access/access-event.ts'
import { type DoorOutcome, type EventMeaning, eventMeaning, isPass } from '../protocol/access/event-codes.ts'
import { combinationOf } from '../protocol/access/verify-styles.ts'
import { isImplausibleTime } from '../protocol/device-time.ts'
import type { ReadDeps } from '../read-upload.ts'
import { eventIdentity, interpretPass } from './interpret-pass.ts'
import { linkRemoteOpens } from './link-remote-open.ts'
import { recordStatesOfEvents } from './record-states.ts'

export interface RecordedEvents {
  readonly events: EventBody[]
  /** Local time of every pass, new or not. */
  readonly punchTimes: readonly string[]
  /** Of a single event that came as it happened. */
  readonly skewMs: number | null
}

export interface Arrival {
  readonly receivedAt: number
  /** It came alone, as it happened. */
  readonly isLive: boolean
  /** False for what was asked for or taken in late. */
  readonly mayBeLive: boolean
}

const chunk = 1000

/**
 * Keeps what happened at the doors of a controller: every event as a door event, numbers nobody knows included, and
 * people who were let in as punches too. What is known already stays as it is (iclock-push 10.1, 10.3).
 */
export async function recordAccessEvents(
  deps: ReadDeps,
  write: Write,
  device: DeviceRow,
  events: readonly AccessEvent[],
  { receivedAt, isLive, mayBeLive }: Arrival,
): Promise<RecordedEvents> {
  const told: EventBody[] = []
  const punchTimes: string[] = []
  let skewMs: number | null = null
  const source = {
    sn: device.sn,
    zone: device.zone,
    verifyCodes: readProfile(device).verifyCodes,
    skewMs: deps.clocks.skewOf(device.sn),
  }
  for (let from = 0; from < events.length; from += chunk) {
    const part = events.slice(from, from + chunk)
    const punches = part.flatMap((event): ReadPunch[] =>
      event.pin !== null && isPass(event)
        ? [interpretPass({ ...event, pin: event.pin }, source, receivedAt, isLive)]
        : [],
    )
    const recorded = await recordPunches(write, device, punches)
    told.push(...recorded.events)
    punchTimes.push(...punches.map(punch => punch.local_time))
    const timed = part.map(event => ({
      event,
      instant: readLocalTime(event.time.local, device.zone, receivedAt).instant,
    }))
    const happenedAt = momentsOf(source, receivedAt, mayBeLive)
    // What a controller behind this one has heard is no news of the doors of this one, though they have the same numbers.
    const isOwn = (event: AccessEvent) => event.sn === null || event.sn === device.sn
    const heard = part.filter(isOwn).map(event => ({ event, ...happenedAt(event.time.local) }))
    const [only] = timed
    if (isLive && only) skewMs = only.instant - receivedAt
    const doorEventsOf = (isWanted: (event: AccessEvent) => boolean) =>
      timed
        .filter(({ event }) => isWanted(event))
        .map(({ event, instant }) => toDoorEvent(event, device.sn, instant, receivedAt))
    const fresh = await recordDoorEvents(write, deps.store.dialect, device, [
      ...(await linkRemoteOpens(write, device, doorEventsOf(isOwn))),
      ...doorEventsOf(event => !isOwn(event)),
    ])
    told.push(...fresh)
    const momentOf = (event: EventBody<'OnDoor'>) => happenedAt(event.EventTime).instant
    await readAlarmEvents(write, device, fresh, momentOf, receivedAt)
    await recordStatesOfEvents(write, device, heard, receivedAt)
    await noteMovements(write, device.sn, movementsIn(heard, receivedAt), receivedAt)
  }
  return { events: told, punchTimes, skewMs }
}

/**
 * When something happened by our own clock, as far as it can be told: with what is known of the terminal's clock, or
 * without where that fits better, since it may have been set since. A time that cannot be (iclock-push 14) is that of
 * a clock that died, and what comes with it is taken to be happening now.
 */
function momentsOf(
  { zone, skewMs }: { readonly zone: string; readonly skewMs: number | null },
  receivedAt: number,
  mayBeLive: boolean,
): (local: string) => { readonly instant: number; readonly isImpossible: boolean } {
  const now = { local: localAt(receivedAt, zone).local, epochSeconds: Math.floor(receivedAt / 1000) }
  return local => {
    const isImpossible = mayBeLive && isImplausibleTime({ local }, now)
    if (isImpossible) return { instant: receivedAt, isImpossible }
    const { instant } = readLocalTime(local, zone, receivedAt)
    const corrected = instant - (skewMs ?? 0)
    const isCloser = Math.abs(receivedAt - corrected) < Math.abs(receivedAt - instant)
    return { instant: isCloser ? corrected : instant, isImpossible }
  }
}

const moves: Readonly<Partial<Record<DoorOutcome, Moved['what']>>> = {
  opened: 'opened',
  closed: 'closed',
  'remote-close': 'closed',
  locked: 'locked',
  unlocked: 'unlocked',
  'normal-open-started': 'held-open',
}
/** An event this old says nothing about an order given now. */
const liveMs = 60_000

function movementsIn(
  events: ReadonlyArray<{ readonly event: AccessEvent; readonly instant: number }>,
  receivedAt: number,
): Moved[] {
  return events.flatMap(({ event, instant }): Moved[] => {
    const { outcome } = eventMeaning(event.event)
    const what = outcome === null ? undefined : moves[outcome]
    if (what === undefined || event.door === null || Math.abs(receivedAt - instant) > liveMs) return []
    return [{ door: event.door, what, by: 'event' }]
  })
}

function toDoorEvent(event: AccessEvent, sn: string, instant: number, receivedAt: number): NewDoorEvent {
  const meaning = eventMeaning(event.event)
  // Of auxiliary and fire events the number is that of an input or output, and no door.
  const isAuxiliary = /^(?:auxiliary|fire input)/.test(meaning.name)
  return {
    doorNo: isAuxiliary ? 0 : (event.door ?? 0),
    event: nameOf(meaning, event),
    employeeCode: event.pin,
    localTime: event.time.local,
    instant,
    receivedAt,
    commandId: null,
    identity: eventIdentity(event, sn),
    raw: event.raw.slice(0, 2000),
    detail: `${isAuxiliary ? `${meaning.name} (${event.door ?? 0})` : detailOf(meaning, event)}${placeOf(event, sn)}`,
  }
}

/** A punch has one word for the method; all that somebody was let in by is said here. Refusals are known by their words. */
function detailOf(meaning: EventMeaning, event: AccessEvent): string {
  const combination = isPass(event) ? combinationOf(event.verify) : null
  return combination === null ? meaning.name : `${meaning.name} by ${combination}`
}

/** Where it was, if that was a controller behind this one: the door is one of that. */
function placeOf(event: AccessEvent, sn: string): string {
  return event.sn === null || event.sn === sn ? '' : ` (at ${event.sn.slice(0, 64)})`
}

const names: Readonly<Partial<Record<DoorOutcome, NewDoorEvent['event']>>> = {
  opened: 'Opened',
  closed: 'Closed',
  forced: 'Forced',
  'held-open': 'HeldOpen',
  'exit-button': 'ExitButton',
  'exit-refused': 'Denied',
  'remote-open': 'RemoteOpen',
  'remote-close': 'RemoteClose',
  locked: 'Locked',
  unlocked: 'Unlocked',
  tamper: 'Tamper',
  duress: 'Duress',
  'alarm-cancelled': 'AlarmCancelled',
}

function nameOf(meaning: EventMeaning, event: AccessEvent): NewDoorEvent['event'] {
  const known = meaning.outcome === null ? undefined : names[meaning.outcome]
  if (known !== undefined) return known
  if (meaning.kind === 'denied') return 'Denied'
  return meaning.kind === 'pass' || isPass(event) ? 'Granted' : 'Other'
}
