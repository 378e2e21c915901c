import type { Clock } from '#platform/clock.ts'
import type { Logger } from '#platform/logger.ts'
import type { ProxyStore } from '../store/index.ts'

export interface SeenCallbacks {
  /** True if this id was taken before; otherwise it counts as taken from now on. */
  take(id: string): Promise<boolean>
  /** Gives an id back: its callback failed and will come again. */
  giveBack(id: string): void
  /** Writes what is not written yet. */
  flush(): Promise<void>
}

interface SeenDeps {
  readonly db: ProxyStore
  readonly clock: Clock
  readonly log: Logger
}

const rememberedMax = 50_000
const writeEveryMs = 250
const rowsPerWrite = 300
const pruneEveryMs = 60 * 60 * 1000
/** Gateways try for three days; an id older than that does not come back. */
const keptMs = 4 * 24 * 60 * 60 * 1000

/**
 * Ids of callbacks already heard. Memory answers first; the table answers for what came before the last start, and
 * is written in batches behind the reply: a crash costs at most one repeated piece of news, not a commit per punch.
 */
export function createSeenCallbacks({ db, clock, log }: SeenDeps): SeenCallbacks {
  const remembered = new Set<string>()
  let unwritten = new Map<string, number>()
  let writing: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let prunedAt = clock.now()

  const write = async () => {
    const rows = [...unwritten].map(([id, seen_at]) => ({ id, seen_at }))
    unwritten = new Map()
    for (let at = 0; at < rows.length; at += rowsPerWrite) {
      const some = rows.slice(at, at + rowsPerWrite)
      await db.write(trx =>
        trx
          .insertInto('callback_seen')
          .values(some)
          .onConflict(conflict => conflict.doNothing())
          .execute(),
      )
    }
    if (clock.now() - prunedAt < pruneEveryMs) return
    prunedAt = clock.now()
    await db.write(trx =>
      trx
        .deleteFrom('callback_seen')
        .where('seen_at', '<', prunedAt - keptMs)
        .execute(),
    )
  }
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    writing = writing.then(write).catch(error => log.error({ err: error }, 'ids of callbacks not written'))
    return writing
  }
  return {
    async take(id) {
      if (remembered.has(id)) return true
      remembered.add(id)
      const oldest = remembered.values().next().value
      if (remembered.size > rememberedMax && oldest !== undefined) remembered.delete(oldest)
      const row = await db.read
        .selectFrom('callback_seen')
        .select('id')
        .where('id', '=', id)
        .executeTakeFirst()
        .catch(() => undefined)
      if (row) return true
      unwritten.set(id, clock.now())
      timer ??= setTimeout(flush, writeEveryMs)
      return false
    },
    giveBack(id) {
      remembered.delete(id)
      unwritten.delete(id)
    },
    flush,
  }
}
