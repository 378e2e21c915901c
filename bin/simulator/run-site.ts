import type { Agent } from 'undici'
import { flakyUntil } from './flaky.ts'
import { type DuePunch, punchesBetween, startOfHistory } from './schedule.ts'
import { type SimulatedTime, simulatedTime, waitUntil } from './simulated-time.ts'
import { type SimulatedPlace, type SimulatedSite, type SimulatedTerminal, simulatedSite } from './site.ts'
import { createTerminal, type PostReport, type Terminal } from './terminal.ts'
import { attlogLine, type TerminalIdentity, userRowOf } from './terminal-lines.ts'
import { connectionsTo, wireOf } from './wire.ts'

export type SimulatedSiteOptions = {
  /** Base address of the device port, with or without `/iclock`. */
  devicesUrl: string
  /** Days of history a new data folder gets. */
  days?: number
  /** Simulated seconds per real second, from the moment of the start. */
  speed?: number
  signal: AbortSignal
  log: (line: string) => void
  /** Upload names and history first. Without it only what happens from now on is sent. */
  seed?: boolean
  /** Epoch milliseconds: upload only punches after this moment, and no names. For the gap since the last run. */
  historyFrom?: number
  /** Called after every acknowledged post of history, and once with `sent === total` at its end. */
  onProgress?: (progress: { sent: number; total: number }) => void
  /** Punch lines in one post of history. */
  batchLines?: number
  now?: () => number
}

/** Changing it changes every day of every person; a data folder then holds two contradicting histories. */
export const siteSeed = 20_260_915

const connectionsMax = 12
const pollMinMs = 500
// What a terminal still held back when the last run ended is sent again; the server drops repeats.
const gapMarginMs = 15 * 60_000
const gapMaxMs = 400 * 86_400_000
const feedAheadMs = 2 * 3_600_000

/** Plays the simulated site against a device port until aborted: history first, then life. */
export async function runSimulatedSite(options: SimulatedSiteOptions): Promise<void> {
  if (options.signal.aborted) return
  const stop = new AbortController()
  const onAbort = () => stop.abort()
  options.signal.addEventListener('abort', onAbort)
  const agent = connectionsTo(connectionsMax)
  try {
    await play(options, agent, stop)
  } finally {
    stop.abort()
    options.signal.removeEventListener('abort', onAbort)
    await agent.destroy()
  }
}

async function play(options: SimulatedSiteOptions, agent: Agent, stop: AbortController): Promise<void> {
  const { days = 45, speed = 1, seed = true, historyFrom, log } = options
  const plan = simulatedSite()
  const time = simulatedTime({ speed, ...(options.now ? { now: options.now } : {}) })
  const liveFrom = time.now()
  const history = startOfHistory(plan, liveFrom, days)
  const gap = historyFrom === undefined ? undefined : Math.max(historyFrom - gapMarginMs, liveFrom - gapMaxMs)
  const uploadFrom = gap ?? (seed ? history : liveFrom)
  const bornAt = Math.min(history, uploadFrom)

  const progress = progressOf(options, time)
  const terminals = terminalsOf(plan, options, { agent, time, signal: stop.signal, progress })
  const remembered = await remember(
    plan,
    terminals,
    { fromMs: bornAt, toMs: liveFrom, uploadFrom },
    stop.signal,
  )
  if (stop.signal.aborted) return
  if (remembered > 0) log(`simulated site: ${remembered} punches of history to upload`)
  progress.begin(remembered)

  // One loop that fails must not leave the others running on.
  const guard = (work: Promise<void>) => work.finally(() => stop.abort())
  await Promise.all([
    guard(feed(plan, terminals, time, liveFrom, stop.signal)),
    ...[...terminals.values()].map(({ terminal }) => guard(terminal.run(stop.signal))),
  ])
}

type Staffed = { terminal: Terminal; identity: TerminalIdentity }
type Progress = ReturnType<typeof progressOf>

function terminalsOf(
  plan: SimulatedSite,
  options: SimulatedSiteOptions,
  shared: { agent: Agent; time: SimulatedTime; signal: AbortSignal; progress: Progress },
): Map<string, Staffed> {
  const { agent, time, signal, progress } = shared
  const terminals = new Map<string, Staffed>()
  for (const site of plan.sites) {
    const people = plan.people.filter(person => person.site === site.name)
    for (const planned of site.terminals) {
      const identity = identityOf(site, planned)
      const { serial, newer } = identity
      const contentType = newer ? { contentType: 'application/push;charset=UTF-8' } : {}
      const terminal = createTerminal({
        identity,
        users: new Map(people.map(person => [person.code, userRowOf(person)])),
        wire: wireOf({ devicesUrl: options.devicesUrl, agent, serial, signal, ...contentType }),
        time,
        log: options.log,
        statesDoor: true,
        sendUsers: (options.seed ?? true) && options.historyFrom === undefined,
        batchLines: options.batchLines ?? 1000,
        pollMinMs: time.speed === 1 ? 0 : pollMinMs,
        onPost: progress.onPost,
        // History is not held up by a bad network: the silences begin with life.
        ...(planned.flaky
          ? { silentUntil: at => (progress.finished() ? flakyUntil(serial, at) : undefined) }
          : {}),
      })
      terminals.set(serial, { terminal, identity })
    }
  }
  return terminals
}

function identityOf(site: SimulatedPlace, terminal: SimulatedTerminal): TerminalIdentity {
  const { serial, model, firmware, hasDoor, clockOffsetSeconds, mac, address, keys } = terminal
  return { serial, model, firmware, hasDoor, zone: site.zone, clockOffsetSeconds, mac, address, newer: !keys }
}

/** Gives every terminal the punches it has lived through; returns how many of them it will upload. */
async function remember(
  plan: SimulatedSite,
  terminals: ReadonlyMap<string, Staffed>,
  range: { fromMs: number; toMs: number; uploadFrom: number },
  signal: AbortSignal,
): Promise<number> {
  const dayMs = 86_400_000
  let uploads = 0
  for (let from = range.fromMs; from < range.toMs && !signal.aborted; from += dayMs) {
    const punches = punchesBetween(plan, from, Math.min(from + dayMs, range.toMs), siteSeed)
    const lines = new Map<string, { old: string[]; fresh: string[] }>()
    for (const punch of punches) {
      const staffed = terminals.get(punch.terminal)
      if (!staffed) continue
      const parts = lines.get(punch.terminal) ?? { old: [], fresh: [] }
      lines.set(punch.terminal, parts)
      const fresh = punch.atMs > range.uploadFrom
      ;(fresh ? parts.fresh : parts.old).push(attlogLine(staffed.identity, punch))
      if (fresh) uploads += 1
    }
    for (const [serial, { old, fresh }] of lines) {
      terminals.get(serial)?.terminal.load(old, false)
      terminals.get(serial)?.terminal.load(fresh, true)
    }
    // The gateway may live in this process; it gets its turn after every day.
    await new Promise<void>(resolve => setImmediate(resolve))
  }
  return uploads
}

/** Life: hands every punch to its terminal when it is due. */
async function feed(
  plan: SimulatedSite,
  terminals: ReadonlyMap<string, Staffed>,
  time: SimulatedTime,
  fromMs: number,
  signal: AbortSignal,
): Promise<void> {
  for (let from = fromMs; !signal.aborted; from += feedAheadMs) {
    const due: DuePunch[] = punchesBetween(plan, from, from + feedAheadMs, siteSeed)
    for (const punch of due) {
      await waitUntil(time, punch.atMs, signal)
      if (signal.aborted) return
      const staffed = terminals.get(punch.terminal)
      staffed?.terminal.punch(punch.code, attlogLine(staffed.identity, punch))
    }
    await waitUntil(time, from + feedAheadMs, signal)
  }
}

/** Counts acknowledged history; buffers are first in, first out, so the first `total` lines are it. */
function progressOf(options: Pick<SimulatedSiteOptions, 'onProgress' | 'log'>, time: SimulatedTime) {
  const began = performance.now()
  let total = 0
  let sent = 0
  let running = false
  let done = false

  function finish(): void {
    done = true
    options.onProgress?.({ sent: total, total })
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    if (total > 0) options.log(`simulated site: history sent in ${seconds} s`)
    options.log(`simulated site: live${time.speed === 1 ? '' : ` at ${time.speed} times real speed`}`)
  }

  return {
    begin: (lines: number) => {
      total = lines
      running = true
      if (total === 0) finish()
    },
    finished: () => done,
    onPost: ({ lines, acknowledged }: PostReport) => {
      if (!running || done || !acknowledged) return
      sent += lines
      if (sent >= total) finish()
      else options.onProgress?.({ sent, total })
    },
  }
}
