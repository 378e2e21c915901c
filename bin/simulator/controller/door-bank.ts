import type { Agenda } from './agenda.ts'

/** Events of doors and their numbers (iclock-push 11.4). */
export const eventCodes = {
  verified: 0,
  alarmCancelled: 7,
  remoteOpen: 8,
  remoteClose: 9,
  scheduleOff: 10,
  scheduleOn: 11,
  outputOn: 12,
  outputOff: 13,
  notAuthorised: 23,
  unknownPerson: 27,
  heldOpen: 28,
  doorLocked: 63,
  forced: 102,
  opened: 200,
  closed: 201,
  heldOpenRemotely: 205,
  started: 206,
  remoteLock: 233,
  remoteUnlock: 234,
} as const

export type DoorBank = {
  /** Energises the lock relay for so long, Infinity until it is released. */
  energise: (door: number, forMs: number, atMs: number) => void
  release: (door: number, atMs: number) => void
  setLocked: (door: number, isLocked: boolean) => void
  isLocked: (door: number) => boolean
  /** Somebody pushes the door open, goes through and lets it fall shut after so long. */
  walk: (door: number, atMs: number, heldMs: number) => void
  /** The same without asking the lock, which is an alarm until somebody cancels it. */
  force: (door: number, atMs: number, heldMs: number) => void
  cancelAlarm: (door: number, atMs: number) => void
  /** Power is lost: relays let go, doors stay as they are. */
  powerOff: (atMs: number) => void
  /** Sensor, relay and alarm as rtstate has them (iclock-push 10.2). */
  stateAt: (atMs: number) => { sensor: string; relay: string; alarm: string }
}

export type DoorBankDeps = {
  /** Doors are numbered from 1. */
  doors: number
  agenda: Agenda
  onEvent: (event: number, door: number, atMs: number) => void
  /** Something rtstate tells has changed. */
  onChange: (atMs: number) => void
}

/** A door still open after this is held open, which is an alarm until it is shut (DoorDetectortime). */
export const detectMs = 15_000

const alarmBits = { forced: 0x01, heldOpen: 0x10 }
const sensorBits = { closed: 1, open: 2 }
const alarmBytes = 8

type Door = {
  relayUntilMs: number
  isOpen: boolean
  isLocked: boolean
  alarms: number
  closesAtMs: number
  lastWalkAtMs: number
}

/** The doors of one controller: relay, sensor and alarm of each, moved by orders and by people. */
export function createDoorBank({ doors, agenda, onEvent, onChange }: DoorBankDeps): DoorBank {
  const all = Array.from(
    { length: doors },
    (): Door => ({
      relayUntilMs: 0,
      isOpen: false,
      isLocked: false,
      alarms: 0,
      closesAtMs: 0,
      lastWalkAtMs: 0,
    }),
  )

  /** Nobody names a door there is not: orders and passes are checked before. */
  function at(number: number): Door {
    const door = all[number - 1]
    if (!door) throw new Error(`there is no door ${number}`)
    return door
  }

  function energise(number: number, forMs: number, atMs: number): void {
    const door = at(number)
    const untilMs = atMs + forMs
    const wasOn = door.relayUntilMs > atMs
    door.relayUntilMs = Math.max(door.relayUntilMs, untilMs)
    if (!wasOn) onChange(atMs)
    if (untilMs === Number.POSITIVE_INFINITY) return
    agenda.add(untilMs, nowMs => {
      if (door.relayUntilMs !== nowMs) return
      door.relayUntilMs = 0
      onChange(nowMs)
    })
  }

  function open(number: number, atMs: number, heldMs: number): void {
    const door = at(number)
    door.closesAtMs = Math.max(door.closesAtMs, atMs + heldMs)
    door.lastWalkAtMs = atMs
    door.isOpen = true
    agenda.add(atMs + heldMs, nowMs => close(number, nowMs))
    if (heldMs > detectMs) agenda.add(atMs + detectMs, nowMs => noticeHeldOpen(number, nowMs))
  }

  function close(number: number, atMs: number): void {
    const door = at(number)
    // The next one may have come through meanwhile and hold it.
    if (!door.isOpen || door.closesAtMs > atMs) return
    door.isOpen = false
    door.alarms &= ~alarmBits.heldOpen
    onEvent(eventCodes.closed, number, atMs)
    onChange(atMs)
  }

  function noticeHeldOpen(number: number, atMs: number): void {
    const door = at(number)
    if (!door.isOpen || atMs - door.lastWalkAtMs < detectMs) return
    door.alarms |= alarmBits.heldOpen
    onEvent(eventCodes.heldOpen, number, atMs)
    onChange(atMs)
  }

  return {
    energise,
    release: (number, atMs) => {
      const door = at(number)
      if (door.relayUntilMs <= atMs) return
      door.relayUntilMs = 0
      onChange(atMs)
    },
    setLocked: (number, isLocked) => {
      at(number).isLocked = isLocked
    },
    isLocked: number => at(number).isLocked,
    walk: (number, atMs, heldMs) => {
      const wasOpen = at(number).isOpen
      open(number, atMs, heldMs)
      if (wasOpen) return
      onEvent(eventCodes.opened, number, atMs)
      onChange(atMs)
    },
    force: (number, atMs, heldMs) => {
      at(number).alarms |= alarmBits.forced
      open(number, atMs, heldMs)
      onEvent(eventCodes.forced, number, atMs)
      onChange(atMs)
    },
    cancelAlarm: (number, atMs) => {
      const door = at(number)
      onEvent(eventCodes.alarmCancelled, number, atMs)
      if (door.alarms === 0) return
      door.alarms = 0
      onChange(atMs)
    },
    powerOff: atMs => {
      for (const door of all) door.relayUntilMs = 0
      onChange(atMs)
    },
    stateAt: atMs => ({
      sensor: hexOf(
        all,
        4,
        ({ isOpen }, place) => (isOpen ? sensorBits.open : sensorBits.closed) << (place * 2),
      ),
      relay: hexOf(all, 8, ({ relayUntilMs }, place) => (relayUntilMs > atMs ? 1 << place : 0)),
      alarm: hexOf(all, 1, ({ alarms }) => alarms).padEnd(alarmBytes * 2, '0'),
    }),
  }
}

/** So many doors to a byte, door 1 in the lowest bits of the first. */
function hexOf(
  doors: readonly Door[],
  perByte: number,
  bitsOf: (door: Door, place: number) => number,
): string {
  let hex = ''
  for (let from = 0; from < doors.length; from += perByte) {
    const byte = doors
      .slice(from, from + perByte)
      .reduce((bits, door, place) => bits | bitsOf(door, place), 0)
    hex += byte.toString(16).padStart(2, '0')
  }
  return hex
}
