import type { CommandRow } from '../store/commands.ts'
import type { Write } from '../store/index.ts'
import { enqueueIn } from './enqueue.ts'

type Deps = Parameters<typeof enqueueIn>[0]

const askedBy = 'read-back'
const dayMs = 86_400_000

/** Tables of an access terminal whose rows are counted, and the counter of INFO each stands for (iclock-push 6.1, 10.3). */
export const countedTables: Readonly<Record<string, 'users' | 'fingerprints' | 'punches'>> = {
  user: 'users',
  templatev10: 'fingerprints',
  transaction: 'punches',
}

/**
 * An attendance terminal that answers a ping says how much it holds; an access terminal says that it is there and no
 * more, so that it is asked beside (iclock-push 12.3). Not while it is being asked, and not again within a day of a
 * refusal: some firmware knows no counts. Runs in the transaction that settles the ping.
 */
export async function askCounts(deps: Deps, write: Write, ping: CommandRow): Promise<void> {
  if (ping.kind !== 'device.ping') return
  const inTheWay = await write
    .selectFrom('command')
    .select('id')
    .where('sn', '=', ping.sn)
    .where('kind', '=', 'read.count')
    .where(({ or, and, eb }) =>
      or([
        eb('state', 'in', ['queued', 'sent']),
        and([eb('state', '=', 'failed'), eb('created_at', '>', deps.clock.now() - dayMs)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst()
  if (inTheWay) return
  for (const table of Object.keys(countedTables))
    await enqueueIn(deps, write, {
      sn: ping.sn,
      kind: 'read.count',
      payload: { table },
      actor: askedBy,
      key: null,
    })
}
