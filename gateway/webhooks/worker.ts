import { request } from 'undici'
import { sign, signatureHeaders } from '#contract/signature.ts'
import type { GatewayDeps } from '../deps.ts'

export function createDeliveryWorker(deps: Pick<GatewayDeps, 'store' | 'clock' | 'log' | 'config'>) {
  let running = false
  let stopped = true
  let again = false
  const run = async (): Promise<void> => {
    if (stopped) return
    if (running) {
      again = true
      return
    }
    running = true
    try {
      do {
        again = false
        const rows = await deps.store.read
          .selectFrom('delivery')
          .innerJoin('outbox', 'outbox.id', 'delivery.outbox_id')
          .innerJoin('subscription', 'subscription.id', 'delivery.subscription_id')
          .select([
            'delivery.id',
            'outbox.body',
            'outbox.operation_id',
            'subscription.url',
            'subscription.secret',
            'subscription.callback_token',
          ])
          .where('delivery.state', '=', 'pending')
          .orderBy('delivery.id')
          .limit(100)
          .execute()
        for (const row of rows) {
          const at = Math.floor(deps.clock.now() / 1000)
          const signature = await sign(row.secret, row.operation_id, at, row.body)
          const reply = await request(row.url, {
            method: 'POST',
            body: row.body,
            headers: {
              'content-type': 'application/json',
              [signatureHeaders.id]: row.operation_id,
              [signatureHeaders.timestamp]: String(at),
              [signatureHeaders.signature]: signature,
            },
          }).catch(() => null)
          await reply?.body.text()
          await deps.store.write(write =>
            write.updateTable('delivery').set({ state: 'delivered' }).where('id', '=', row.id).execute(),
          )
        }
        if (rows.length > 0) again = true
      } while (again && !stopped)
    } finally {
      running = false
    }
  }
  return {
    wake: () => void run(),
    start() {
      stopped = false
      void run()
    },
    async stop() {
      stopped = true
    },
  }
}
