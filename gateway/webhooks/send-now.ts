import type { EventBody } from '#contract/events.ts'
import type { GatewayDeps } from '../deps.ts'
import type { SubscriptionRow } from '../store/webhooks.ts'
import { createSender, type Sent } from './deliver.ts'
import { personOf } from './outbox.ts'
import { openTarget } from './targets.ts'

type SendDeps = Pick<GatewayDeps, 'store' | 'clock' | 'config'>

const timeoutMs = 10_000

/**
 * Makes one attempt at once, beside every lane, over a connection of its own, so that lookup and handshake are
 * measured. Null: the secret cannot be opened. `secret` signs instead of the receiver's own.
 */
export async function sendNow(
  { clock, config }: SendDeps,
  row: SubscriptionRow,
  event: EventBody,
  secret?: string,
): Promise<Sent | null> {
  const target = openTarget(config.sealKey, row)
  if (target === null) return null
  const sender = createSender({ clock, timeoutMs, version: config.version, subnets: config.webhookSubnets })
  const signed = secret === undefined ? target : { ...target, secret, secretBefore: null, signingKey: null }
  try {
    return await sender.send(signed, {
      operationId: event.OperationID,
      sn: event.DeviceSN,
      body: JSON.stringify(event),
      seq: null,
      kind: 'test',
    })
  } finally {
    await sender.close()
  }
}

/** Keeps a test in the log with its attempt; answers its delivery. A test that failed is not tried again. */
export async function keepTest(
  { store, clock }: SendDeps,
  row: Pick<SubscriptionRow, 'id'>,
  event: EventBody,
  sent: Sent,
): Promise<number> {
  const now = clock.now()
  return store.write(async write => {
    const { id: outbox_id } = await write
      .insertInto('outbox')
      .values({
        event: event.Event,
        operation_id: event.OperationID,
        sn: event.DeviceSN,
        body: JSON.stringify(event),
        occurred_at: now,
        employee_code: personOf(event),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const { id } = await write
      .insertInto('delivery')
      .values({
        outbox_id,
        subscription_id: row.id,
        lane: '~test',
        // Given up would make a dead letter of it; a test is over when it was made.
        state: sent.outcome === 'delivered' ? 'delivered' : 'skipped',
        attempts: 1,
        created_at: sent.startedAt,
        settled_at: now,
        seq: null,
        kind: 'test',
        job_id: null,
        last_status: sent.status,
        last_outcome: sent.outcome,
        last_error: sent.error,
        last_ms: sent.durationMs,
        last_at: sent.startedAt + sent.durationMs,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await write
      .insertInto('attempt')
      .values({
        delivery_id: id,
        number: 1,
        started_at: sent.startedAt,
        duration_ms: sent.durationMs,
        status: sent.status,
        outcome: sent.outcome,
        error: sent.error,
        response: sent.response,
        timing: sent.timing,
        url: sent.url,
        format: sent.format,
        headers: sent.headers,
      })
      .execute()
    return id
  })
}
