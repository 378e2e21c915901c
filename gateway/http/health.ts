import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { OperationError } from '#contract/errors.ts'
import type { GatewayDeps } from '../deps.ts'
import { oldestWaiting } from '../store/webhooks.ts'
import type { DeliveryMetrics } from '../webhooks/metrics.ts'

/** `/healthz` (alive), `/readyz` (store reachable; migrations ran before we listened), `/metrics` (OpenMetrics). */
export function registerHealth(
  app: FastifyInstance,
  { store, config, clock, intake }: Pick<GatewayDeps, 'store' | 'config' | 'clock' | 'intake'>,
  deliveries: DeliveryMetrics,
): void {
  const registry = new Registry<typeof Registry.OPENMETRICS_CONTENT_TYPE>()
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
  collectDefaultMetrics({ register: registry, prefix: 'gatehouse_' })
  const gauge = (name: string, help: string, query: string, labelNames: string[] = []) =>
    new Gauge({
      name: `gatehouse_${name}`,
      help,
      registers: [registry],
      labelNames,
      async collect() {
        const { rows } = await sql<{ label: string | null; n: number }>`${sql.raw(query)}`.execute(store.read)
        this.reset()
        for (const { label, n } of rows) {
          const [labelName] = labelNames
          if (labelName === undefined) this.set(Number(n))
          else this.set({ [labelName]: label ?? '' }, Number(n))
        }
      },
    })
  // From the counts a day: counting millions one by one stops the thread that terminals talk to.
  gauge('punches', 'Punches kept', 'select null as label, coalesce(sum(punches), 0) as n from device_day')
  new Gauge({
    name: 'gatehouse_punches_waiting',
    help: 'Punches acknowledged and not in the store yet',
    registers: [registry],
    collect() {
      this.set(intake.punchesKept())
    },
  })
  gauge(
    'devices_online',
    'Terminals by link state',
    "select case when online = 1 then 'online' else 'offline' end as label, count(*) as n from device_contact group by 1",
    ['state'],
  )
  gauge(
    'commands_open',
    'Commands queued or sent',
    "select state as label, count(*) as n from command where state in ('queued', 'sent') group by state",
    ['state'],
  )
  gauge(
    'deliveries',
    'Deliveries that are not done',
    "select state as label, count(*) as n from delivery where state <> 'delivered' group by state",
    ['state'],
  )
  new Gauge({
    name: 'gatehouse_delivery_oldest_seconds',
    help: 'Age of the oldest delivery that waits for a receiver that is not paused',
    registers: [registry],
    async collect() {
      const oldest = await oldestWaiting(store.read)
      this.set(oldest === null ? 0 : Math.max(0, clock.now() - oldest) / 1000)
    },
  })
  deliveries.register(registry)
  app.get('/healthz', async () => ({ status: 'ok', version: config.version }))
  app.get('/readyz', async () => {
    await sql`select 1`.execute(store.read).catch(() => {
      throw new OperationError('STORE_UNAVAILABLE')
    })
    return { status: 'ok', store: store.dialect }
  })
  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  )
}
