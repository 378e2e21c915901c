import type { Clock } from '#platform/clock.ts'
import type { Store, Write } from '../store/index.ts'
import { recordEvents } from '../webhooks/outbox.ts'
import { createGathering } from './gather.ts'
import { createListeners, type Listeners } from './listeners-known.ts'
import { appendBatches, type PunchBatch, type Recorded, recordBatches } from './record-punches.ts'

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

interface RecorderDeps {
  readonly store: Pick<Store, 'write' | 'changes' | 'append'>
  readonly clock: Pick<Clock, 'now'>
}

type Recording = RecorderDeps & { readonly listeners: Listeners }

const uploadsMax = 200
/** Neighbours of a huge batch do not wait for each other's lines too. */
const punchesMax = 5000
/** From here on a commit is worth its wait for the disk. */
const heavyPunches = 200

/**
 * Puts uploads that arrive while a commit is under way into one next transaction: alone, an upload waits for nobody;
 * in a storm the disk is asked once for many. If a group fails, each upload is tried by itself, so that one bad upload
 * never takes its neighbours down.
 */
export function createRecorder({ store, clock }: RecorderDeps): Recorder {
  const deps: Recording = { store, clock, listeners: createListeners(store) }
  let waiting: Queued[] = []
  let running = false
  const gathering = createGathering()
  const start = async (group: readonly Queued[]) => {
    await commit(deps, group)
    gathering.done(group.length, waiting.length)
  }
  const drain = async () => {
    running = true
    let last = Promise.resolve()
    while (waiting.length > 0) {
      await gathering.ready(() => waiting.length)
      const group = waiting.slice(0, groupSize(waiting))
      waiting = waiting.slice(group.length)
      const before = last
      last = start(group)
      // The next group is on its way to the writer while it is busy with this one; small ones had better join.
      await (punchesIn(group) >= heavyPunches ? before : last)
    }
    await last
    running = false
    if (waiting.length > 0) void drain()
  }
  const enqueue = (queued: Queued) => {
    waiting.push(queued)
    gathering.arrived(waiting.length)
    if (!running) void drain()
  }
  return {
    grouped: job => new Promise((resolve, reject) => enqueue({ job, resolve, reject })),
    record: batch => new Promise((resolve, reject) => enqueue({ batch, resolve, reject })),
  }
}

function punchesIn(group: readonly Queued[]): number {
  return group.reduce((punches, queued) => punches + punchesOf(queued), 0)
}

function punchesOf(queued: Queued): number {
  return 'batch' in queued ? queued.batch.punches.length : 0
}

/** As many as may share a transaction; at least one. */
function groupSize(waiting: readonly Queued[]): number {
  let punches = 0
  const full = waiting.slice(0, uploadsMax).findIndex((queued, index) => {
    punches += punchesOf(queued)
    return index > 0 && punches > punchesMax
  })
  return full < 0 ? Math.min(waiting.length, uploadsMax) : full
}

async function commit(deps: Recording, group: readonly Queued[]): Promise<void> {
  try {
    const batches = batchesOf(group)
    const appended =
      batches.length === group.length ? await appendBatches(deps.store, batches, deps.listeners.none) : null
    const results = appended ?? (await deps.store.write(write => runAll(deps, write, group)))
    for (const [index, { resolve }] of group.entries()) resolve(results[index] as never) // as its own part gave it
  } catch (error) {
    if (group.length === 1) {
      group[0]?.reject(error)
      return
    }
    for (const queued of group) await commit(deps, [queued])
  }
}

async function runAll(deps: Recording, write: Write, group: readonly Queued[]): Promise<unknown[]> {
  const batches = batchesOf(group)
  const heard = batches.length > 0 && (await deps.listeners.any(write))
  const recorded = await recordBatches(write, batches, heard)
  await recordEvents(
    write,
    recorded.flatMap(({ events }) => events),
    deps.clock,
  )
  const results: unknown[] = []
  // One after the other: what one writes the next may read.
  for (const queued of group) results.push('job' in queued ? await queued.job(write) : recorded.shift())
  return results
}

function batchesOf(group: readonly Queued[]): PunchBatch[] {
  return group.flatMap(queued => ('batch' in queued ? [queued.batch] : []))
}
