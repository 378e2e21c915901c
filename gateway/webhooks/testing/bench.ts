import type { EventBody } from '#contract/events.ts'
import { createSecret } from '#contract/signature.ts'
import { silentLogger } from '#platform/logger.ts'
import type { Store } from '../../store/index.ts'
import { type SubscriptionWish, upsertSubscription } from '../../store/webhooks.ts'
import { recordEvents } from '../outbox.ts'
import { sealSecret } from '../secrets.ts'
import { listSubscriptions, type SubscriptionEntity } from '../shown-overview.ts'
import { createDeliveryWorker, type DeliveryWorker, type WorkerOptions } from '../worker.ts'
import { benchConfig as config } from './bench-config.ts'
import { createManualClock, type ManualClock } from './clock.ts'
import { startReceiver, type WebhookReceiver } from './receiver.ts'

export const benchStart = Date.parse('2026-03-02T03:28:44Z')

export interface Bench extends AsyncDisposable {
  readonly store: Store
  readonly clock: ManualClock
  readonly receiver: WebhookReceiver
  readonly secret: string
  /** Another process over the same store. Stopped with the bench. */
  worker(options?: Partial<WorkerOptions>, sealKey?: Uint8Array): DeliveryWorker
  subscribe(change?: Partial<SubscriptionWish> & { token?: string }): Promise<string>
  /** Records in one transaction and wakes every worker. */
  record(events: readonly EventBody[]): Promise<number>
  /** Wakes every worker, as a commit elsewhere would. */
  wake(): void
  subscription(id: string): Promise<SubscriptionEntity>
  deliveries(): Promise<{ id: number; state: string; attempts: number; operation_id: string }[]>
  attempts(): Promise<
    {
      outcome: string
      status: number | null
      error: string | null
      response: string | null
      number: number
    }[]
  >
  /** Waits for the workers to be idle, then moves time on. */
  pass(ms: number): Promise<void>
}

/** A store without webhook rows, a receiver and a clock that stands still; what runs is what the test starts. */
export async function openBench(open: () => Promise<Store>): Promise<Bench> {
  const store = await open()
  await store.write(async trx => {
    await trx.deleteFrom('outbox').execute()
    await trx.deleteFrom('subscription').execute()
  })
  const clock = createManualClock(benchStart)
  const receiver = await startReceiver()
  const secret = createSecret()
  const workers: DeliveryWorker[] = []
  let tokens = 0
  return {
    store,
    clock,
    receiver,
    secret,
    worker(options = {}, sealKey = config.sealKey) {
      const deps = { store, clock, log: silentLogger, config: { ...config, sealKey } }
      const worker = createDeliveryWorker(deps, { random: () => 0.5, ...options })
      workers.push(worker)
      worker.start()
      return worker
    },
    async subscribe({ token, ...change } = {}) {
      const wish = {
        tokenId: ++tokens,
        url: receiver.url,
        events: ['OnAttendance'],
        devices: null,
        format: 'v3',
        ack: 'done',
        maxAgeMs: null,
        secret: sealSecret(config.sealKey, secret),
        replaceSecret: true,
        localAllowed: true,
        now: clock.now(),
        bodyKey: undefined,
        callbackToken: token === undefined ? undefined : sealSecret(config.sealKey, token),
      } as const
      return (await store.write(trx => upsertSubscription(trx, { ...wish, ...change }))).id
    },
    async record(events) {
      const made = await store.write(trx => recordEvents(trx, events, clock))
      for (const worker of workers) worker.wake()
      return made
    },
    wake() {
      for (const worker of workers) worker.wake()
    },
    async subscription(id) {
      const found = (await listSubscriptions(store.read, { tokenId: null, now: clock.now() })).find(
        ({ SubscriptionID }) => SubscriptionID === id,
      )
      if (!found) throw new Error(`There is no subscription ${id}`)
      return found
    },
    deliveries: () =>
      store.read
        .selectFrom('delivery')
        .innerJoin('outbox', 'outbox.id', 'delivery.outbox_id')
        .select(['delivery.id', 'delivery.state', 'delivery.attempts', 'outbox.operation_id'])
        .orderBy('delivery.id')
        .execute(),
    attempts: () =>
      store.read
        .selectFrom('attempt')
        .select(['outcome', 'status', 'error', 'response', 'number'])
        .orderBy('id')
        .execute(),
    async pass(ms) {
      await Promise.all(workers.map(worker => worker.idle()))
      clock.advance(ms)
    },
    async [Symbol.asyncDispose]() {
      // Whoever stalls lets go first, so that stopping does not have to wait for a clock that stands still.
      await receiver.close()
      await Promise.all(workers.map(worker => worker.stop()))
      await store.close()
    },
  }
}
