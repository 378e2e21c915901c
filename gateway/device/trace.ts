import type { Clock } from '#platform/clock.ts'
import { showBytes } from './protocol/shown-bytes.ts'
import { hideKeys } from './shown-url.ts'

/** One request of a terminal and what it was answered, without secrets. */
export interface Exchange {
  readonly number: number
  readonly at: number
  readonly address: string | null
  readonly request: string
  readonly body: string
  readonly bytes: number
  readonly status: number
  readonly reply: string
  readonly durationMs: number
}

export interface Traces {
  /** Whether the conversation with a terminal is kept; asked at every request. */
  isOn(sn: string): boolean
  /** Keeps it for so long from now on, in milliseconds; 0 stops it and keeps what there is for a while. */
  switchOn(sn: string, ms: number): number | null
  note(sn: string, heard: Heard): void
  read(
    sn: string,
    after: number,
  ): { readonly until: number | null; readonly dropped: number; readonly exchanges: readonly Exchange[] }
  forget(sns: readonly string[]): void
}

export interface Heard {
  readonly method: string
  readonly rawUrl: string
  readonly address: string | null
  readonly body: Uint8Array
  readonly status: number
  readonly reply: string
  readonly durationMs: number
}

const exchangesKept = 300
const terminalsMax = 20
const keptAfterMs = 60 * 60_000

interface Trace {
  until: number
  dropped: number
  next: number
  readonly exchanges: Exchange[]
}

/**
 * The raw conversation with a terminal, kept in memory while somebody looks: the last few hundred exchanges, for
 * minutes, with keys, passwords and templates cut out before they are kept. Nothing of it is ever written.
 */
export function createTraces(clock: Pick<Clock, 'now'>): Traces {
  const traces = new Map<string, Trace>()

  function forgetOld(): void {
    for (const [sn, { until }] of traces) if (clock.now() - until > keptAfterMs) traces.delete(sn)
    const [oldest] = traces.keys()
    if (traces.size > terminalsMax && oldest !== undefined) traces.delete(oldest)
  }

  return {
    isOn(sn) {
      if (traces.size === 0) return false
      const trace = traces.get(sn)
      return trace !== undefined && trace.until > clock.now()
    },
    switchOn(sn, ms) {
      const until = clock.now() + ms
      const known = traces.get(sn)
      if (known) known.until = until
      else if (ms > 0) traces.set(sn, { until, dropped: 0, next: 1, exchanges: [] })
      forgetOld()
      return ms > 0 ? until : null
    },
    note(sn, heard) {
      const trace = traces.get(sn)
      if (!trace) return
      trace.exchanges.push({
        number: trace.next,
        at: clock.now(),
        address: heard.address,
        request: `${heard.method} ${hideKeys(heard.rawUrl)}`.slice(0, 2000),
        body: showBytes(heard.body),
        bytes: heard.body.length,
        status: heard.status,
        reply: showBytes(Buffer.from(heard.reply)),
        durationMs: Math.round(heard.durationMs * 10) / 10,
      })
      trace.next += 1
      if (trace.exchanges.length <= exchangesKept) return
      trace.exchanges.shift()
      trace.dropped += 1
    },
    read(sn, after) {
      const trace = traces.get(sn)
      if (!trace) return { until: null, dropped: 0, exchanges: [] }
      return {
        until: trace.until > clock.now() ? trace.until : null,
        dropped: trace.dropped,
        exchanges: trace.exchanges.filter(({ number }) => number > after),
      }
    },
    forget(sns) {
      for (const sn of sns) traces.delete(sn)
    },
  }
}
