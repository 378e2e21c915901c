import type { GatewayDeps } from '../deps.ts'
import { applyHappening } from './settle.ts'

/** Takes back everything that waits for a terminal; answers how many. What was handed over goes on. */
export async function cancelQueued(deps: GatewayDeps, sn: string): Promise<number> {
  const cleared = await deps.store.write(async write => {
    const queued = await write
      .selectFrom('command')
      .selectAll()
      .where('sn', '=', sn)
      .where('state', '=', 'queued')
      .execute()
    const states = []
    for (const command of queued)
      states.push(
        await applyHappening(
          deps,
          write,
          command,
          { type: 'cancelled' },
          { error: 'Cancelled before the terminal fetched it' },
        ),
      )
    return states.filter(state => state !== null).length
  })
  deps.wakeDelivery()
  return cleared
}
