import type { Store, Write } from '../store/index.ts'

type Job<R> = (write: Write) => Promise<R>

interface Queued {
  readonly job: Job<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

const jobsMax = 64

/**
 * Puts uploads that arrive while a commit is under way into one next transaction: alone, an upload waits for nobody;
 * in a storm the disk is asked once for many. If a group fails, each job is tried by itself, so that one bad upload
 * never takes its neighbours down.
 */
export function createGroupCommit(store: Pick<Store, 'write'>): <R>(job: Job<R>) => Promise<R> {
  let waiting: Queued[] = []
  let running = false
  const drain = async () => {
    running = true
    while (waiting.length > 0) {
      const group = waiting.slice(0, jobsMax)
      waiting = waiting.slice(jobsMax)
      await commit(store, group)
    }
    running = false
  }
  return <R>(job: Job<R>) =>
    new Promise<R>((resolve, reject) => {
      waiting.push({ job, resolve: resolve as (value: unknown) => void, reject })
      if (!running) void drain()
    })
}

async function commit(store: Pick<Store, 'write'>, group: readonly Queued[]): Promise<void> {
  try {
    const results = await store.write(async write => {
      const done: unknown[] = []
      for (const { job } of group) done.push(await job(write))
      return done
    })
    for (const [index, { resolve }] of group.entries()) resolve(results[index])
  } catch (error) {
    if (group.length === 1) {
      group[0]?.reject(error)
      return
    }
    for (const queued of group) await commit(store, [queued])
  }
}
