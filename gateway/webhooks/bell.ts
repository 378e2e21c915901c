import type { Clock } from '#platform/clock.ts'

export interface Bell {
  /** Wakes whoever waits, or lets the next wait return at once. */
  ring(): void
  isRung(): boolean
  /** Resolves when rung or after `ms`, and is silent again. */
  wait(clock: Clock, ms: number): Promise<void>
}

export function createBell(): Bell {
  let rung = false
  let wake = () => {}
  return {
    ring() {
      rung = true
      wake()
    },
    isRung: () => rung,
    async wait(clock, ms) {
      if (!rung) {
        const done = new AbortController()
        const heard = new Promise<void>(resolve => {
          wake = resolve
        })
        await Promise.race([heard, clock.sleep(ms, done.signal)])
        done.abort()
      }
      rung = false
    },
  }
}
