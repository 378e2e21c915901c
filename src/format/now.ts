import { useSyncExternalStore } from 'react'
import { serverNow } from '../api/clock.ts'

const tickMs = 1000
let now = serverNow()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

/**
 * A value that depends on the time, e.g. "4 s ago". All ages on a page share one timer, and a component renders
 * again only when what it shows has changed.
 */
export function useTicking<T extends string | number | boolean | null>(read: (now: number) => T): T {
  return useSyncExternalStore(subscribe, () => read(currentTick()))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(tick, tickMs)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick(): void {
  now = serverNow()
  for (const listener of listeners) listener()
}

function currentTick(): number {
  // Nobody listened for a while, or the tab slept: catch up, but not more often than the timer would.
  if (Math.abs(serverNow() - now) > tickMs) now = serverNow()
  return now
}
