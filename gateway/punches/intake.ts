import { z } from 'zod'
import { openAppendLog, type Receipt } from '#platform/append-log.ts'
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
  readonly done: () => void
}

export interface Intake {
  /** Keeps uploads durably, to be filed in the store soon; rejects when the disk does not take them. */
  keep(filings: readonly Filing[]): Promise<void>
  /** Punches that are kept and not filed. */
  punchesKept(): number
  /** Resolves when all that is kept by now is in the store. */
  filed(): Promise<void>
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
 * by the identity of punches, so whatever is filed twice after a crash is there once.
 */
export function createIntake({ folder, store, log, file }: IntakeDeps): Intake {
  const { log: kept, left } = openAppendLog(folder)
  const pending = new Set<Promise<void>>()
  let queue: Entry[] = []
  let punches = 0
  let running: Promise<void> | undefined
  let closing = false
  let hurry = () => {}
  let resting: NodeJS.Timeout | undefined
  /** How many wait for the store to have everything. */
  let asked = 0
  const pause = (ms: number) =>
    new Promise<void>(resolve => {
      const timer = setTimeout(resolve, ms)
      hurry = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const work = async () => {
    while (queue.length > 0) {
      if (asked === 0 && !closing && punches < filePunches) await pause(companyMs)
      const entries = queue.slice(0, countUpTo(queue, filePunches))
      queue = queue.slice(entries.length)
      const failed = await fileEntries(entries)
      punches -= punchesIn(entries) - punchesIn(failed)
      if (failed.length === 0) continue
      queue.push(...failed)
      if (closing) return
      await pause(againMs)
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
    const results = await file(entries.flatMap(({ filings }) => filings.map(({ batch }) => batch)))
    let at = 0
    return entries.flatMap(entry => {
      const failed = entry.filings.filter(({ batch, filed }) => {
        const result = results[at++]
        if (result?.status === 'fulfilled') filed(result.value)
        else
          log.error({ err: result?.reason, sn: batch.device.sn }, 'filing punches failed; it is tried again')
        return result?.status !== 'fulfilled'
      })
      if (failed.length > 0) return [{ ...entry, filings: failed }]
      kept.release(entry.receipt)
      entry.done()
      return []
    })
  }

  return {
    async keep(filings) {
      const receipt = await kept.append(encodeIntake(filings.map(({ batch }) => batch)))
      const { promise, resolve } = Promise.withResolvers<void>()
      pending.add(promise)
      const entry = {
        receipt,
        filings,
        done: () => {
          pending.delete(promise)
          resolve()
        },
      }
      queue.push(entry)
      punches += punchesIn([entry])
      if (punches >= filePunches) hurry()
      wake()
    },
    punchesKept: () => punches,
    async filed() {
      asked += 1
      hurry()
      await Promise.all(pending)
      asked -= 1
    },
    async recover() {
      if (left.tornBytes > 0)
        log.warn(
          { bytes: left.tornBytes },
          'an upload was cut while it was kept; its terminal sends it again',
        )
      try {
        for (const text of left.texts) await fileLeft({ store, file }, text)
      } catch (error) {
        log.error(
          { err: error },
          'punches that were kept could not be filed; their files stay for the next start',
        )
        return
      }
      if (left.texts.length > 0)
        log.info({ groups: left.texts.length }, 'filed what was kept at the last stop')
      await left.remove()
    },
    async close() {
      closing = true
      clearTimeout(resting)
      hurry()
      await running
      await kept.close()
    },
  }
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

/** The same read again; throws on a line of another release's columns or of nobody's. */
export function decodeIntake(line: string): { sn: string; punches: ReadPunch[] }[] {
  const { columns, batches } = Line.parse(JSON.parse(line))
  if (columns.join() !== punchColumns.join())
    throw new Error(`Kept punches have the columns ${columns.join()}`)
  return batches.map(({ sn, rows }) => ({
    sn,
    // The columns are those of a punch, as just compared, and their values were one when they were written.
    punches: rows.map(
      row => Object.fromEntries(row.map((value, at) => [columns[at], value])) as unknown as ReadPunch,
    ),
  }))
}
