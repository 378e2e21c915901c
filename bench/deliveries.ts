import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { Agent, request } from 'undici'
import { createSecret, sign } from '#contract/signature.ts'
import { systemClock } from '#platform/clock.ts'
import { silentLogger } from '#platform/logger.ts'
import { createStore, type Store } from '../gateway/store/index.ts'
import { upsertSubscription } from '../gateway/store/webhooks.ts'
import { recordEvents } from '../gateway/webhooks/outbox.ts'
import { sealSecret } from '../gateway/webhooks/secrets.ts'
import { signCallback } from '../gateway/webhooks/sign-callback.ts'
import { punchEvent } from '../gateway/webhooks/testing/events.ts'
import { createDeliveryWorker } from '../gateway/webhooks/worker.ts'
import { spread } from './percentile.ts'

/** Deliveries of the plain runs, and the backlog live events are measured beside; the second is a setting. */
const amount = 20_000
const backlog = Number(process.env.BENCH_BACKLOG ?? 100_000)
const terminals = 200
const concurrency = 32
/** Slots beside them for lanes that are live, as all of the slow run are. */
const liveSlots = 4
const config = {
  version: 'bench',
  adopt: 'ask',
  timeZone: 'UTC',
  siteName: 'Bench',
  sealKey: randomBytes(32),
} as const
const secret = createSecret()

/** The receiver has a thread of its own, so that what is measured is the sender. */
const receiverSource = `
const { createServer } = require('node:http'); const { parentPort, workerData } = require('node:worker_threads')
const at = []
const server = createServer((request, response) => {
  request.resume(); request.on('end', () => {
    at.push([String(request.headers['webhook-id']), performance.timeOrigin + performance.now()])
    const answer = () => response.end('{"status":"done"}')
    workerData.delayMs > 0 ? setTimeout(answer, workerData.delayMs) : answer()
  })
})
server.keepAliveTimeout = 60000
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
parentPort.on('message', () => { parentPort.postMessage(at.splice(0)) })
`

async function startReceiver(delayMs: number) {
  const worker = new Worker(receiverSource, { eval: true, workerData: { delayMs } })
  const [port] = (await once(worker, 'message')) as [AddressInfo['port']]
  return {
    url: `http://127.0.0.1:${port}/hook`,
    async take(): Promise<[string, number][]> {
      worker.postMessage('take')
      const [at] = (await once(worker, 'message')) as [[string, number][]]
      return at
    },
    close: () => worker.terminate(),
  }
}

const eventsFor = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) =>
    punchEvent({
      OperationID: `p${from + index}`,
      DeviceSN: `SN${(from + index) % terminals}`,
      OccurredAt: new Date().toISOString(),
    }),
  )

type Signer = (secret: string, id: string, seconds: number, body: string) => string | Promise<string>

/** The same bodies, signed, over as many connections, kept nowhere. */
async function bareLoop(url: string, count: number, signer: Signer): Promise<number> {
  const agent = new Agent({ connections: concurrency, pipelining: 1 })
  const bodies = eventsFor(0, count).map(event => ({ id: event.OperationID, text: JSON.stringify(event) }))
  let next = 0
  const started = performance.now()
  const run = async () => {
    for (let body = bodies[next++]; body; body = bodies[next++]) {
      const seconds = Math.floor(Date.now() / 1000)
      const reply = await request(url, {
        method: 'POST',
        dispatcher: agent,
        headers: {
          'content-type': 'application/json',
          'webhook-id': body.id,
          'webhook-timestamp': String(seconds),
          'webhook-signature': await signer(secret, body.id, seconds, body.text),
        },
        body: body.text,
      })
      await reply.body.text()
    }
  }
  await Promise.all(Array.from({ length: concurrency }, run))
  const perSecond = (count * 1000) / (performance.now() - started)
  await agent.close()
  return perSecond
}

async function openStore(url: string): Promise<{ store: Store; close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'))
  const store = await createStore({ file: join(folder, 'bench.db') })
  await store.write(write =>
    upsertSubscription(write, {
      tokenId: 1,
      url,
      events: ['OnAttendance'],
      devices: null,
      format: 'v3',
      ack: 'done',
      maxAgeMs: null,
      secret: sealSecret(config.sealKey, secret),
      replaceSecret: true,
      callbackToken: undefined,
      bodyKey: undefined,
      localAllowed: true,
      now: Date.now(),
    }),
  )
  return {
    store,
    async close() {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function record(store: Store, from: number, count: number): Promise<void> {
  for (let at = from; at < from + count; at += 1000)
    await store.write(write =>
      recordEvents(write, eventsFor(at, Math.min(1000, from + count - at)), systemClock),
    )
}

const workerFor = (store: Store) =>
  createDeliveryWorker({ store, clock: systemClock, log: silentLogger, config })

async function untilCount(receiver: { take(): Promise<[string, number][]> }, count: number) {
  const seen: [string, number][] = []
  while (seen.length < count) {
    seen.push(...(await receiver.take()))
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  return seen
}

/** A backlog of `count`, recorded before the worker starts. */
async function drain(count: number, delayMs: number): Promise<{ perSecond: number; steady: number }> {
  const receiver = await startReceiver(delayMs)
  const { store, close } = await openStore(receiver.url)
  await record(store, 0, count)
  const worker = workerFor(store)
  const started = performance.now()
  worker.start()
  const seen = await untilCount(receiver, count)
  const perSecond = (count * 1000) / (performance.now() - started)
  await worker.stop()
  await close()
  await receiver.close()
  return { perSecond, steady: steadyRate(seen.map(([, at]) => at)) }
}

/** Per second between a tenth and eight tenths: at the end fewer terminals are left than there are slots. */
function steadyRate(arrivals: readonly number[]): number {
  const sorted = [...arrivals].sort((a, b) => a - b)
  const [from, to] = [Math.floor(sorted.length * 0.1), Math.floor(sorted.length * 0.8)]
  return ((to - from) * 1000) / ((sorted[to] ?? 0) - (sorted[from] ?? 0))
}

/** Event to receiver, one event at a time on an idle engine, and live ones beside a backlog. */
async function latency(waiting: number, live: number) {
  const receiver = await startReceiver(0)
  const { store, close } = await openStore(receiver.url)
  await record(store, 1_000_000, waiting)
  const worker = workerFor(store)
  const heapBefore = process.memoryUsage().heapUsed
  let heapMost = heapBefore
  worker.start()
  const started = performance.now()
  const sentAt = new Map<string, number>()
  const arrived = new Map<string, number>()
  let drained = 0
  const collect = async () => {
    for (const [id, at] of await receiver.take()) {
      if (id.startsWith('live')) arrived.set(id, at)
      else drained += 1
    }
    heapMost = Math.max(heapMost, process.memoryUsage().heapUsed)
  }
  for (let index = 0; index < live; index++) {
    const id = `live${index}`
    sentAt.set(id, performance.timeOrigin + performance.now())
    const event = punchEvent({
      OperationID: id,
      DeviceSN: `LIVE${index % 20}`,
      OccurredAt: new Date().toISOString(),
    })
    await store.write(write => recordEvents(write, [event], systemClock))
    worker.wake()
    await new Promise(resolve => setTimeout(resolve, 25))
    await collect()
  }
  while (arrived.size < live || drained < waiting) {
    await collect()
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  const perSecond = (waiting * 1000) / (performance.now() - started)
  await worker.stop()
  await close()
  await receiver.close()
  const waits = [...arrived].map(([id, at]) => at - (sentAt.get(id) ?? at))
  return {
    ...spread(waits),
    drainedPerSecond: Math.round(perSecond),
    heapGrewMiB: Math.round((heapMost - heapBefore) / 1_048_576),
  }
}

/**
 * Deliveries to a local receiver, in one run with a bare signed loop over the same bodies that keeps nothing: once as
 * anybody would sign (the contract's WebCrypto), once by the quickest way there is, which is ours. State is durable
 * throughout; the receiver has a thread of its own.
 */
export async function deliveries(): Promise<object> {
  const receiver = await startReceiver(0)
  await bareLoop(receiver.url, 2000, sign)
  const bare = await bareLoop(receiver.url, amount, sign)
  const barest = await bareLoop(receiver.url, amount, signCallback)
  await receiver.close()
  const { perSecond: durable } = await drain(amount, 0)
  const slowReceiver = await startReceiver(50)
  const bareSlow = await bareLoop(slowReceiver.url, 3000, sign)
  await slowReceiver.close()
  const { perSecond: slow, steady: slowSteady } = await drain(6000, 50)
  const ceiling = (concurrency + liveSlots) / 0.05
  return {
    bareLoopPerSecond: Math.round(bare),
    durablePerSecond: Math.round(durable),
    shareOfBareLoop: round(durable / bare),
    'bare loop that signs on the spot, as we do, per second': Math.round(barest),
    'share of that': round(durable / barest),
    at50msPerSecond: Math.round(slow),
    at50msSteadyPerSecond: Math.round(slowSteady),
    shareOfConcurrencyByLatency: round(slowSteady / ceiling),
    bareLoopAt50msPerSecond: Math.round(bareSlow),
    idleLatencyMs: await latency(0, 200),
    besideBacklog: { backlog, ...(await latency(backlog, 200)) },
  }
}

const round = (value: number) => Math.round(value * 100) / 100
