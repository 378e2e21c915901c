import { performance } from 'node:perf_hooks'

/** Pauses between pieces of work that can wait, so that what cannot has the processor and the writer. */
export interface Breath {
  /** Waits a while after a piece that took `tookMs`: not at all while the process is idle or somebody waits. */
  take(tookMs: number): Promise<void>
  /** Somebody waits: no pause begins, and the one under way ends, until `work` has ended. */
  without<T>(work: () => Promise<T>): Promise<T>
}

/** Above this share of a core spent by the main thread there is something to make way for. */
const busyShare = 0.25
/** A quarter of the time is worked then. */
const pausePerWork = 3
const pauseMaxMs = 500

/** `share`: of a core, since it was asked last. */
export function createBreath(share: () => number = sinceLast()): Breath {
  let waiting = 0
  let wake = () => {}
  return {
    async take(tookMs) {
      const isBusy = share() > busyShare
      if (!isBusy || waiting > 0) return
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, Math.min(pauseMaxMs, tookMs * pausePerWork))
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    },
    async without(work) {
      waiting += 1
      wake()
      try {
        return await work()
      } finally {
        waiting -= 1
      }
    },
  }
}

function sinceLast(): () => number {
  let last = performance.eventLoopUtilization()
  return () => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, last)
    last = now
    return utilization
  }
}
