import type { GatewayDeps } from '../deps.ts'
import type { ClockReadingEntity, ClockReadingRow } from '../store/clocks.ts'
import {
  latestReadings,
  pruneReadings,
  readingEveryMs,
  readingStepMs,
  readingsKeptMs,
  recordJump,
  saveReadings,
} from '../store/clocks.ts'
import { logKeptMs, pruneLog } from '../store/terminal-log.ts'

/** How terminals' clocks run, measured whenever one states its time. */
export interface Clocks {
  /** A terminal has stated its time, as a difference to ours in milliseconds; positive is ahead. */
  note(sn: string, skewMs: number, source: ClockReadingEntity['Source']): void
  /** The last accepted difference, or null while nothing is known. */
  skewOf(sn: string): number | null
  /** Reads what was known before this start. */
  load(): Promise<void>
  /** Writes what is worth keeping, and now and then forgets what is old. */
  flush(): Promise<void>
  /** Forgets terminals that were removed. */
  forget(sns: readonly string[]): void
}

type ClocksDeps = Pick<GatewayDeps, 'store' | 'clock'> & {
  /** Told of every accepted difference. */
  readonly measured: (sn: string, skewMs: number) => void
}

interface Jump {
  readonly sn: string
  readonly at: number
  readonly from: number
  readonly to: number
}

const pruneEveryMs = 3_600_000
/** A line further behind may have waited in the terminal. */
const bufferedAfterMs = 60_000
/** A line further ahead may be nonsense: no punch so far ahead is believed either (iclock-push 14). */
const nonsenseAfterMs = 86_400_000
/** Two lines that waited agree only by chance; a clock that is behind stays so. */
const agreeMs = 30_000
const againAfterMs = 20_000
/** Firmware sets its clock when it is more than 10 s off [FW]; a drift never does this between two readings. */
const jumpMs = 30_000

/**
 * Accepts what a line says about the clock: at once where it cannot have waited and is no nonsense, otherwise once a
 * second line says the same some time later. Keeps a reading when ten minutes have passed or the clock went another way: live punches come
 * every few seconds, and a line through six points an hour shows a drift as well. Written behind, like contacts.
 */
export function createClocks({ store, clock, measured }: ClocksDeps): Clocks {
  const latest = new Map<string, ClockReadingRow>()
  const skews = new Map<string, number>()
  const unwritten = new Map<string, ClockReadingRow>()
  const doubted = new Map<string, { readonly skewMs: number; readonly at: number }>()
  let jumps = new Map<string, Jump>()
  let prunedAt = Number.NEGATIVE_INFINITY

  function isBelievable(sn: string, skewMs: number, at: number): boolean {
    const known = skews.get(sn)
    const isAsKnown = known !== undefined && Math.abs(skewMs - known) <= agreeMs
    const isNear = skewMs >= -bufferedAfterMs && skewMs <= nonsenseAfterMs
    if (isNear || isAsKnown) return true
    const before = doubted.get(sn)
    if (before && Math.abs(before.skewMs - skewMs) <= agreeMs) return at - before.at >= againAfterMs
    doubted.set(sn, { skewMs, at })
    return false
  }

  return {
    note(sn, skewMs, source) {
      const at = clock.now()
      if (!isBelievable(sn, skewMs, at)) return
      doubted.delete(sn)
      const known = skews.get(sn)
      if (known !== undefined && Math.abs(skewMs - known) > jumpMs)
        jumps.set(sn, { sn, at, from: jumps.get(sn)?.from ?? known, to: skewMs })
      skews.set(sn, skewMs)
      measured(sn, skewMs)
      const before = latest.get(sn)
      const saysNothing =
        before !== undefined &&
        at - before.at < readingEveryMs &&
        Math.abs(skewMs - before.skew_ms) <= readingStepMs
      if (saysNothing) return
      const reading = { sn, at, skew_ms: Math.round(skewMs), source }
      latest.set(sn, reading)
      unwritten.set(sn, reading)
    },
    skewOf: sn => skews.get(sn) ?? null,
    async load() {
      for (const reading of await latestReadings(store.read)) {
        latest.set(reading.sn, reading)
        skews.set(reading.sn, reading.skew_ms)
      }
    },
    async flush() {
      const readings = [...unwritten.values()]
      const jumped = jumps
      unwritten.clear()
      jumps = new Map()
      if (readings.length > 0 || jumped.size > 0) {
        try {
          await store.write(async write => {
            await saveReadings(write, store.dialect, readings)
            for (const jump of jumped.values()) await recordJump(write, jump)
          })
        } catch (error) {
          for (const reading of readings) if (!unwritten.has(reading.sn)) unwritten.set(reading.sn, reading)
          jumps = new Map([...jumped, ...jumps])
          throw error
        }
      }
      const now = clock.now()
      if (now - prunedAt < pruneEveryMs) return
      prunedAt = now
      await store.write(write => pruneReadings(write, now - readingsKeptMs))
      await store.write(write => pruneLog(write, now - logKeptMs))
    },
    forget(sns) {
      for (const sn of sns) for (const map of [latest, skews, unwritten, doubted]) map.delete(sn)
    },
  }
}

/** For what is taken in later than it was sent: it says nothing about the clock now. */
export const silentClocks: Pick<Clocks, 'note' | 'skewOf'> = { note: () => undefined, skewOf: () => null }
