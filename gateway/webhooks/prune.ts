import { sql } from 'kysely'
import type { Store } from '../store/index.ts'
import { readRetention } from '../store/webhook-retention.ts'
import { pruneFigures } from './stats.ts'

export const deliveredKeptMs = 7 * 86_400_000
export const parkedKeptMs = 30 * 86_400_000
const figuresKeptMs = 8 * 86_400_000
const chunk = 500

/**
 * Removes events all of whose deliveries were made, after 7 days, and parked ones after 30, or what was set;
 * deliveries and attempts go with them. What still waits for an active receiver stays however old it is: the gateway may have been switched
 * off for a holiday. Walks by id in small transactions, so that nobody waits for it. Answers how many events went.
 */
export async function pruneOutbox(store: Store, now: number, signal?: AbortSignal): Promise<number> {
  const { deliveredMs, parkedMs } = await readRetention(store.read)
  await store.write(async write => {
    await pruneFigures(write, now - figuresKeptMs)
    // Lanes of replays and of events set aside are used once.
    await write.deleteFrom('lane').where('due_at', 'is', null).where('lane', 'like', '%~%').execute()
  })
  let after = 0
  let removed = 0
  while (!signal?.aborted) {
    const rows = await store.read
      .selectFrom('outbox')
      .select(['id', 'occurred_at'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(chunk)
      .execute()
    const old = rows.filter(row => row.occurred_at < now - deliveredMs)
    const last = old.at(-1)
    if (!last) return removed
    const from = after
    const { numAffectedRows } = await store.write(trx =>
      sql`delete from outbox where id > ${from} and id <= ${last.id} and (
        (occurred_at < ${now - deliveredMs} and not exists (
          select 1 from delivery d where d.outbox_id = outbox.id and d.state <> 'delivered'))
        or (occurred_at < ${now - parkedMs} and not exists (
          select 1 from delivery d join subscription s on s.id = d.subscription_id
          where d.outbox_id = outbox.id and d.state = 'pending' and s.state = 'Active')))`.execute(trx),
    )
    removed += Number(numAffectedRows ?? 0)
    if (old.length < rows.length) return removed
    after = last.id
  }
  return removed
}
