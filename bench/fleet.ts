import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '#platform/logger.ts'
import { createPresence } from '../gateway/device/presence.ts'
import { sweepHealth } from '../gateway/health/sweep.ts'
import { createWatch } from '../gateway/health/watch.ts'
import { insertDevice, newDevice } from '../gateway/store/devices.ts'
import { createStore } from '../gateway/store/index.ts'
import { startGateway } from '../tests/support/start-gateway.ts'
import { spread } from './percentile.ts'

const terminals = 2000
const everyMs = 10_000
const calls = 60
const minutes = 5

/**
 * 2,000 terminals: the list as the API answers it, the page of the list the dashboard asks for, and what keeping their
 * heartbeats costs by itself: five minutes of polls every ten seconds, the sweeps and the writing behind, on a clock of
 * their own, so that the share of a core is processor time against time that passed there.
 */
export async function fleet(): Promise<object> {
  return { lists: await lists(), bookkeeping: await bookkeeping() }
}

async function lists(): Promise<object> {
  const running = await startGateway()
  try {
    await running.store.write(async write => {
      for (let index = 0; index < terminals; index += 1) await insertDevice(write, member(index))
      await write.updateTable('device_contact').set({ online: 1, last_seen_at: Date.now() }).execute()
    })
    const client = running.client()
    const time = async (call: () => Promise<unknown>) => {
      const took: number[] = []
      for (let index = 0; index < calls; index += 1) {
        const started = performance.now()
        await call()
        took.push(performance.now() - started)
      }
      return spread(took.slice(5))
    }
    const raw = async () => {
      const reply = await fetch(`${running.apiUrl}/v3/ListDevices`, { headers: { AuthToken: running.token } })
      await reply.arrayBuffer()
    }
    return {
      listDevicesMs: await time(raw),
      fleetPageMs: await time(() => client.call('devices.fleet', { Limit: 100 })),
      fleetSearchMs: await time(() => client.call('devices.fleet', { Limit: 100, Search: 'gate 17' })),
    }
  } finally {
    await running.stop()
  }
}

async function bookkeeping(): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-fleet-bench-'))
  const store = await createStore({ file: join(folder, 'gateway.db') })
  let now = Date.parse('2026-03-02T06:00:00Z')
  const clock = { now: () => now, sleep: async () => undefined }
  const deps = { store, clock, log: silentLogger, wakeDelivery: () => undefined }
  await store.write(async write => {
    for (let index = 0; index < terminals; index += 1) await insertDevice(write, member(index))
  })
  const presence = createPresence(deps)
  const watch = createWatch(deps, 10_000)
  await watch.begin()
  const poll = (index: number) => presence.seen(member(index).sn, { address: '10.0.0.1', isPoll: true })
  for (let index = 0; index < terminals; index += 1) await poll(index)
  const before = process.cpuUsage()
  const started = now
  const step = 500
  const perStep = (terminals * step) / everyMs
  for (let turn = 0; now - started < minutes * 60_000; turn += 1) {
    for (let index = 0; index < perStep; index += 1) await poll((turn * perStep + index) % terminals)
    await watch.look()
    await presence.sweep()
    if (turn % 4 === 0) {
      await presence.flush()
      await watch.mark()
    }
    if (turn % 30 === 0) await sweepHealth(deps)
    now += step
  }
  const { user, system } = process.cpuUsage(before)
  await store.close()
  rmSync(folder, { recursive: true, force: true })
  return {
    minutes,
    polls: (terminals * minutes * 60_000) / everyMs,
    percentOfOneCore: Math.round(((user + system) / 1000 / (minutes * 60_000)) * 1000) / 10,
  }
}

const serials = Array.from({ length: terminals }, (_, index) => `FLEET${String(index).padStart(4, '0')}`)

function member(index: number) {
  const sn = serials[index] ?? ''
  const site = `Site ${index % 40}`
  return {
    ...newDevice(sn, { state: 'adopted' as const, zone: 'Asia/Kolkata', site, now: 1 }),
    label: `Gate ${index}`,
    model: 'SpeedFace-V5L',
    firmware: `8.0.${index % 5}`,
    options: JSON.stringify({ DeviceName: 'SpeedFace-V5L', FWVersion: '8.0', MAC: '00:17:61:00:00:00' }),
  }
}
