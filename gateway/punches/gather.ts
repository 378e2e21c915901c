import { setImmediate as turn } from 'node:timers/promises'

/** Longest time an upload waits for company. */
const waitMs = 1
/** After a pause nobody is expected. */
const forgetMs = 5

export interface Gathering {
  /** Something came; `waiting` of it now. */
  arrived(waiting: number): void
  /** Resolves when a group should start: at once for somebody alone, else when those of the last round are back. */
  ready(waiting: () => number): Promise<void>
  /** A group of that size is done. */
  done(size: number, waiting: number): void
}

/**
 * Says when a group commit should start. Terminals that have just been answered mostly send the next upload at once;
 * a group that starts without them commits half as many for the same wait for the disk. So the size of the last round
 * is waited for, a millisecond at most and only in a storm.
 */
export function createGathering(): Gathering {
  let expected = 1
  let endedAt = 0
  let enough: (() => void) | undefined
  return {
    arrived(waiting) {
      if (waiting >= expected) enough?.()
    },
    async ready(waiting) {
      if (performance.now() - endedAt > forgetMs) expected = 1
      if (waiting() < expected) {
        await new Promise<void>(resolve => {
          const timer = setTimeout(resolve, waitMs)
          enough = () => {
            clearTimeout(timer)
            resolve()
          }
        })
        enough = undefined
      }
      // Whatever the network has already delivered comes along.
      await turn()
    },
    done(size, waiting) {
      expected = size + waiting
      endedAt = performance.now()
    },
  }
}
