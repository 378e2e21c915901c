import { sql } from 'kysely'
import type { DialectName } from '#platform/database/database.ts'
import { forUpdateSkipLocked, rowsFromJson } from '#platform/database/dialect.ts'
import type { Reader, Write } from '../store/index.ts'
import type { SubscriptionRow } from '../store/webhooks.ts'

/** An active subscription and when the first of its lanes may be claimed; null when all are drained. */
export type DueSubscription = SubscriptionRow & {
  /** Of lanes that are live. */
  readonly due_at: number | null
  /** Of lanes with a backlog. */
  readonly due_long: number | null
}

export interface DueDelivery {
  readonly id: number
  /** Attempts made so far. */
  readonly attempts: number
  readonly createdAt: number
  readonly seq: number | null
  readonly kind: string
  readonly operationId: string
  readonly sn: string | null
  /** The event as frozen by recordEvents, JSON. */
  readonly body: string
}

/** A lane held by this process until `until`, with the oldest of what waits in it. */
export interface ClaimedLane {
  readonly subscriptionId: string
  readonly lane: string
  readonly claim: string
  readonly until: number
  readonly generation: number
  readonly failures: number
  /** It was left with a backlog by its last run. */
  readonly long: boolean
  readonly deliveries: readonly DueDelivery[]
  /** As many as were asked for came, so there may be more. */
  readonly hasMore: boolean
}

export interface ClaimWish {
  readonly subscriptionId: string
  readonly lanesMax: number
  /** Of these, lanes with a backlog at most: the rest is for live ones. */
  readonly longMax: number
  /** The breaker is half open: one lane goes, even one that backs off. */
  readonly probe: boolean
}

export interface ClaimTerms {
  /** Names this claim; a lane is given back only by who holds it. */
  readonly claim: string
  readonly now: number
  /** When somebody else may take the lane: long after the last of the batch can have timed out. */
  readonly until: number
  /** Deliveries fetched in all, and the least and most per lane: memory is bounded however long the backlog is. */
  readonly fetchMax: number
  readonly batchMin: number
  readonly batchMax: number
}

/** What may be sent, looked at without a claim; a few index seeks. */
export async function findDue(reader: Reader): Promise<DueSubscription[]> {
  const { rows } = await sql<DueSubscription>`
    select s.*,
      (select min(l.due_at) from lane l where l.subscription_id = s.id and l.long = 0 and l.due_at is not null) as due_at,
      (select min(l.due_at) from lane l where l.subscription_id = s.id and l.long = 1 and l.due_at is not null) as due_long
    from subscription s where s.state = 'Active'`.execute(reader)
  return rows
}

/**
 * Takes due lanes by a row update: `due_at` moves to the end of the lease, so a lane whose process died becomes due
 * again by itself. On PostgreSQL a lane another process is just claiming or filling is passed over, never waited for.
 * The lane is the unit, not the delivery: one event in flight per lane follows from it, and a backlog of any length
 * costs one row.
 */
export async function claimLanes(
  trx: Write,
  dialect: DialectName,
  wishes: readonly ClaimWish[],
  terms: ClaimTerms,
): Promise<ClaimedLane[]> {
  const claimed: Held[] = []
  for (const wish of wishes) {
    const live = await claimOf(trx, dialect, wish, terms, { long: 0, max: wish.lanesMax })
    const max = wish.probe && live.length > 0 ? 0 : Math.min(wish.longMax, wish.lanesMax - live.length)
    claimed.push(...live, ...(max > 0 ? await claimOf(trx, dialect, wish, terms, { long: 1, max }) : []))
  }
  if (claimed.length === 0) return []
  // One long lane alone gets a long run; many lanes get a short one each.
  const batch = Math.max(
    terms.batchMin,
    Math.min(terms.batchMax, Math.floor(terms.fetchMax / claimed.length)),
  )
  const waiting = await fetchOldest(trx, dialect, claimed, batch)
  return claimed.map(({ s, l, generation, failures, long }) => {
    const deliveries = waiting.get(`${s}\n${l}`) ?? []
    return {
      subscriptionId: s,
      lane: l,
      claim: terms.claim,
      until: terms.until,
      generation,
      failures,
      long: long === 1,
      deliveries,
      hasMore: deliveries.length >= batch,
    }
  })
}

interface Held {
  readonly s: string
  readonly l: string
  readonly generation: number
  readonly failures: number
  readonly long: number
}

async function claimOf(
  trx: Write,
  dialect: DialectName,
  wish: ClaimWish,
  terms: ClaimTerms,
  { long, max }: { readonly long: 0 | 1; readonly max: number },
): Promise<Held[]> {
  const { rows } = await sql<Held>`
    with picked as materialized (
      select subscription_id, lane from lane
      where subscription_id = ${wish.subscriptionId} and long = ${long} and due_at is not null
        and (due_at <= ${terms.now} ${wish.probe ? sql`or claim is null` : sql``})
      order by due_at limit ${max} ${forUpdateSkipLocked(dialect)})
    update lane set due_at = ${terms.until}, claim = ${terms.claim} from picked
    where lane.subscription_id = picked.subscription_id and lane.lane = picked.lane
    returning lane.subscription_id as s, lane.lane as l, lane.generation, lane.failures, lane.long`.execute(
    trx,
  )
  return rows
}

interface Waiting {
  readonly s: string
  readonly l: string
  readonly id: number
  readonly attempts: number
  readonly created_at: number
  readonly seq: number | null
  readonly kind: string
  readonly operation_id: string
  readonly sn: string | null
  readonly body: string
}

/** The oldest few of each lane, by lane. */
async function fetchOldest(
  trx: Write,
  dialect: DialectName,
  lanes: readonly Held[],
  batch: number,
): Promise<Map<string, DueDelivery[]>> {
  const ids = await findOldest(trx, dialect, lanes, batch)
  if (ids.length === 0) return new Map()
  // A statement of its own: joined to the steps, PostgreSQL would guess their number wrong and read the whole backlog.
  const { rows } = await sql<Waiting>`
    select d.subscription_id as s, d.lane as l, d.id, d.attempts, d.created_at, d.seq, d.kind, o.operation_id, o.sn, o.body
    from ${rowsFromJson(dialect, { id: 'integer' }, ids)} as given
    join delivery d on d.id = given.id join outbox o on o.id = d.outbox_id
    order by d.id`.execute(trx)
  const found = new Map<string, DueDelivery[]>()
  for (const row of rows) {
    const key = `${row.s}\n${row.l}`
    const list = found.get(key) ?? []
    list.push({
      id: row.id,
      attempts: row.attempts,
      createdAt: row.created_at,
      seq: row.seq,
      kind: row.kind,
      operationId: row.operation_id,
      sn: row.sn,
      body: row.body,
    })
    found.set(key, list)
  }
  return found
}

/**
 * Stepping from id to id is an index seek each in both databases, where a window over the lane would read all of it.
 */
async function findOldest(
  trx: Write,
  dialect: DialectName,
  lanes: readonly Held[],
  batch: number,
): Promise<{ id: number }[]> {
  const asked = rowsFromJson(
    dialect,
    { s: 'text', l: 'text' },
    lanes.map(({ s, l }) => ({ s, l })),
  )
  const { rows } = await sql<{ id: number }>`
    with recursive step(s, l, n, id) as (
      select given.s, given.l, 1, (select min(d.id) from delivery d
        where d.subscription_id = given.s and d.lane = given.l and d.state = 'pending')
      from ${asked} as given
      union all
      select s, l, n + 1, (select min(d.id) from delivery d
        where d.subscription_id = step.s and d.lane = step.l and d.state = 'pending' and d.id > step.id)
      from step where id is not null and n < ${batch})
    select id from step where id is not null`.execute(trx)
  return rows
}
