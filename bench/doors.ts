import { setTimeout as delay } from 'node:timers/promises'
import { createFakeController } from '../tests/support/fake-controller.ts'
import { signIn, startAll, type TestSystem } from '../tests/support/start-all.ts'
import { until } from '../tests/support/until.ts'
import { spread } from './percentile.ts'

const controllers = 500
const opens = 600
/** The first of a new process are compiled while they run; a gateway runs for months. */
const warmUp = 20
const pollEveryMs = 2000
const lockedDoors = 200
const runs = 3

/**
 * 500 controllers that poll every two seconds. From a click in a signed-in browser to the relay command in the reply to
 * that controller's poll: only what the servers take, without the wait for the poll. Then lockdowns of 200 doors.
 */
export async function doorOrders(): Promise<object> {
  const system = await startAll({ accounts: { security: ['security'] } })
  try {
    const fleet = await startFleet(system)
    const stop = new AbortController()
    const polling = Promise.all(fleet.map(each => pollOn(each, stop.signal)))
    const clicks = await openDoors(system, fleet)
    stop.abort()
    await polling
    return { controllers, opens, 'server share, ms': spread(clicks), ...(await lockDown(system)) }
  } finally {
    await system.stop()
  }
}

type Fleet = Awaited<ReturnType<typeof startFleet>>

async function startFleet(system: TestSystem) {
  const fleet = Array.from({ length: controllers }, (_, at) =>
    createFakeController(system.gateway.devicesUrl, `BENCHDOOR${at}`, 1),
  )
  for (let from = 0; from < fleet.length; from += 25)
    await Promise.all(
      fleet.slice(from, from + 25).map(async controller => {
        await controller.handshake()
        await controller.registry(',AccSupportFunList=001000000000')
        await controller.push()
        await controller.poll()
      }),
    )
  return fleet.map(controller => ({ controller, isBusy: false }))
}

/** Idle polls of everybody, spread over the interval; who is being measured polls itself. */
async function pollOn(each: Fleet[number], signal: AbortSignal): Promise<void> {
  await delay(Math.random() * pollEveryMs, undefined, { signal }).catch(() => undefined)
  while (!signal.aborted) {
    if (!each.isBusy) await each.controller.poll()
    await delay(pollEveryMs, undefined, { signal }).catch(() => undefined)
  }
}

async function openDoors(system: TestSystem, fleet: Fleet): Promise<number[]> {
  const guard = await signIn(system, 'security')
  const took: number[] = []
  for (let at = 0; at < opens + warmUp; at += 1) {
    const each = fleet[(at * 7) % fleet.length]
    if (!each) continue
    each.isBusy = true
    const { sn } = each.controller
    const clicked = performance.now()
    const order = await guard.post(
      '/api/v3/OpenDoor',
      { DeviceSN: sn, DoorNo: 1 },
      { 'idempotency-key': crypto.randomUUID() },
    )
    if (order.body.State !== 'Queued') throw new Error(`${sn} was not told: ${JSON.stringify(order.body)}`)
    const { commands } = await each.controller.poll()
    const handed = performance.now()
    const [command] = commands
    if (command?.id !== order.body.CommandID) throw new Error(`${sn} was not handed its order`)
    if (at >= warmUp) took.push(handed - clicked)
    await each.controller.result(command?.id ?? '', 0, 'CONTROL DEVICE')
    each.isBusy = false
    await delay(20)
  }
  return took
}

async function lockDown(system: TestSystem): Promise<Record<string, unknown>> {
  const client = system.gateway.client()
  const { Doors } = (await client.call('doors.status', {})).body
  const zone = Doors.slice(0, lockedDoors).map(({ DeviceSN, DoorNo }) => `${DeviceSN}/${DoorNo}`)
  await client.call('doors.saveZone', { Zone: 'Bench', Doors: zone })
  const took: number[] = []
  const pending: number[] = []
  const cpu: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const before = process.cpuUsage()
    const began = performance.now()
    const { body } = await client.call('doors.startEmergency', { Kind: 'Lockdown', Zone: 'Bench' })
    took.push(performance.now() - began)
    const { user, system: kernel } = process.cpuUsage(before)
    cpu.push((user + kernel) / 1000)
    pending.push(body.Emergency.Doors)
    await client.call('doors.endEmergency', { EmergencyID: body.Emergency.EmergencyID })
    // Nobody fetches these orders, so they expire; what the end of one run leaves must not be measured in the next.
    await until(
      'every hold is over',
      async () =>
        (await client.call('doors.emergency', { EmergencyID: body.Emergency.EmergencyID })).body.Emergency
          .Pending === 0,
      60_000,
    )
    await delay(500)
  }
  return {
    lockedDoors: Math.min(...pending),
    'lockdown answered, ms': spread(took),
    'of that on a core, ms': spread(cpu),
  }
}
