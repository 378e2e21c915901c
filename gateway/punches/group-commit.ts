import { setImmediate as turn } from 'node:timers/promises'
import type { Clock } from '#platform/clock.ts'
import type { Logger } from '#platform/logger.ts'
import { isErasing } from '../people/deletions.ts'
import type { Store, Write } from '../store/index.ts'
import { recordEvents } from '../webhooks/outbox.ts'
import { createGathering } from './gather.ts'
import { createIntake, type Filing, type Intake } from './intake.ts'
import { createListeners, type Listeners } from './listeners-known.ts'
import { appendBatches, type PunchBatch, type Recorded, recordBatches } from './record-punches.ts'

type Job = (write: Write) => Promise<unknown>

type Queued = {
  readonly resolve: (value: never) => void
  readonly reject: (error: unknown) => void
} & ({ readonly job: Job } | { readonly batch: PunchBatch })

export interface Recorder {
  /**
   * Runs a write together with others that arrive at the same time; behind what is acknowledged of the terminal `sn`,
   * and behind everything while somebody is being erased.
   */
  grouped<R>(sn: string, job: (write: Write) => Promise<R>): Promise<R>
  /**
   * The same for an upload that is nothing but punches: the cheapest way there is, with their events. Resolves when
   * they are kept for good, mostly in the store; in a storm in the intake's file, and `filed` hears of the store later.
   */
  record(batch: PunchBatch, filed: Filing['filed']): Promise<void>
}

/** What stands before the store in a storm, as far as others have to know of it. */
export interface Filed {
  /** Resolves when the store has all that was acknowledged by now, or after `mostMs`. */
  filed(mostMs: number): Promise<void>
  /** Punches acknowledged and not in the store yet. */
  punchesKept(): number
  /** Takes in what an earlier process has acknowledged and not filed; before anything else comes. */
  recover(): Promise<void>
  close(): Promise<void>
}

interface RecorderDeps {
  readonly store: Pick<Store, 'read' | 'write' | 'changes' | 'append'>
  readonly clock: Pick<Clock, 'now'>
  readonly log: Pick<Logger, 'error' | 'warn' | 'info'>
}

type Recording = RecorderDeps & { readonly listeners: Listeners }

const uploadsMax = 200
/** Neighbours of a huge batch do not wait for each other's lines too. */
const punchesMax = 5000
/** From here on a commit is worth its wait for the disk. */
const heavyPunches = 200
/** So many uploads at once are a storm. */
const stormUploads = 4
/** Punches the intake holds at most; then uploads wait for room. Some 100 MB. */
const keptMax = 100_000

/**
 * Puts uploads that arrive while a commit is under way into one next transaction: alone, an upload waits for nobody;
 * in a storm the disk is asked once for many. If a group fails, each upload is tried by itself, so that one bad upload
 * never takes its neighbours down.
 */
export function createRecorder(given: RecorderDeps, folder?: string): Recorder & Filed {
  const deps: Recording = { ...given, listeners: createListeners(given.store) }
  // PostgreSQL serves many at once, and another process may read what is kept.
  const intake =
    folder === undefined || given.store.append === undefined
      ? null
      : createIntake({ ...given, folder, file: batches => fileAll(deps, batches) })
  const enqueue = createGroups(group => commit(deps, group))
  const keep = intake && createKeeping(intake, given.log)
  let uploads = 0
  const direct = (batch: PunchBatch) =>
    new Promise<Recorded>((resolve, reject) => enqueue({ batch, resolve, reject }))
  return {
    async grouped(sn, job) {
      if (intake && (await hasToWait(intake, given.store, sn))) await intake.filed(behindMs)
      return new Promise((resolve, reject) => enqueue({ job, resolve, reject }))
    },
    async record(batch, filed) {
      uploads += 1
      try {
        const isStorm = (intake?.punchesKept() ?? 0) > 0 || uploads >= stormUploads
        if (intake && keep && isStorm && (await hasRoom(intake, batch.punches.length))) {
          if (await keep({ batch, filed })) return
        }
        if (intake?.holds(batch.device.sn)) await intake.filed(behindMs)
        filed(await direct(batch))
      } finally {
        uploads -= 1
      }
    },
    filed: async mostMs => intake?.filed(mostMs),
    punchesKept: () => intake?.punchesKept() ?? 0,
    recover: async () => intake?.recover(),
    close: async () => intake?.close(),
  }
}

/** Whoever comes behind what is acknowledged waits so long for it; a store that refuses it stops nobody else. */
const behindMs = 5_000

/** Waits until the intake has room for so many punches; false where that takes too long. */
async function hasRoom(intake: Intake, punches: number): Promise<boolean> {
  const until = performance.now() + behindMs
  const isFull = () => intake.punchesKept() > 0 && intake.punchesKept() + punches > keptMax
  while (isFull() && performance.now() < until) await intake.progress(until - performance.now())
  return !isFull()
}

async function hasToWait(intake: Intake, store: Pick<Store, 'read'>, sn: string): Promise<boolean> {
  if (intake.punchesKept() === 0) return false
  return intake.holds(sn) || isErasing(store.read)
}

/** Gathers what arrives while a group is under way into the next one. */
function createGroups(commitGroup: (group: readonly Queued[]) => Promise<void>): (queued: Queued) => void {
  let waiting: Queued[] = []
  let running = false
  const gathering = createGathering()
  const start = async (group: readonly Queued[]) => {
    await commitGroup(group)
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
  return queued => {
    waiting.push(queued)
    gathering.arrived(waiting.length)
    if (!running) void drain()
  }
}

/** The same for the intake's file; answers false where the disk has not taken it. */
function createKeeping(intake: Intake, log: Pick<Logger, 'error'>): (filing: Filing) => Promise<boolean> {
  let waiting: { readonly filing: Filing; readonly resolve: (kept: boolean) => void }[] = []
  let running = false
  const drain = async () => {
    running = true
    while (waiting.length > 0) {
      // Whatever the network has already delivered comes along.
      await turn()
      const group = waiting
      waiting = []
      const isKept = await intake.keep(group.map(({ filing }) => filing)).then(
        () => true,
        error => {
          log.error({ err: error }, 'the file of the intake takes nothing; the store has to')
          return false
        },
      )
      for (const { resolve } of group) resolve(isKept)
    }
    running = false
  }
  return filing =>
    new Promise(resolve => {
      waiting.push({ filing, resolve })
      if (!running) void drain()
    })
}

/** Writes uploads together, or one by one where that fails. */
async function fileAll(
  deps: Recording,
  batches: readonly PunchBatch[],
): Promise<PromiseSettledResult<Recorded>[]> {
  const results: Promise<Recorded>[] = []
  const group = batches.map(batch => {
    const { promise, resolve, reject } = Promise.withResolvers<Recorded>()
    results.push(promise)
    return { batch, resolve, reject }
  })
  const settled = Promise.allSettled(results)
  await commit(deps, group)
  return settled
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
