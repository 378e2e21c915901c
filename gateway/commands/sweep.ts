import type { GatewayDeps } from '../deps.ts'
import type { Write } from '../store/index.ts'
import { kinds } from './kinds.ts'
import { applyHappening, mayTryAgain } from './settle.ts'

const batchMax = 200
const noAnswer = 'Handed to the terminal; no answer came'

/**
 * Moves commands by the clock, not by the next poll: what nobody took expires, what was taken and never answered
 * becomes unconfirmed or waits for another try. Run often and once at start, so a terminal that never wakes does not
 * keep an order alive. Answers how many changed.
 */
export async function sweepCommands(deps: GatewayDeps): Promise<number> {
  const now = deps.clock.now()
  if (!(await somethingDue(deps, now))) return 0
  const changed = await deps.store.write(write => sweep(deps, write, now))
  if (changed > 0) deps.wakeDelivery()
  return changed
}

async function sweep(deps: GatewayDeps, write: Write, now: number): Promise<number> {
  let changed = 0
  const stale = await write
    .selectFrom('command')
    .selectAll()
    .where('state', '=', 'queued')
    .where('expires_at', '<=', now)
    .limit(batchMax)
    .execute()
  for (const command of stale) {
    const to = await applyHappening(
      deps,
      write,
      command,
      { type: 'lifeEnded' },
      { error: command.attempts > 0 ? noAnswer : 'The terminal did not fetch it in time' },
    )
    changed += to === null ? 0 : 1
  }
  for (const [kind, { confirmMs }] of Object.entries(kinds)) {
    const silent = await write
      .selectFrom('command')
      .selectAll()
      .where('state', '=', 'sent')
      .where('kind', '=', kind)
      .where('sent_at', '<=', now - confirmMs)
      .limit(batchMax)
      .execute()
    for (const command of silent) {
      const again = mayTryAgain(command) && command.expires_at > now
      const to = await applyHappening(deps, write, command, { type: 'silence', again }, { error: noAnswer })
      changed += to === null ? 0 : 1
    }
  }
  return changed
}

async function somethingDue({ store }: GatewayDeps, now: number): Promise<boolean> {
  const shortest = Math.min(...Object.values(kinds).map(({ confirmMs }) => confirmMs))
  const due = await store.read
    .selectFrom('command')
    .select('id')
    .where(({ or, and, eb }) =>
      or([
        and([eb('state', '=', 'queued'), eb('expires_at', '<=', now)]),
        and([eb('state', '=', 'sent'), eb('sent_at', '<=', now - shortest)]),
      ]),
    )
    .limit(1)
    .executeTakeFirst()
  return due !== undefined
}
