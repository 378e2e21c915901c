import { z } from 'zod'
import { openAppendLog, type Receipt } from '#platform/append-log.ts'
import { holdFolder } from '#platform/hold-folder.ts'
import type { Logger } from '#platform/logger.ts'
import { findDevice } from '../store/devices.ts'
import type { Store } from '../store/index.ts'
import type { ReadPunch } from './interpret.ts'
import { type PunchBatch, punchColumns, type Recorded } from './record-punches.ts'

/** An upload on its way into the store. */
export interface Filing {
  readonly batch: PunchBatch
  /** To be told when it is there, and what of it was new. */
  readonly filed: (recorded: Recorded) => void
}

interface Entry {
  readonly receipt: Receipt
  readonly filings: readonly Filing[]
  /** Counts up as they are kept. */
  readonly number: number
}

export interface Intake {
  /** Keeps uploads durably, to be filed in the store soon; rejects when the disk does not take them. */
  keep(filings: readonly Filing[]): Promise<void>
  /** Punches that are kept and not filed. */
  punchesKept(): number
  /** Whether something of this terminal is kept and not filed. */
  holds(sn: string): boolean
  /** Resolves when all that is kept by now is in the store, or after `mostMs`. */
  filed(mostMs: number): Promise<void>
  /** Resolves when the store has taken some of it, or after `mostMs`. */
  progress(mostMs: number): Promise<void>
  /** Files what an earlier process has kept and not filed. */
  recover(): Promise<void>
  /** Files what is kept; what the store does not take stays for the next start. */
  close(): Promise<void>
}

interface IntakeDeps {
  readonly folder: string
  readonly store: Pick<Store, 'read'>
  readonly log: Pick<Logger, 'error' | 'warn' | 'info'>
  /** Writes them into the store together; answers in their order, each its own error where it failed. */
  readonly file: (batches: readonly PunchBatch[]) => Promise<PromiseSettledResult<Recorded>[]>
}

/** Punches a transaction: large, because its indexes are touched in as many places for a thousand as for ten. */
const filePunches = 1000
/** Fewer wait so long for company: waking the writer for each costs more than filing it. */
const companyMs = 25
/** What the store did not take is tried again. */
const againMs = 1000
/** The storm is over. What has been filed is not left lying here: somebody may erase it from the store. */
const restMs = 1000

/**
 * What stands before the store while uploads come faster than their indexes can be kept: one line in a file that only
 * grows makes them durable, and the store takes them in a moment later in large pieces (ADR 44). Filing is idempotent
 * by the identity of punches, so whatever is filed twice after a crash is there once. Null where another process has the
 * folder: what lies there is not ours.
 */
export function createIntake({ folder, store, log, file }: IntakeDeps): Intake | null {
  const letGo = holdFolder(folder)
  if (letGo === null) {
    log.error({ folder }, 'another process uses this folder; uploads wait for the store here')
    return null
  }
  const { log: kept, left } = openAppendLog(folder)
  const backlog = createBacklog()
  let queue: Entry[] = []
  let running: Promise<void> | undefined
  let closing = false
  let hurry = () => {}
  let giveUp = () => {}
  let resting: NodeJS.Timeout | undefined

  const work = async () => {
    while (queue.length > 0) {
      if (!backlog.isAsked() && !closing && backlog.punches() < filePunches)
        await new Promise<void>(resolve => {
          hurry = endingAfter(companyMs, resolve)
        })
      const entries = queue.slice(0, countUpTo(queue, filePunches))
      queue = queue.slice(entries.length)
      const failed = await fileEntries(entries)
      if (failed.length === 0) continue
      // What comes later of the same terminal is filed later.
      queue.unshift(...failed)
      if (closing) return
      await new Promise<void>(resolve => {
        giveUp = endingAfter(againMs, resolve)
      })
    }
  }

  const wake = () => {
    running ??= work().finally(() => {
      running = undefined
      if (queue.length > 0 && !closing) wake()
      resting ??= setTimeout(() => {
        resting = undefined
        if (queue.length === 0)
          kept.rest().catch(error => log.error({ err: error }, 'a file of the intake stays'))
      }, restMs).unref()
    })
  }

  /** Answers what has to be tried again. */
  const fileEntries = async (entries: readonly Entry[]): Promise<Entry[]> => {
    const filings = entries.flatMap(entry => entry.filings)
    const there = await presentOf(store, filings)
    // A terminal that was removed meanwhile took its punches with it.
    const known = filings.filter(({ batch }) => there.has(batch.device.sn))
    const results = await file(known.map(({ batch }) => batch))
    const refused = new Set<Filing>()
    for (const [at, filing] of known.entries()) {
      const result = results[at]
      if (result?.status === 'fulfilled') tell(filing, result.value)
      else {
        refused.add(filing)
        const { sn } = filing.batch.device
        log.error({ err: result?.reason, sn }, 'filing punches failed; it is tried again')
      }
    }
    return entries.flatMap(entry => {
      const failed = entry.filings.filter(filing => refused.has(filing))
      backlog.filed(
        entry.number,
        entry.filings.filter(filing => !refused.has(filing)),
        failed.length === 0,
      )
      if (failed.length > 0) return [{ ...entry, filings: failed }]
      kept.release(entry.receipt)
      return []
    })
  }

  const tell = ({ filed }: Filing, recorded: Recorded) => {
    try {
      filed(recorded)
    } catch (error) {
      log.error({ err: error }, 'what follows from filed punches failed')
    }
  }

  return {
    async keep(filings) {
      const receipt = await kept.append(encodeIntake(filings.map(({ batch }) => batch)))
      queue.push({ receipt, filings, number: backlog.kept(filings) })
      if (backlog.punches() >= filePunches) hurry()
      wake()
    },
    punchesKept: backlog.punches,
    holds: backlog.holds,
    filed(mostMs) {
      hurry()
      return backlog.empty(mostMs)
    },
    progress: backlog.progress,
    async recover() {
      if (left.tornBytes > 0)
        log.warn(
          { bytes: left.tornBytes },
          'an upload was cut while it was kept; its terminal sends it again',
        )
      let unfiled = 0
      for (const text of left.texts)
        await fileLeft({ store, file }, text).catch(error => {
          unfiled += 1
          log.error(
            { err: error },
            'punches that were kept could not be filed; their file stays for the next start',
          )
        })
      if (left.texts.length > 0)
        log.info({ groups: left.texts.length, unfiled }, 'filed what was kept at the last stop')
      if (unfiled === 0)
        await left
          .remove()
          .catch(error => log.error({ err: error }, 'a file of the intake stays, and is read again'))
    },
    async close() {
      closing = true
      clearTimeout(resting)
      hurry()
      giveUp()
      await running
      await kept.close()
      letGo()
    },
  }
}

/** Calls `done` after a while; what it answers ends the wait at once. */
function endingAfter(ms: number, done: () => void): () => void {
  const timer = setTimeout(done, ms)
  return () => {
    clearTimeout(timer)
    done()
  }
}

interface Waiter {
  readonly through: number
  left: number
  readonly done: () => void
}

/** What is kept and not filed, by number and by terminal, and who waits for it. */
function createBacklog() {
  const open = new Set<number>()
  const uploads = new Map<string, number>()
  const waiters = new Set<Waiter>()
  const ofProgress = new Set<() => void>()
  let last = 0
  let punches = 0
  const count = (filings: readonly Filing[], by: 1 | -1) => {
    for (const { batch } of filings) {
      const { sn } = batch.device
      punches += by * batch.punches.length
      const now = (uploads.get(sn) ?? 0) + by
      if (now > 0) uploads.set(sn, now)
      else uploads.delete(sn)
    }
  }
  return {
    punches: () => punches,
    holds: (sn: string) => uploads.has(sn),
    isAsked: () => waiters.size > 0,
    /** Answers its number. */
    kept(filings: readonly Filing[]): number {
      count(filings, 1)
      last += 1
      open.add(last)
      return last
    },
    filed(number: number, filings: readonly Filing[], isDone: boolean): void {
      count(filings, -1)
      if (filings.length > 0) for (const end of ofProgress) end()
      if (!isDone || !open.delete(number)) return
      for (const waiter of waiters)
        if (number <= waiter.through) {
          waiter.left -= 1
          if (waiter.left === 0) waiter.done()
        }
    },
    progress(mostMs: number): Promise<void> {
      return new Promise(resolve => {
        const end = endingAfter(mostMs, () => {
          ofProgress.delete(end)
          resolve()
        })
        ofProgress.add(end)
      })
    },
    empty(mostMs: number): Promise<void> {
      if (open.size === 0) return Promise.resolve()
      return new Promise(resolve => {
        const end = endingAfter(mostMs, () => {
          waiters.delete(waiter)
          resolve()
        })
        const waiter: Waiter = { through: last, left: open.size, done: end }
        waiters.add(waiter)
      })
    },
  }
}

/** Which of their terminals are still there. */
async function presentOf(
  store: IntakeDeps['store'],
  filings: readonly Filing[],
): Promise<ReadonlySet<string>> {
  const sns = [...new Set(filings.map(({ batch }) => batch.device.sn))]
  const rows = await store.read.selectFrom('device').select('sn').where('sn', 'in', sns).execute()
  return new Set(rows.map(({ sn }) => sn))
}

function punchesIn(entries: readonly Entry[]): number {
  let punches = 0
  for (const { filings } of entries) for (const { batch } of filings) punches += batch.punches.length
  return punches
}

/** How many entries hold at most so many punches; at least one. */
function countUpTo(entries: readonly Entry[], most: number): number {
  let punches = 0
  const full = entries.findIndex((entry, index) => {
    punches += punchesIn([entry])
    return index > 0 && punches > most
  })
  return full < 0 ? entries.length : full
}

async function fileLeft({ store, file }: Pick<IntakeDeps, 'store' | 'file'>, text: string): Promise<void> {
  const batches: PunchBatch[] = []
  for (const { sn, punches } of decodeIntake(text)) {
    // A terminal that was removed took its punches with it.
    const device = await findDevice(store.read, sn)
    if (device) batches.push({ device, punches })
  }
  const results = await file(batches)
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

const Line = z.object({
  columns: z.array(z.string()),
  batches: z.array(
    z.object({ sn: z.string(), rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))) }),
  ),
})

/** Uploads as one line of JSON, rows under their column names. */
export function encodeIntake(batches: readonly PunchBatch[]): string {
  return JSON.stringify({
    columns: [...punchColumns],
    batches: batches.map(({ device, punches }) => ({
      sn: device.sn,
      rows: punches.map(punch => punchColumns.map(name => punch[name])),
    })),
  } satisfies z.input<typeof Line>)
}

/** What a punch may be without: a line of a release that did not know these yet is whole all the same. */
const optional = [
  'status',
  'verify',
  'work_code',
  'temperature',
  'mask',
  'clock_skew_ms',
] as const satisfies readonly (keyof ReadPunch)[]
const blank = Object.fromEntries(optional.map(name => [name, null]))

/**
 * The same read again, by the names of its columns: those this release does not know are left out, and of those the
 * line does not have, only such may be missing as a punch need not have. Throws on any other line.
 */
export function decodeIntake(line: string): { sn: string; punches: ReadPunch[] }[] {
  const { columns, batches } = Line.parse(JSON.parse(line))
  const missing = punchColumns.filter(name => !columns.includes(name) && !(name in blank))
  if (missing.length > 0) throw new Error(`Kept punches lack the columns ${missing.join()}`)
  const known = new Set<string>(punchColumns)
  return batches.map(({ sn, rows }) => ({
    sn,
    // The columns are those of a punch, as just compared, and their values were one when they were written.
    punches: rows.map(row => {
      const values = columns.flatMap((name, at) => (known.has(name) ? [[name, row[at] ?? null]] : []))
      return { ...blank, ...Object.fromEntries(values) } as unknown as ReadPunch
    }),
  }))
}
