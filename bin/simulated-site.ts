import { Worker } from 'node:worker_threads'
import type { Logger } from '#platform/logger.ts'
import { adoptDevice } from '../gateway/device/adopt.ts'
import { editSetting } from '../gateway/store/profiles.ts'
import { readSimulatedMemory, saveSimulatedMemory } from '../gateway/store/simulated-memory.ts'
import type { RunningGateway } from './gateway.ts'
import type { AppSettings } from './settings.ts'
import { planSimulatedSite } from './simulated-plan.ts'
import type { KeptChanges } from './simulator/kept-rows.ts'
import { simulatedSite } from './simulator/site.ts'

/** Setting that remembers what a data folder was started with, and until when the simulation has played. */
const siteSetting = 'site'
const playedSetting = 'simulated-until'
const plannedSetting = 'simulated-plan'
const playedEveryMs = 60_000

interface FromWorker {
  readonly log?: string
  readonly seeded?: true
  readonly kept?: { readonly serial: string; readonly changes: KeptChanges }
}

export interface SimulatedSiteControl {
  stop(): Promise<void>
}

/**
 * Starts the simulated site where it belongs: in a new data folder (unless set otherwise), and again wherever its
 * terminals still are. The terminals run in a thread of their own and speak to the device port like any other.
 */
export async function startSimulatedSite(
  settings: AppSettings,
  running: RunningGateway,
  { log, speed, gatewayToken }: { log: Logger; speed: number; gatewayToken: string },
): Promise<SimulatedSiteControl | null> {
  const { store, gateway } = running
  const site = await readSetting(running, siteSetting)
  if (site === undefined) {
    await writeSetting(running, siteSetting, settings.site)
    if (settings.site === 'simulated') await adoptTerminals(running)
  }
  const device = await store.read
    .selectFrom('device')
    .select('sn')
    .where('simulated', '=', 1)
    .limit(1)
    .executeTakeFirst()
  if (!device) return null
  const until = await readSetting(running, playedSetting)
  const { sealKey } = gateway.deps.config
  const kept = new Map<string, KeptChanges>()
  for (const [serial, text] of await readSimulatedMemory(store.read, sealKey))
    kept.set(serial, JSON.parse(text))
  const worker = new Worker(new URL('./simulator/site.worker.ts', import.meta.url), {
    workerData: {
      devicesUrl: withSecret(running.devicesUrl, settings.devices.secret),
      speed,
      kept,
      ...(until === undefined ? {} : { historyFrom: Number(until) }),
    },
  })
  // One after the other: an older memory must not be written over a newer one.
  let keeping: Promise<unknown> = Promise.resolve()
  const keep = ({ serial, changes }: NonNullable<FromWorker['kept']>) => {
    const text = JSON.stringify(changes)
    keeping = keeping
      .then(() => store.write(write => saveSimulatedMemory(write, sealKey, serial, text)))
      .catch(error => log.error({ err: error }, 'keeping what a simulated terminal holds failed'))
  }
  worker.on('message', (message: FromWorker) => {
    if (message.log !== undefined) log.info(message.log)
    if (message.seeded) noteSafely()
    if (message.kept) keep(message.kept)
  })
  worker.on('error', error => log.error({ err: error }, 'the simulated site stopped'))
  const ended = new Promise<void>(resolve => worker.once('exit', () => resolve()))
  let seeded = false
  const notePlayed = async () => {
    seeded = true
    await writeSetting(running, playedSetting, String(gateway.deps.clock.now()))
  }
  const planning = new AbortController()
  const planned = planOnce(running, { gatewayToken, signal: planning.signal }).catch(error =>
    log.error({ err: error }, 'planning the simulated site failed'),
  )
  const noteSafely = () =>
    void notePlayed().catch(error => log.error({ err: error }, 'noting the simulation failed'))
  const timer = setInterval(() => (seeded ? noteSafely() : undefined), playedEveryMs)
  return {
    async stop() {
      clearInterval(timer)
      planning.abort()
      await planned
      worker.postMessage('stop')
      await ended
      await keeping
      const stillThere = await store.read
        .selectFrom('device')
        .select('sn')
        .where('simulated', '=', 1)
        .limit(1)
        .executeTakeFirst()
      if (seeded && stillThere) await notePlayed()
    },
  }
}

/** Its shifts, departments and leave are set like those of any customer, once its people are known. */
async function planOnce(
  running: RunningGateway,
  options: { gatewayToken: string; signal: AbortSignal },
): Promise<void> {
  if ((await readSetting(running, plannedSetting)) !== undefined) return
  const done = await planSimulatedSite({
    url: `${running.apiUrl}/v3`,
    token: options.gatewayToken,
    nowMs: running.gateway.deps.clock.now(),
    signal: options.signal,
  })
  if (done) await writeSetting(running, plannedSetting, String(running.gateway.deps.clock.now()))
}

/** Simulated terminals know the secret of the path like any other. */
function withSecret(devicesUrl: string, secret: string | undefined): string {
  return secret === undefined ? devicesUrl : `${devicesUrl}/${secret}`
}

async function adoptTerminals({ gateway }: RunningGateway): Promise<void> {
  for (const { name, zone, terminals } of simulatedSite().sites) {
    for (const { serial, label, hasDoor, doors } of terminals) {
      await adoptDevice(gateway.deps, { sn: serial, label, zone, site: name, hasDoor, simulated: true })
      if (doors > 0) await tellRelays(gateway.deps, serial)
    }
  }
}

/** What a set bit of a relay means no controller says; of these somebody has seen it. */
async function tellRelays(deps: RunningGateway['gateway']['deps'], sn: string): Promise<void> {
  const evidence = 'The simulated controller is built so'
  await deps.store.write(write =>
    editSetting(write, sn, { name: 'RelayPolarity', value: 'energised', evidence }, deps.clock.now()),
  )
}

/** What a data folder was started with; the setting counts only for a new one (interface.md "Settings"). */
export async function siteOf(settings: AppSettings, running: RunningGateway): Promise<string> {
  return (await readSetting(running, siteSetting)) ?? settings.site
}

async function readSetting({ store }: RunningGateway, name: string): Promise<string | undefined> {
  return (await store.read.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst())
    ?.value
}

async function writeSetting({ store }: RunningGateway, name: string, value: string): Promise<void> {
  await store.write(write =>
    write
      .insertInto('setting')
      .values({ name, value })
      .onConflict(conflict => conflict.column('name').doUpdateSet({ value }))
      .execute(),
  )
}
