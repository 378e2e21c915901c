import { silentLogger } from '#platform/logger.ts'
import { createGuard } from '../../device/guard.ts'
import { createPresence, type Presence } from '../../device/presence.ts'
import { insertDevice, newDevice } from '../../store/devices.ts'
import type { Store } from '../../store/index.ts'
import { sweepHealth } from '../sweep.ts'
import { createWatch, type Watch } from '../watch.ts'

const second = 1000
export const minute = 60 * second

/** One terminal of the fleet, with what the script does to it. */
export interface ScriptedTerminal {
  readonly sn: string
  readonly site: string
  readonly address: string
  readonly firmware: string
  /** Milliseconds between its polls. */
  readonly rhythm: number
  nextPoll: number
  /** Times it does not call, from and to. */
  readonly dead: (readonly [number, number])[]
  /** Times it calls and is turned away. */
  readonly refused: (readonly [number, number, 'WrongKey' | 'Refused'])[]
}

interface Process {
  readonly presence: Presence
  readonly watch: Watch
  readonly flood: (sn: string) => Promise<void>
}

/** A fleet on a clock of its own, with presence and health as the gateway runs them, and a process that can die. */
export async function createScriptedFleet(
  open: () => Promise<Store>,
  terminals: readonly ScriptedTerminal[],
  start: number,
) {
  let now = start
  const clock = { now: () => now, sleep: async () => undefined }
  const store = await open()
  await store.write(async write => {
    for (const { sn, site, firmware } of terminals)
      await insertDevice(write, {
        ...newDevice(sn, { state: 'adopted', zone: 'Asia/Kolkata', site, now: start }),
        model: 'SpeedFace',
        firmware,
      })
  })
  let running = await startProcess(store, clock)

  /** One second of the fleet and of everything that works by itself. */
  async function tick(isUp: boolean): Promise<void> {
    for (const terminal of terminals) {
      if (terminal.nextPoll > now) continue
      terminal.nextPoll += terminal.rhythm
      if (!isUp || isWithin(terminal.dead, now)) continue
      const turnedAway = terminal.refused.find(([from, to]) => now >= from && now < to)
      if (turnedAway === undefined)
        await running.presence.seen(terminal.sn, { address: terminal.address, isPoll: true })
      else {
        running.presence.refused(terminal.sn, turnedAway[2])
        if (turnedAway[2] === 'Refused') await running.flood(terminal.sn)
      }
    }
    if (!isUp) return
    if ((await running.watch.look()) > 0) running.presence.forgive()
    await running.presence.sweep()
    const seconds = Math.round((now - start) / second)
    if (seconds % 20 === 0) {
      await running.presence.flush()
      await running.watch.mark()
    }
    if (seconds % 15 === 0) await sweepHealth({ store, clock, log: silentLogger })
  }

  return {
    store,
    now: () => now,
    /** What terminals tell of their clocks. */
    measured: (sn: string, skewMs: number) => running.presence.measured(sn, skewMs),
    /** Lets time pass second by second until then. */
    async runUntil(until: number): Promise<void> {
      for (; now < until; now += second) await tick(true)
    },
    /** The process dies without a word; another one starts later on the same store. */
    async killFor(ms: number): Promise<void> {
      const until = now + ms
      for (; now < until; now += second) await tick(false)
      running = await startProcess(store, clock)
    },
    /** The process stands still: time passes, terminals call and are not heard. */
    async standStillFor(ms: number): Promise<void> {
      const until = now + ms
      for (; now < until; now += second) await tick(false)
    },
    close: () => store.close(),
  }
}

async function startProcess(
  store: Store,
  clock: { now(): number; sleep(): Promise<undefined> },
): Promise<Process> {
  const config = { version: 'test', adopt: 'auto', timeZone: 'UTC', siteName: 'Main' } as const
  const given = { store, clock, log: silentLogger, wakeDelivery: () => undefined }
  const presence = createPresence(given)
  const watch = createWatch(given, 10 * second)
  const guard = createGuard({ ...given, config: { ...config, sealKey: new Uint8Array(32) } })
  await watch.begin()
  await presence.load()
  return { presence, watch, flood: sn => guard.flooding(sn, 'requests of a terminal') }
}

function isWithin(times: readonly (readonly [number, number])[], at: number): boolean {
  return times.some(([from, to]) => at >= from && at < to)
}
