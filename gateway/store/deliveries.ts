import { type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import { type Page, readPosition, toPage } from './cursor.ts'
import type { Reader } from './index.ts'
import type { GatewayTables } from './schema.ts'
import type { AttemptTable, DeliveryTable } from './schema-webhooks.ts'

export type AttemptRow = Selectable<AttemptTable>

/** A delivery with what it is shown with. */
export type DeliveryRow = Selectable<DeliveryTable> & {
  url: string
  name: string | null
  subscription_state: string
  breaker_until: number | null
  token_id: number
  /** What the token of the receiver is called; null: it is no more. */
  token_label: string | null
  event: string
  operation_id: string
  sn: string | null
  employee_code: string | null
  label: string | null
  /** When its lane may be claimed; null: drained. */
  lane_due: number | null
  /** The oldest that waits in its lane. */
  lane_head: number | null
}

export interface DeliveryFilter {
  readonly subscriptionId?: string | undefined
  /** Tokens of some terminals see their own receivers only; null: everybody's. */
  readonly tokenId: number | null
  readonly states?: readonly string[] | undefined
  readonly kinds?: readonly string[] | undefined
  readonly outcomes?: readonly string[] | undefined
  readonly statusClasses?: readonly string[] | undefined
  readonly events?: readonly string[] | undefined
  readonly sn?: string | undefined
  readonly employeeCode?: string | undefined
  /** Epoch ms, of being recorded. */
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly text?: string | undefined
  readonly operationId?: string | undefined
  readonly jobId?: number | undefined
}

/** Counting stops here: how many more there are, nobody asks. */
export const countMax = 10_001

/** A page of deliveries, newest first. Following the cursor, a row is neither skipped nor seen twice by newcomers. */
export async function findDeliveries(
  reader: Reader,
  filter: DeliveryFilter,
  page: { readonly offSet: string | undefined; readonly limit: number },
): Promise<Page<DeliveryRow>> {
  const position = readPosition(page.offSet)
  const total = position.kind === 'after' ? position.total : await countDeliveries(reader, filter)
  const rows = await shown(
    filtered(reader, filter).$if(position.kind === 'after', query =>
      query.where('delivery.id', '<', (position as { id: number }).id),
    ),
  )
    .orderBy('delivery.id', 'desc')
    .limit(page.limit + 1)
    .$if(position.kind === 'row', query => query.offset((position as { row: number }).row))
    .execute()
  return toPage<DeliveryRow>(rows, page.limit, total, row => ({ key: '', id: row.id }))
}

/** How many there are, up to `countMax`; `after`: only those newer than that one. */
export async function countDeliveries(
  reader: Reader,
  filter: DeliveryFilter,
  after?: number,
): Promise<number> {
  const some = filtered(reader, filter)
    .$if(after !== undefined, query => query.where('delivery.id', '>', after ?? 0))
    .select('delivery.id')
    .limit(countMax)
  const row = await reader
    .selectFrom(some.as('some'))
    .select(sql<number>`count(*)`.as('n'))
    .executeTakeFirst()
  return row?.n ?? 0
}

/** One delivery, or undefined. */
export async function findDelivery(reader: Reader, id: number): Promise<DeliveryRow | undefined> {
  return shown(filtered(reader, { tokenId: null }).where('delivery.id', '=', id)).executeTakeFirst()
}

/** Its attempts, oldest first. */
export async function findAttempts(reader: Reader, deliveryId: number): Promise<AttemptRow[]> {
  return reader
    .selectFrom('attempt')
    .selectAll()
    .where('delivery_id', '=', deliveryId)
    .orderBy('number')
    .orderBy('id')
    .limit(500)
    .execute()
}

type Joined = SelectQueryBuilder<
  GatewayTables & { delivery: DeliveryTable },
  'delivery' | 'outbox' | 'subscription',
  object
>

function filtered(reader: Reader, filter: DeliveryFilter): Joined {
  const list = (values: readonly string[] | undefined) => (values && values.length > 0 ? [...values] : [''])
  const pattern = `%${(filter.text ?? '').toLowerCase().replace(/[%_\\]/g, char => `\\${char}`)}%`
  return (
    reader
      .selectFrom('delivery')
      .innerJoin('outbox', 'outbox.id', 'delivery.outbox_id')
      .innerJoin('subscription', 'subscription.id', 'delivery.subscription_id')
      .$if(filter.subscriptionId !== undefined, query =>
        query.where('delivery.subscription_id', '=', filter.subscriptionId ?? ''),
      )
      .$if(filter.tokenId !== null, query => query.where('subscription.token_id', '=', filter.tokenId))
      .$if(filter.states !== undefined, query => query.where('delivery.state', 'in', list(filter.states)))
      .$if(filter.kinds !== undefined, query => query.where('delivery.kind', 'in', list(filter.kinds)))
      .$if(filter.outcomes !== undefined, query =>
        query.where('delivery.last_outcome', 'in', list(filter.outcomes)),
      )
      .$if(filter.statusClasses !== undefined, query =>
        query.where(({ or, and, eb }) =>
          or(
            (filter.statusClasses ?? []).map(name =>
              name === 'none'
                ? and([eb('delivery.last_status', 'is', null), eb('delivery.attempts', '>', 0)])
                : and([
                    eb('delivery.last_status', '>=', Number(name[0]) * 100),
                    eb('delivery.last_status', '<', Number(name[0]) * 100 + 100),
                  ]),
            ),
          ),
        ),
      )
      .$if(filter.events !== undefined, query => query.where('outbox.event', 'in', list(filter.events)))
      .$if(filter.sn !== undefined, query => query.where('outbox.sn', '=', filter.sn ?? ''))
      .$if(filter.employeeCode !== undefined, query =>
        query.where('outbox.employee_code', '=', filter.employeeCode ?? ''),
      )
      .$if(filter.operationId !== undefined, query =>
        query.where('outbox.operation_id', '=', filter.operationId ?? ''),
      )
      .$if(filter.jobId !== undefined, query => query.where('delivery.job_id', '=', filter.jobId ?? 0))
      .$if(filter.from !== undefined, query => query.where('delivery.created_at', '>=', filter.from ?? 0))
      .$if(filter.to !== undefined, query => query.where('delivery.created_at', '<', filter.to ?? 0))
      // Never in bodies: who may not see whom an event is about could find out by searching.
      .$if(filter.text !== undefined, query =>
        query.where(
          sql<boolean>`(lower(outbox.operation_id) like ${pattern} escape '\\' or lower(coalesce(outbox.sn, '')) like ${pattern} escape '\\'
            or lower(coalesce(delivery.last_error, '')) like ${pattern} escape '\\'
            or exists (select 1 from attempt a where a.delivery_id = delivery.id and a.response is not null
              and lower(a.response) like ${pattern} escape '\\'))`,
        ),
      ) as unknown as Joined // the conditional parts hide the joined tables from the compiler
  )
}

function shown(query: Joined): SelectQueryBuilder<GatewayTables, 'delivery', DeliveryRow> {
  return query
    .leftJoin('device', 'device.sn', 'outbox.sn')
    .leftJoin('token', 'token.id', 'subscription.token_id')
    .leftJoin('lane', join =>
      join
        .onRef('lane.subscription_id', '=', 'delivery.subscription_id')
        .onRef('lane.lane', '=', 'delivery.lane'),
    )
    .selectAll('delivery')
    .select([
      'subscription.url',
      'subscription.name',
      'subscription.state as subscription_state',
      'subscription.breaker_until',
      'subscription.token_id',
      'token.label as token_label',
      'outbox.event',
      'outbox.operation_id',
      'outbox.sn',
      'outbox.employee_code',
      'device.label',
      'lane.due_at as lane_due',
      sql<number | null>`case when delivery.state = 'pending' then (select min(h.id) from delivery h
        where h.subscription_id = delivery.subscription_id and h.lane = delivery.lane and h.state = 'pending') end`.as(
        'lane_head',
      ),
    ]) as unknown as SelectQueryBuilder<GatewayTables, 'delivery', DeliveryRow>
}
