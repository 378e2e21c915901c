import { OperationError } from '#contract/errors.ts'
import type { SubscriptionRow } from '../store/webhooks.ts'
import { isProtected, listSubscriptions, type SubscriptionEntity } from '../webhooks/shown-overview.ts'
import type { Call } from './handler.ts'

/** The token whose receivers the caller may see, or null for everybody's. */
export function visibleToken({ caller }: Pick<Call, 'caller'>): number | null {
  // A token for some terminals sees its own receivers only: the others' filters name terminals it may not know.
  return caller.devices === 'all' ? null : caller.tokenId
}

/** The row of a receiver, or WEBHOOK_NOT_FOUND; one of another token is not there for a token of some terminals. */
export async function requireSubscription(call: Call, id: string): Promise<SubscriptionRow> {
  const token = visibleToken(call)
  const row = await call.deps.store.read
    .selectFrom('subscription')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (row && (token === null || row.token_id === token)) return row
  throw new OperationError('WEBHOOK_NOT_FOUND', {
    field: 'SubscriptionID',
    detail: `There is no receiver ${id}`,
  })
}

/** The same for what changes it: the dashboard's own callback is not for people to change. */
export async function requireChangeable(call: Call, id: string): Promise<SubscriptionRow> {
  const row = await requireSubscription(call, id)
  if (await isProtected(call.deps.store.read, row)) throw new OperationError('WEBHOOK_PROTECTED')
  return row
}

/** A receiver as the contract shows it. */
export async function shownSubscription(call: Call, id: string): Promise<SubscriptionEntity> {
  const { store, clock } = call.deps
  const [shown] = await listSubscriptions(store.read, {
    tokenId: visibleToken(call),
    now: clock.now(),
    id,
  })
  if (!shown) throw new OperationError('WEBHOOK_NOT_FOUND', { field: 'SubscriptionID' })
  return shown
}
