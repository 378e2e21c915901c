import { mkdtempSync, rmSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { Agent, request } from 'undici'
import { systemClock } from '#platform/clock.ts'
import { silentLogger } from '#platform/logger.ts'
import { createSecret, sign } from '#contract/signature.ts'
import { createStore } from '../store/index.ts'
import { upsertSubscription, listSubscriptions } from '../store/webhooks.ts'
import { recordEvents } from './outbox.ts'
import { sealSecret } from './secrets.ts'
import { punchEvent } from './testing/events.ts'
import { createDeliveryWorker } from './worker.ts'
const url = 'http://127.0.0.1:55990/hook'
const sealKey = randomBytes(32)
const N = Number(process.argv[2] ?? 20000)
const pg = process.argv[3]
const now = new Date().toISOString()
const ev = (d: number, i: number) => punchEvent({ DeviceSN: `SN${d}`, OperationID: `op-${d}-${i}-${Math.random()}`, OccurredAt: now, ReceivedAt: now })
const secret = createSecret()
async function bare(signed: boolean) {
  const agent = new Agent({ connections: 64 })
  const body = JSON.stringify(ev(1, 1))
  let left = N
  const t = performance.now(); const c0 = process.cpuUsage()
  await Promise.all(Array.from({ length: 32 }, async () => {
    while (left-- > 0) {
      const at = Math.floor(Date.now() / 1000)
      const s = signed ? await sign(secret, 'id', at, body) : 'x'
      const r = await request(url, { method: 'POST', body, dispatcher: agent, headers: { 'content-type': 'application/json', 'webhook-signature': s } })
      await r.body.text()
    }
  }))
  const c = process.cpuUsage(c0)
  console.log(`bare undici ${signed ? 'signed' : 'unsigned'} c32: ${(N / (performance.now() - t) * 1000).toFixed(0)}/s cpu ${((c.user + c.system) / N).toFixed(0)} us`)
  await agent.close()
}
await bare(false); await bare(false); await bare(true)
const dir = mkdtempSync('/tmp/whbench/db-')
const store = await createStore({ file: `${dir}/g.db`, ...(pg ? { url: pg } : {}) })
await store.write(async trx => { await trx.deleteFrom('outbox').execute(); await trx.deleteFrom('subscription').execute() })
const subId = (await store.write(trx => upsertSubscription(trx, { tokenId: 1, url, events: ['OnAttendance'], devices: null, format: 'v3', ack: 'done', maxAgeMs: null, secret: sealSecret(sealKey, secret), replaceSecret: true, callbackToken: null, localAllowed: true, now: 0 }))).id
const config = { version: 'b', adopt: 'ask', timeZone: 'UTC', siteName: 'x', sealKey } as const
async function drain(label: string, devices: number) {
  const worker = createDeliveryWorker({ store, clock: systemClock, log: silentLogger, config })
  const t = performance.now(); const c0 = process.cpuUsage()
  worker.start(); 
  let peak = 0
  const m = setInterval(() => { peak = Math.max(peak, process.memoryUsage().rss) }, 100)
  await worker.idle()
  clearInterval(m)
  const c = process.cpuUsage(c0)
  const s = (await listSubscriptions(store.read, null))[0]
  console.log(`${label}: ${(N / (performance.now() - t) * 1000).toFixed(0)}/s cpu ${((c.user + c.system) / N).toFixed(0)} us, peak rss ${(peak / 1e6).toFixed(0)} MB`, JSON.stringify({ d: s?.Delivered, p: s?.Pending }))
  await worker.stop()
}
async function fill(devices: number) {
  const t = performance.now()
  for (let i = 0; i < N; i += 1000) await store.write(trx => recordEvents(trx, Array.from({ length: 1000 }, (_, k) => ev((i + k) % devices, i + k)), systemClock))
  console.log(`recordEvents ${N} over ${devices} devices, batches of 1000: ${((performance.now() - t) / (N / 1000)).toFixed(1)} ms per 1000`)
  const l = performance.now(); await listSubscriptions(store.read, null); console.log(`list with ${N} pending: ${(performance.now() - l).toFixed(1)} ms`)
}
await fill(200); await drain('worker, 200 lanes', 200)
await fill(1); await drain('worker, 1 lane', 1)
await fill(2000); await drain('worker, 2000 lanes', 2000)
// idle latency
const worker = createDeliveryWorker({ store, clock: systemClock, log: silentLogger, config })
worker.start(); await worker.idle()
const lat: number[] = []; const com: number[] = []
for (let i = 0; i < 200; i++) {
  const id = `lat-${i}`
  const c = performance.now()
  await store.write(trx => recordEvents(trx, [{ ...ev(i % 7, i), OperationID: id }], systemClock))
  const t = performance.now(); com.push(t - c)
  worker.wake()
  await worker.idle()
  lat.push(performance.now() - t)
}
const starts = await store.read.selectFrom('attempt').innerJoin('delivery', 'delivery.id', 'attempt.delivery_id').innerJoin('outbox', 'outbox.id', 'delivery.outbox_id').select(['attempt.started_at', 'delivery.created_at']).where('outbox.operation_id', 'like', 'lat-%').execute()
const q = (a: number[], p: number) => a.sort((x, y) => x - y)[Math.floor(a.length * p)]?.toFixed(1)
console.log('record commit ms p50/p99', q(com, .5), q(com, .99), '| wake to fully settled p50/p99', q(lat, .5), q(lat, .99), '| record begun to attempt begun p50/p99', q(starts.map(r => r.started_at - r.created_at), .5), q(starts.map(r => r.started_at - r.created_at), .99))
// stream: 1000 device uploads/s with own commits
await worker.stop(); await store.close(); rmSync(dir, { recursive: true })
