import type { Clock } from '#platform/clock.ts'
import type { Store, Write } from '../store/index.ts'
import { recordEvents } from '../webhooks/outbox.ts'
import { listenersKnown } from './listeners-known.ts'
import { type PunchBatch, type Recorded, recordBatches } from './record-punches.ts'

type Job = (write: Write) => Promise<unknown>

type Queued = {
  readonly resolve: (value: never) => void
  readonly reject: (error: unknown) => void
} & ({ readonly job: Job } | { readonly batch: PunchBatch })

export interface Recorder {
  /** Runs a write together with others that arrive at the same time. */
  grouped<R>(job: (write: Write) => Promise<R>): Promise<R>
  /** The same for an upload that is nothing but punches: the cheapest way there is, with their events. */
  record(batch: PunchBatch): Promise<Recorded>
}

type RecorderDeps = { readonly store: Pick<Store, 'write' | 'changes'>; readonly clock: Pick<Clock, 'now'> }

const uploadsMax = 64
/** Neighbours of a huge batch do not wait for each other's lines too. */
const punchesMax = 5000

/**
 * Puts uploads that arrive while a commit is under way into one next transaction: alone, an upload waits for nobody;
 * in a storm the disk is asked once for many. If a group fails, each upload is tried by itself, so that one bad upload
 * never takes its neighbours down.
 */
export function createRecorder(deps: RecorderDeps): Recorder {
  let waiting: Queued[] = []
  let running = false
  const drain = async () => {
    running = true
    while (waiting.length > 0) {
      const group = waiting.slice(0, groupSize(waiting))
      waiting = waiting.slice(group.length)
      await commit(deps, group)
    }
    running = false
  }
  const enqueue = (queued: Queued) => {
    waiting.push(queued)
    if (!running) void drain()
  }
  return {
    grouped: job => new Promise((resolve, reject) => enqueue({ job, resolve, reject })),
    record: batch => new Promise((resolve, reject) => enqueue({ batch, resolve, reject })),
  }
}

/** As many as may share a transaction; at least one. */
function groupSize(waiting: readonly Queued[]): number {
  let punches = 0
  const full = waiting.slice(0, uploadsMax).findIndex((queued, index) => {
    punches += 'batch' in queued ? queued.batch.punches.length : 0
    return index > 0 && punches > punchesMax
  })
  return full < 0 ? Math.min(waiting.length, uploadsMax) : full
}

async function commit(deps: RecorderDeps, group: readonly Queued[]): Promise<void> {
  try {
    const results = await deps.store.write(write => runAll(deps, write, group))
    for (const [index, { resolve }] of group.entries()) resolve(results[index] as never) // as its own part gave it
  } catch (error) {
    if (group.length === 1) {
      group[0]?.reject(error)
      return
    }
    for (const queued of group) await commit(deps, [queued])
  }
}

async function runAll(deps: RecorderDeps, write: Write, group: readonly Queued[]): Promise<unknown[]> {
  const batches = group.flatMap(queued => ('batch' in queued ? [queued.batch] : []))
  const heard = batches.length > 0 && (await listenersKnown(deps.store, write))
  const last = batches.length === group.length && !heard
  const recording = recordBatches(write, batches, { heard, last }).then(async recorded => {
    await recordEvents(
      write,
      recorded.flatMap(({ events }) => events),
      deps.clock,
    )
    return recorded
  })
  // Side by side, so that what they have in common can be one statement (store/batched.ts); all have to end before
  // the transaction does, even when one has failed.
  const ends = await Promise.allSettled([
    recording,
    ...group.map(queued => ('job' in queued ? queued.job(write) : null)),
  ])
  const [recorded, ...results] = ends.map(end => {
    if (end.status === 'rejected') throw end.reason
    return end.value
  })
  const inOrder = [...(recorded as Recorded[])]
  return group.map((queued, index) => ('batch' in queued ? inOrder.shift() : results[index]))
}
