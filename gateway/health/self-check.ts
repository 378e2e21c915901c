import { readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { sql } from 'kysely'
import type { OperationAnswer } from '#contract/types.ts'
import type { GatewayDeps } from '../deps.ts'

type Body = OperationAnswer<'site.selfCheck'>
type Check = Body['Checks'][number]
type Deps = Pick<GatewayDeps, 'store' | 'clock' | 'config'>

const dayMs = 86_400_000
/** A wait that people notice, and one that is trouble. */
const slow = { warn: 100, bad: 1000 }
const loopDelay = monitorEventLoopDelay({ resolution: 20 })
loopDelay.enable()

/** How Gatehouse itself is, measured now. Each figure says when it is not known. */
export async function readSelfCheck(deps: Deps): Promise<Body> {
  const { store, clock } = deps
  const now = clock.now()
  const lists = await Promise.all([
    latencies(deps),
    loop(),
    queues(deps, now),
    disk(deps, now),
    backup(deps, now),
    watched(store, now),
  ])
  return {
    At: new Date(now).toISOString(),
    StartedAt: new Date(now - Math.round(performance.now())).toISOString(),
    Checks: lists.flat(),
  }
}

function judged(
  Name: Check['Name'],
  Value: number,
  Unit: Check['Unit'],
  bounds: { readonly warn: number; readonly bad: number },
): Check {
  const State = Value >= bounds.bad ? 'bad' : Value >= bounds.warn ? 'warn' : 'good'
  return { Name, State, Value, Unit, At: null }
}

const unknown = (Name: Check['Name'], Unit: Check['Unit']): Check => ({
  Name,
  State: 'unknown',
  Value: null,
  Unit,
  At: null,
})

async function latencies({ store, clock }: Deps): Promise<Check[]> {
  const time = async (work: () => Promise<unknown>) => {
    const started = performance.now()
    await work()
    return Math.round((performance.now() - started) * 10) / 10
  }
  const value = String(clock.now())
  const write = await time(() =>
    store.write(trx =>
      trx
        .insertInto('setting')
        .values({ name: 'self-check', value })
        .onConflict(conflict => conflict.column('name').doUpdateSet({ value }))
        .execute(),
    ),
  )
  const read = await time(() => store.read.selectFrom('setting').select('value').limit(1).execute())
  return [judged('WriteLatency', write, 'ms', slow), judged('ReadLatency', read, 'ms', slow)]
}

function loop(): Check[] {
  const p99 = Math.round(loopDelay.percentile(99) / 1e5) / 10
  loopDelay.reset()
  const { rss } = process.memoryUsage()
  return [
    judged('LoopDelay', Number.isFinite(p99) ? p99 : 0, 'ms', { warn: 100, bad: 500 }),
    judged('Memory', rss, 'bytes', { warn: 2 ** 30, bad: 3 * 2 ** 30 }),
  ]
}

async function queues({ store }: Deps, now: number): Promise<Check[]> {
  const oldest = async (query: ReturnType<typeof sql<{ at: number | null }>>) => {
    const { rows } = await query.execute(store.read)
    const at = rows[0]?.at
    return at === null || at === undefined ? 0 : Math.max(0, Math.round((now - Number(at)) / 1000))
  }
  const delivery = await oldest(
    // Lane by lane, a seek each: this is asked every minute, and a backlog may be a million. What is paused waits by wish.
    sql<{ at: number | null }>`select min(first.created_at) as at from lane
      inner join subscription on subscription.id = lane.subscription_id and subscription.state = 'Active'
      inner join delivery as first on first.id = (select min(own.id) from delivery as own
        where own.subscription_id = lane.subscription_id and own.lane = lane.lane and own.state = 'pending')`,
  )
  const command = await oldest(
    sql<{ at: number | null }>`select min(command.created_at) as at from command
      inner join device_contact on device_contact.sn = command.sn where command.state = 'queued' and online = 1`,
  )
  const unsent = await store.read
    .selectFrom('alert_notice')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where(({ or, and, eb }) =>
      or([
        and([eb('state', '=', 'failed'), eb('due_at', '>', now - dayMs)]),
        and([eb('state', '=', 'pending'), eb('due_at', '<', now - 60_000)]),
      ]),
    )
    .executeTakeFirst()
  return [
    judged('OldestDelivery', delivery, 's', { warn: 300, bad: 3600 }),
    judged('OldestCommand', command, 's', { warn: 300, bad: 3600 }),
    judged('UnsentAlerts', Number(unsent?.n ?? 0), 'count', { warn: 1, bad: 1 }),
  ]
}

/** Room left, and the day it is used up at the pace of the store's growth since it was first looked at. */
async function disk({ store, config }: Deps, now: number): Promise<Check[]> {
  const size = await storeSize({ store, config })
  if (config.dataDir === undefined || size === null)
    return [unknown('Disk', 'bytes'), unknown('DiskFull', 'days'), unknown('Store', 'bytes')]
  const { bavail, bsize, blocks } = await statfs(config.dataDir)
  const free = bavail * bsize
  const share = (1 - bavail / blocks) * 100
  const state = share > 95 || free < 2 ** 30 ? 'bad' : share > 85 ? 'warn' : 'good'
  const first = await firstSize(store, size, now)
  const days = (now - first.at) / dayMs
  const perDay = days < 1 ? null : (size - first.size) / days
  const left = perDay === null || perDay <= 0 ? null : Math.floor(free / perDay)
  return [
    { Name: 'Disk', State: state, Value: free, Unit: 'bytes', At: null },
    left === null
      ? unknown('DiskFull', 'days')
      : {
          Name: 'DiskFull',
          State: left < 7 ? 'bad' : left < 60 ? 'warn' : 'good',
          Value: left,
          Unit: 'days',
          At: new Date(now + left * dayMs).toISOString(),
        },
    { Name: 'Store', State: 'good', Value: size, Unit: 'bytes', At: null },
  ]
}

async function storeSize({ store, config }: Pick<Deps, 'store' | 'config'>): Promise<number | null> {
  if (store.dialect === 'postgres') {
    const { rows } = await sql<{ n: number }>`select pg_database_size(current_database()) as n`.execute(
      store.read,
    )
    return Number(rows[0]?.n ?? 0)
  }
  if (config.dataDir === undefined) return null
  const names = (await readdir(config.dataDir)).filter(name => /\.db(-wal)?$/.test(name))
  const sizes = await Promise.all(
    names.map(async name => (await stat(join(config.dataDir ?? '', name)).catch(() => ({ size: 0 }))).size),
  )
  return sizes.reduce((sum, one) => sum + one, 0)
}

const weekMs = 7 * dayMs

/** The size a week ago or as far back as is known; kept in a setting that moves along. */
async function firstSize(
  store: Deps['store'],
  size: number,
  now: number,
): Promise<{ at: number; size: number }> {
  const name = 'store-size'
  const row = await store.read
    .selectFrom('setting')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst()
  const known = row === undefined ? [] : (JSON.parse(row.value) as { at: number; size: number }[])
  const last = known.at(-1)
  const recent = known.filter(({ at }) => at > now - weekMs)
  if (last === undefined || now - last.at > dayMs / 2) {
    const value = JSON.stringify([...recent, { at: now, size }])
    await store.write(write =>
      write
        .insertInto('setting')
        .values({ name, value })
        .onConflict(conflict => conflict.column('name').doUpdateSet({ value }))
        .execute(),
    )
  }
  return recent[0] ?? { at: now, size }
}

/** When `gatehouse backup` last ran here; it leaves a mark beside the keys. */
async function backup({ config }: Deps, now: number): Promise<Check[]> {
  if (config.dataDir === undefined) return [unknown('Backup', 'days')]
  const mark = await stat(join(config.dataDir, 'last-backup')).catch(() => null)
  if (mark === null) return [{ ...unknown('Backup', 'days'), State: 'warn' }]
  const days = (now - mark.mtimeMs) / dayMs
  return [
    {
      ...judged('Backup', Math.round(days * 10) / 10, 'days', { warn: 7, bad: 30 }),
      At: new Date(mark.mtimeMs).toISOString(),
    },
  ]
}

/** How long nobody looked in the last 30 days, and whether this computer's clock agrees with the store's. */
async function watched(store: Deps['store'], now: number): Promise<Check[]> {
  const row = await store.read
    .selectFrom('unwatched')
    .select(sql<number>`coalesce(sum(ended_at - started_at), 0)`.as('ms'))
    .where('started_at', '>', now - 30 * dayMs)
    .executeTakeFirst()
  const unwatched = judged('Unwatched', Math.round(Number(row?.ms ?? 0) / 1000), 's', {
    warn: 600,
    bad: 12 * 3600,
  })
  return [unwatched, await clockCheck(store, now)]
}

/**
 * Whether our clock can be right: most terminals agree with one another, and a whole fleet that is off by the same is a
 * sign that we are. Without terminals nobody knows.
 */
async function clockCheck(store: Deps['store'], now: number): Promise<Check> {
  const rows = await store.read
    .selectFrom('device_contact')
    .select('clock_skew_ms')
    .where('clock_skew_ms', 'is not', null)
    .where('last_seen_at', '>', now - dayMs)
    .execute()
  const skews = rows.map(({ clock_skew_ms }) => clock_skew_ms ?? 0).sort((a, b) => a - b)
  if (skews.length < 3) return unknown('Clock', 's')
  const middle = (skews[Math.floor(skews.length / 2)] ?? 0) / 1000
  const off = Math.abs(middle)
  return {
    Name: 'Clock',
    State: off > 60 ? 'bad' : off > 10 ? 'warn' : 'good',
    Value: middle,
    Unit: 's',
    At: null,
  }
}
