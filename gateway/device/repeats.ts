import { hash } from 'node:crypto'
import type { Clock } from '#platform/clock.ts'

/** Remembers bodies that were stored and acknowledged, to notice a terminal that sends the same one for ever. */
export interface Repeats {
  look(sn: string, table: string, body: Uint8Array): Sighting
  /** Forgets a terminal: it was asked for something, and what is asked for may come again word for word. */
  forget(sn: string): void
}

export interface Sighting {
  /** How often this very body was acknowledged within the window, before now. */
  readonly times: number
  /** Notes it; to be called after its commit. */
  note(): void
}

/** iclock-push 6.3: "within minutes". */
export const repeatWindowMs = 10 * 60_000
const terminalsMax = 5000
const tablesMax = 16
const bodiesMax = 4
const timesMax = 8

interface Body {
  readonly digest: string
  readonly at: readonly number[]
}

/** Kept in memory: after a restart it takes three more repeats. An empty body says nothing. */
export function createRepeats(clock: Pick<Clock, 'now'>): Repeats {
  const terminals = new Map<string, Map<string, readonly Body[]>>()

  function note(sn: string, table: string, digest: string, at: readonly number[]): void {
    const tables = terminals.get(sn) ?? new Map<string, readonly Body[]>()
    if (!terminals.has(sn)) makeRoom(terminals, terminalsMax)
    terminals.set(sn, tables)
    const others = (tables.get(table) ?? []).filter(known => known.digest !== digest)
    if (!tables.has(table)) makeRoom(tables, tablesMax)
    tables.set(table, [...others.slice(1 - bodiesMax), { digest, at: at.slice(-timesMax) }])
  }

  return {
    look(sn, table, body) {
      if (body.length === 0) return nothingSeen
      const digest = hash('sha256', body, 'base64')
      const known = terminals
        .get(sn)
        ?.get(table)
        ?.find(other => other.digest === digest)
      const now = clock.now()
      const at = known?.at.filter(time => time > now - repeatWindowMs) ?? []
      return { times: at.length, note: () => note(sn, table, digest, [...at, now]) }
    },
    forget(sn) {
      terminals.delete(sn)
    },
  }
}

/** For what is taken in long after it was sent: a repeat there is no sign of a loop. */
export const noRepeats: Repeats = { look: () => nothingSeen, forget: () => undefined }

const nothingSeen: Sighting = { times: 0, note: () => undefined }

/** The one that was first met goes first. */
function makeRoom(map: Map<string, unknown>, max: number): void {
  if (map.size < max) return
  const [oldest] = map.keys()
  if (oldest !== undefined) map.delete(oldest)
}
