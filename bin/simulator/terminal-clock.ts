import { localAt } from './schedule.ts'

/** How a terminal's clock goes, and what puts it right. */
export type ClockHabit = {
  /** Seconds it gains in a day; once a week somebody comes and puts it right by hand. */
  gainsPerDay: number
  /**
   * `hand`: nothing the server says. `handshake`: Date and TimeZone of every handshake, as firmware of old does.
   * `sync`: Date, once a SyncTime asks for it; a DateTime command.
   */
  setBy: 'hand' | 'handshake' | 'sync'
}

export type TerminalClock = {
  /** How far it is ahead of the truth at a moment. */
  aheadMs: (atMs: number) => number
  /** What the terminal shows at a moment. */
  localAt: (atMs: number) => string
  setZone: (zone: string) => void
  /** Takes over what a Date header says; small differences are left alone. */
  followDate: (dateMs: number, atMs: number) => void
  /** Somebody sets it to a wall clock. */
  setTo: (local: string, atMs: number) => void
}

const dayMs = 86_400_000
const weekMs = 7 * dayMs
/** A header has whole seconds and a way to go; firmware acts above this (iclock-push 4.4). */
const toleranceMs = 10_000

/** A terminal's clock: wrong by so much at `atMs`, and by more every day until something sets it. */
export function createTerminalClock(start: {
  zone: string
  aheadMs: number
  gainsPerDay: number
  atMs: number
}): TerminalClock {
  let { zone, aheadMs, atMs: setAtMs } = start
  const ahead = (atMs: number) => {
    const sinceMs = Math.max(0, atMs - setAtMs) % weekMs
    return aheadMs + (sinceMs / dayMs) * start.gainsPerDay * 1000
  }

  function set(nextMs: number, atMs: number): void {
    aheadMs = nextMs
    setAtMs = atMs
  }

  return {
    aheadMs: ahead,
    localAt: atMs => localAt(Math.floor(atMs + ahead(atMs)), zone),
    setZone: next => {
      zone = next
    },
    followDate: (dateMs, atMs) => {
      const rightMs = dateMs - atMs
      if (Math.abs(ahead(atMs) - rightMs) > toleranceMs) set(rightMs, atMs)
    },
    setTo: (local, atMs) => {
      const seconds = (epochOf(local) - epochOf(localAt(atMs, zone))) / 1000
      if (!Number.isNaN(seconds)) set(seconds * 1000, atMs)
    },
  }
}

/** Only for differences: as if the wall clock were that of UTC. */
function epochOf(local: string): number {
  return Date.parse(`${local.replace(' ', 'T')}Z`)
}
