import type { Agent } from 'undici'
import type { KeptChanges } from './kept-rows.ts'
import { createPlayer, type Player } from './players.ts'
import { type DuePunch, punchesBetween, startOfHistory } from './schedule.ts'
import { type SimulatedTime, simulatedTime, waitUntil } from './simulated-time.ts'
import { type SimulatedSite, simulatedSite } from './site.ts'
import type { PostReport } from './terminal.ts'
import { connectionsTo } from './wire.ts'

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
  /** What terminals kept of an earlier run, by serial number. */
  kept?: ReadonlyMap<string, KeptChanges>
  /** Called with all of what commands have changed on a terminal, soon after they have and at the end. */
  onKept?: (serial: string, changes: KeptChanges) => void
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
/** A push of hundreds is written down a few times, not hundreds of times. */
const keptEveryMs = 500

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
  const changed = new Set<string>()
  const players = playersOf(plan, options, { agent, time, signal: stop.signal, progress, changed })
  const tellKept = () => {
    for (const serial of changed) {
      const player = players.get(serial)
      if (player) options.onKept?.(serial, player.changes())
    }
    changed.clear()
  }
  const remembered = await remember(
    plan,
    players,
    { fromMs: bornAt, toMs: liveFrom, uploadFrom },
    stop.signal,
  )
  if (stop.signal.aborted) return
  if (remembered > 0) log(`simulated site: ${remembered} punches of history to upload`)
  progress.begin(remembered)

  // One loop that fails must not leave the others running on.
  const guard = (work: Promise<void>) => work.finally(() => stop.abort())
  const keeping = setInterval(tellKept, keptEveryMs)
  try {
    await Promise.all([
      guard(feed(plan, players, time, liveFrom, stop.signal)),
      ...[...players.values()].map(player => guard(player.run(stop.signal))),
    ])
  } finally {
    clearInterval(keeping)
    tellKept()
  }
}

type Progress = ReturnType<typeof progressOf>

/** Terminals and controllers of all places by serial number. */
function playersOf(
  plan: SimulatedSite,
  options: SimulatedSiteOptions,
  shared: {
    agent: Agent
    time: SimulatedTime
    signal: AbortSignal
    progress: Progress
    changed: Set<string>
  },
): Map<string, Player> {
  const { time, progress } = shared
  const players = new Map<string, Player>()
  for (const site of plan.sites) {
    const people = plan.people.filter(person => person.site === site.name)
    for (const planned of site.terminals) {
      const kept = options.kept?.get(planned.serial)
      const player = createPlayer({
        ...shared,
        site,
        planned,
        people,
        devicesUrl: options.devicesUrl,
        log: options.log,
        sendUsers: (options.seed ?? true) && options.historyFrom === undefined,
        batchLines: options.batchLines ?? 1000,
        pollMinMs: time.speed === 1 ? 0 : pollMinMs,
        onPost: progress.onPost,
        onChange: () => shared.changed.add(planned.serial),
        ...(kept === undefined ? {} : { kept }),
        isLive: progress.finished,
      })
      players.set(planned.serial, player)
    }
  }
  return players
}

/** Gives every terminal the punches it has lived through; returns how many of them it will upload. */
async function remember(
  plan: SimulatedSite,
  players: ReadonlyMap<string, Player>,
  range: { fromMs: number; toMs: number; uploadFrom: number },
  signal: AbortSignal,
): Promise<number> {
  const dayMs = 86_400_000
  let uploads = 0
  for (let from = range.fromMs; from < range.toMs && !signal.aborted; from += dayMs) {
    const punches = punchesBetween(plan, from, Math.min(from + dayMs, range.toMs), siteSeed)
    const parts = new Map<string, { old: DuePunch[]; fresh: DuePunch[] }>()
    for (const punch of punches) {
      const fresh = punch.atMs > range.uploadFrom
      const part = parts.get(punch.terminal) ?? { old: [], fresh: [] }
      parts.set(punch.terminal, part)
      part[fresh ? 'fresh' : 'old'].push(punch)
      if (fresh) uploads += 1
    }
    for (const [serial, { old, fresh }] of parts) players.get(serial)?.load(old, fresh)
    // The gateway may live in this process; it gets its turn after every day.
    await new Promise<void>(resolve => setImmediate(resolve))
  }
  return uploads
}

/** Life: hands every punch to its terminal when it is due. */
async function feed(
  plan: SimulatedSite,
  players: ReadonlyMap<string, Player>,
  time: SimulatedTime,
  fromMs: number,
  signal: AbortSignal,
): Promise<void> {
  for (let from = fromMs; !signal.aborted; from += feedAheadMs) {
    const due: DuePunch[] = punchesBetween(plan, from, from + feedAheadMs, siteSeed)
    for (const punch of due) {
      await waitUntil(time, punch.atMs, signal)
      if (signal.aborted) return
      players.get(punch.terminal)?.punch(punch)
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
