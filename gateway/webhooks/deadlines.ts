import type { Clock } from '#platform/clock.ts'

export interface Deadlines {
  /** Starts one; call `clear` of what it answers when the work is done. */
  start(): Deadline
  /** Ends all work under way; each sees `ended` = 'stopped'. */
  stopAll(): void
  /** Ends the timekeeping itself. */
  close(): void
}

export interface Deadline {
  readonly signal: AbortSignal
  ended(): 'late' | 'stopped' | null
  clear(): void
}

interface Entry {
  readonly at: number
  readonly controller: AbortController
  ended: 'late' | 'stopped' | null
}

/** The same time limit for many pieces of work, with one sleeper for all: the oldest is always the next to be late. */
export function createDeadlines(clock: Clock, limitMs: number): Deadlines {
  const open = new Set<Entry>()
  const closing = new AbortController()
  let watching = false

  const end = (entry: Entry, how: 'late' | 'stopped') => {
    open.delete(entry)
    entry.ended = how
    entry.controller.abort()
  }
  const watch = async () => {
    watching = true
    for (;;) {
      const [oldest] = open
      if (!oldest || closing.signal.aborted) break
      await clock.sleep(Math.max(0, oldest.at - clock.now()), closing.signal)
      for (const entry of open) {
        if (entry.at > clock.now()) break
        end(entry, 'late')
      }
    }
    watching = false
  }
  return {
    start() {
      const entry: Entry = { at: clock.now() + limitMs, controller: new AbortController(), ended: null }
      open.add(entry)
      if (!watching) void watch()
      return {
        signal: entry.controller.signal,
        ended: () => entry.ended,
        clear: () => void open.delete(entry),
      }
    },
    stopAll() {
      for (const entry of [...open]) end(entry, 'stopped')
    },
    close: () => closing.abort(),
  }
}
