import type { Reader } from './index.ts'
import { hideQueryValues } from './webhooks.ts'

interface PunchDeliveryFact {
  readonly subscriptionId: string
  readonly url: string
  readonly state: 'pending' | 'delivered' | 'parked'
  readonly attempts: number
  readonly settledAtMs: number | null
}

/** What is kept of a punch beside its judgement. */
export interface PunchFact {
  readonly sn: string
  readonly label: string
  readonly site: string
  readonly localTime: string
  readonly zone: string
  readonly offsetMinutes: number
  readonly modality: string
  readonly direction: string
  readonly clockSkewMs: number | null
  readonly receivedAtMs: number
  readonly deliveries: readonly PunchDeliveryFact[]
}

/** Facts of punches by their contract ids; ids of punches that no terminal has sent are not in it. */
export async function punchFacts(
  reader: Reader,
  names: readonly string[],
): Promise<ReadonlyMap<string, PunchFact>> {
  const ids = new Map(
    names.flatMap(name => {
      const id = punchId(name)
      return id === null ? [] : [[id, name] as const]
    }),
  )
  if (ids.size === 0) return new Map()
  const rows = await reader
    .selectFrom('punch')
    .leftJoin('device', 'device.sn', 'punch.sn')
    .select([
      'punch.id',
      'punch.sn',
      'device.label',
      'device.site',
      'punch.local_time',
      'punch.zone',
      'punch.offset_minutes',
      'punch.modality',
      'punch.direction',
      'punch.clock_skew_ms',
      'punch.received_at',
    ])
    .where('punch.id', 'in', [...ids.keys()])
    .execute()
  const deliveries = await deliveriesOf(reader, names)
  return new Map(
    rows.map(row => {
      const name = ids.get(row.id) ?? ''
      return [
        name,
        {
          sn: row.sn,
          label: row.label ?? row.sn,
          site: row.site ?? '',
          localTime: row.local_time,
          zone: row.zone,
          offsetMinutes: row.offset_minutes,
          modality: row.modality,
          direction: row.direction,
          clockSkewMs: row.clock_skew_ms,
          receivedAtMs: row.received_at,
          deliveries: deliveries.get(name) ?? [],
        },
      ]
    }),
  )
}

/** The row behind a name that `punchName` made, or null for any other. */
function punchId(name: string): number | null {
  if (!/^p[0-9a-z]{11}$/.test(name)) return null
  const id = Number.parseInt(name.slice(1), 36)
  return Number.isSafeInteger(id) ? id : null
}

async function deliveriesOf(
  reader: Reader,
  names: readonly string[],
): Promise<ReadonlyMap<string, PunchDeliveryFact[]>> {
  const rows = await reader
    .selectFrom('outbox')
    .innerJoin('delivery', 'delivery.outbox_id', 'outbox.id')
    .innerJoin('subscription', 'subscription.id', 'delivery.subscription_id')
    .select([
      'outbox.operation_id',
      'subscription.id',
      'subscription.url',
      'delivery.state',
      'delivery.attempts',
      'delivery.settled_at',
    ])
    .where('outbox.operation_id', 'in', [...names])
    .orderBy('delivery.id')
    .execute()
  const facts = Map.groupBy(rows, row => row.operation_id)
  return new Map(
    [...facts].map(([name, own]) => [
      name,
      own.map(row => ({
        subscriptionId: row.id,
        url: hideQueryValues(row.url),
        state: row.state === 'delivered' || row.state === 'parked' ? row.state : 'pending',
        attempts: row.attempts,
        settledAtMs: row.settled_at,
      })),
    ]),
  )
}
