import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { systemClock } from '#platform/clock.ts'
import { rowsFromJson } from '#platform/database/dialect.ts'
import { silentLogger } from '#platform/logger.ts'
import { buildGateway } from '../gateway/app.ts'
import { reconcilePeople, sweepDrift } from '../gateway/people/reconcile.ts'
import { insertDevice, newDevice } from '../gateway/store/devices.ts'
import { createStore, type Store } from '../gateway/store/index.ts'
import { generateToken, saveToken } from '../gateway/store/tokens.ts'
import { percentile } from './percentile.ts'

const pages = 20
const rowsAtOnce = 5000

/**
 * The directory of 50,000 people at the API, and 5,000 people wanted on 100 terminals compared with what those hold
 * (or as many as GATEHOUSE_BENCH_PEOPLE and GATEHOUSE_BENCH_PAIRS say).
 */
export async function people(): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-people-'))
  const store = await createStore({ file: join(folder, 'gateway.db') })
  try {
    return { directory: await directory(store), reconciling: await reconciling(store) }
  } finally {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function directory(store: Store): Promise<object> {
  const count = Number(process.env.GATEHOUSE_BENCH_PEOPLE ?? 50_000)
  for (let from = 0; from < count; from += rowsAtOnce)
    await insertPeople(store, from, Math.min(count, from + rowsAtOnce))
  const gateway = await buildGateway({
    config: {
      version: 'bench',
      adopt: 'auto',
      timeZone: 'Asia/Kolkata',
      siteName: 'Main site',
      sealKey: randomBytes(32),
    },
    store,
    clock: systemClock,
    log: silentLogger,
  })
  const url = await gateway.api.listen({ host: '127.0.0.1', port: 0 })
  const token = generateToken()
  await store.write(write => saveToken(write, token, { label: 'bench', ratePerMinute: 0 }, Date.now()))
  const results: Record<string, object> = { people: { count } }
  for (const [name, query] of [
    ['first page by code', ''],
    ['first page by name', 'Sort=Name'],
    ['search', 'Search=rao%201234'],
    ['one department', 'Department=Department%207'],
    ['counts of the side bar', null],
  ] as const) {
    const took: number[] = []
    for (let page = 0; page < pages; page += 1) {
      const started = performance.now()
      const path = query === null ? 'CountDirectory' : `ListDirectory?Limit=50&${query}`
      const reply = await fetch(`${url}/v3/${path}`, { headers: { AuthToken: token, connection: 'close' } })
      await reply.arrayBuffer()
      took.push(performance.now() - started)
    }
    results[name] = { p50Ms: round(percentile(took, 0.5)), p99Ms: round(percentile(took, 0.99)) }
  }
  await gateway.api.close()
  return results
}

/** What is in step costs one statement; what is not, an order for each that may be under way. */
async function reconciling(store: Store): Promise<object> {
  const pairs = Number(process.env.GATEHOUSE_BENCH_PAIRS ?? 500_000)
  const terminals = 100
  const each = Math.floor(pairs / terminals)
  for (let number = 0; number < terminals; number += 1) {
    const sn = `BENCH${number}`
    const about = { state: 'adopted', zone: 'Asia/Kolkata', site: 'Main site', now: 1 } as const
    await store.write(async write => {
      await insertDevice(write, newDevice(sn, about))
      const rows = Array.from({ length: each }, (_, index) => ({ code: codeOf(index) }))
      await sql`insert into person_wanted (employee_code, sn, origin, wanted, state, reason_code, since, attempts, synced_version)
        select code, ${sn}, 'ordered', 1, 'InStep', 'None', 1, 0, 1 from ${rowsFromJson(store.dialect, { code: 'text' }, rows)}`.execute(
        write,
      )
    })
  }
  const deps = { store, clock: systemClock }
  const measure = async (work: () => Promise<number>) => {
    const before = process.cpuUsage()
    const started = performance.now()
    const found = await work()
    const { user, system } = process.cpuUsage(before)
    return {
      found,
      cpuSeconds: round((user + system) / 1e6),
      seconds: round((performance.now() - started) / 1000),
    }
  }
  const inStep = await measure(() => sweepDrift(deps))
  await store.write(write =>
    write.updateTable('person').set({ version: 2 }).where('employee_code', '=', codeOf(7)).execute(),
  )
  const oneChanged = await measure(() => sweepDrift(deps))
  const whole = {
    ...deps,
    config: { version: 'bench', adopt: 'auto', timeZone: 'UTC', siteName: '', sealKey: randomBytes(32) },
    wakeDelivery: () => undefined,
    wakeCommands: () => undefined,
  } as const
  const ordered = await measure(() => reconcilePeople(whole))
  return { pairs: each * terminals, inStep, oneChanged, ordered }
}

async function insertPeople(store: Store, from: number, to: number): Promise<void> {
  const rows = Array.from({ length: to - from }, (_, index) => ({
    code: codeOf(from + index),
    name: `Asha${from + index}`,
    last: `Rao ${(from + index) % 9000}`,
    department: `Department ${(from + index) % 40}`,
  }))
  await store.write(write =>
    sql`insert into person (employee_code, first_name, last_name, privilege, card, updated_at, managed, department, version)
      select code, name, last, 0, null, 1, 1, department, 1 from ${rowsFromJson(store.dialect, { code: 'text', name: 'text', last: 'text', department: 'text' }, rows)}`.execute(
      write,
    ),
  )
}

function codeOf(index: number): string {
  return String(100_000 + index)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
