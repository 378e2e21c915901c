import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { GatewayDeps } from '../deps.ts'
import { noteFault } from '../store/webhooks.ts'
import { createBell } from './bell.ts'
import { type Breaker, breakerState } from './breaker.ts'
import { type ClaimedLane, type ClaimWish, claimLanes, findDue } from './claim.ts'
import { createSender } from './deliver.ts'
import type { DeliveryMetrics } from './metrics.ts'
import { createPace } from './pace.ts'
import { pruneOutbox } from './prune.ts'
import { runLane } from './run-lane.ts'
import { laneKey, type ReleasedLane, releaseLanes, type SettledAttempt, settleAttempts } from './settle.ts'
import { settleHealth } from './settle-health.ts'
import { longRoom, type SlotLimits, shareSlots } from './share-slots.ts'
import { createSlots } from './slots.ts'
import { createTargets } from './targets.ts'

export interface DeliveryWorker {
  /** Something was committed to the outbox: look at once. */
  wake(): void
  start(): void
  /** Lets attempts under way end for a moment, breaks off the rest (they are made again later), writes it all down. */
  stop(): Promise<void>
  /** Resolves once nothing is due, in flight or unwritten; lanes that back off do not count. */
  idle(): Promise<void>
}

export interface WorkerOptions extends SlotLimits {
  /** Deliveries in memory in all, and per lane and claim. */
  readonly fetchMax: number
  readonly batchMin: number
  readonly batchMax: number
  readonly leaseMs: number
  readonly timeoutMs: number
  readonly graceMs: number
  readonly random: () => number
  readonly metrics: DeliveryMetrics | null
}

const defaults: WorkerOptions = {
  inFlightMax: 96,
  perSubscriptionMax: 32,
  liveReserved: 4,
  ahead: 8,
  guaranteed: 2,
  fetchMax: 1024,
  batchMin: 16,
  batchMax: 128,
  leaseMs: 60_000,
  timeoutMs: 10_000,
  graceMs: 2_000,
  random: Math.random,
  metrics: null,
}

/**
 * Least time between two transactions: under load results share a commit, and the recorders of punches get theirs.
 * The first after a quiet moment never waits.
 */
const spacingMs = 6
/** Pause after lanes were held by somebody else's transaction. */
const contendedMs = 20
/** Safety net for work another process left behind; what we record ourselves rings the bell. */
const pollMs = 5_000
const troubleMs = 1_000
const pruneEveryMs = 3_600_000

type WorkerDeps = Pick<GatewayDeps, 'store' | 'clock' | 'log' | 'config'>

/**
 * Sends what is in the outbox: in order per lane, lanes beside each other. Everything it knows is in the store; what
 * is in memory can be lost at any moment and is done again, with the same id.
 */
export function createDeliveryWorker(deps: WorkerDeps, given: Partial<WorkerOptions> = {}): DeliveryWorker {
  const { store, clock, log, config } = deps
  const options = { ...defaults, ...given }
  const { fetchMax, batchMin, batchMax } = options
  const name = randomUUID()
  const bell = createBell()
  const sender = createSender({
    clock,
    timeoutMs: options.timeoutMs,
    version: config.version,
    subnets: config.webhookSubnets,
  })
  const pace = createPace()
  const targets = createTargets(config.sealKey, reportUnreadable)
  const busy = new Map<string, number>()
  /** Of these, lanes with a backlog. */
  const backlogged = new Map<string, number>()
  const running = new Set<string>()
  const stopping = new AbortController()
  const slots = createSlots(options, run)
  let attempts: SettledAttempt[] = []
  let released: ReleasedLane[] = []
  let idlers: (() => void)[] = []
  /** Breakers as last written, until they are read again. */
  let latest = new Map<string, Breaker>()
  let claims = 0
  let exchangedAt = Number.NEGATIVE_INFINITY
  /** Lanes whose run has not ended; `running` also holds those whose end is not written yet. */
  let sending = 0
  let looping: Promise<unknown> | undefined

  function reportUnreadable(subscriptionId: string): void {
    const fault = 'The signing secret cannot be opened with the present key; register the address again'
    log.error({ subscriptionId }, fault)
    store
      .write(trx => noteFault(trx, subscriptionId, fault, clock.now()))
      .catch(error => log.error({ err: error }, 'fault of a subscription not written'))
  }

  /** One turn: write what came back, take what is due. Answers how long to wait for the next; 0 to go on at once. */
  async function turn(): Promise<number> {
    const early = exchangedAt + spacingMs - performance.now()
    if (early > 0) await delay(early)
    const rows = stopping.signal.aborted ? [] : await findDue(store.read)
    const pausing = new Set(attempts.filter(({ pause }) => pause).map(({ subscriptionId }) => subscriptionId))
    const active = targets.refresh(rows.filter(({ id }) => !pausing.has(id)))
    latest = new Map()
    const now = clock.now()
    pace.keepOnly(new Set(active.map(({ id }) => id)))
    const open = active.flatMap(({ id, due_at: live, due_long: long }) => {
      const longBusy = backlogged.get(id) ?? 0
      const dues = [live, longRoom(longBusy, options) > 0 ? long : null].filter(at => at !== null)
      if (dues.length === 0) return []
      const due_at = Math.min(...dues)
      const until = breakerOf(id)?.until ?? null
      const state = breakerState(until, now)
      // While it is open nothing goes; the probe goes at its end, whatever the lanes' own delays say.
      const at = until !== null && state === 'open' ? until : state === 'half-open' ? now : due_at
      return [{ id, due_at: at, probe: state === 'half-open', longBusy }]
    })
    const wishes = shareSlots(
      open.filter(({ due_at }) => due_at <= now),
      busyOf,
      running.size,
      options,
    )
    if (wishes.length > 0 || attempts.length > 0 || released.length > 0) {
      const { claimed, contended } = await exchange(wishes)
      exchangedAt = performance.now()
      if (contended || (wishes.some(({ probe }) => !probe) && claimed === 0)) await delay(contendedMs)
      // What was given back may be due again, and what was claimed may have left more.
      return 0
    }
    // A receiver with due lanes and no slot left is not waited for by the clock: a slot that frees rings the bell.
    const next = open.filter(({ due_at }) => due_at > now).map(({ due_at }) => due_at)
    return Math.max(1, Math.min(pollMs, ...next.map(at => at - now)))
  }

  function breakerOf(subscriptionId: string): Breaker | undefined {
    return latest.get(subscriptionId) ?? targets.get(subscriptionId)?.breaker
  }

  function busyOf(subscriptionId: string): number {
    return busy.get(subscriptionId) ?? 0
  }

  /** Settles, gives back and claims in one transaction: one commit however much there is. */
  async function exchange(wishes: readonly ClaimWish[]): Promise<{ claimed: number; contended: boolean }> {
    const settling = attempts
    const releasing = released
    attempts = []
    released = []
    const now = clock.now()
    const terms = {
      claim: `${name}:${++claims}`,
      now,
      until: now + options.leaseMs,
      fetchMax,
      batchMin,
      batchMax,
    }
    try {
      const { givenBack, claimed, breakers } = await store.write(async trx => {
        await settleAttempts(trx, store.dialect, settling, now)
        const back = await releaseLanes(trx, store.dialect, releasing, now)
        const { random } = options
        const moved = await settleHealth(trx, store.dialect, settling, {
          now,
          random,
          breakerBefore: breakerOf,
        })
        const still = wishes.filter(
          ({ subscriptionId }) => breakerState(moved.get(subscriptionId)?.until ?? null, now) !== 'open',
        )
        return {
          givenBack: back,
          claimed: await claimLanes(trx, store.dialect, still, terms),
          breakers: moved,
        }
      })
      for (const [id, breaker] of breakers) latest.set(id, breaker)
      // Not given back: a recorder holds the row, so it is tried again; or the lease lapsed and it is not ours.
      const kept = releasing.filter(
        lane =>
          !givenBack.has(laneKey(lane.subscriptionId, lane.lane)) &&
          lane.until > now &&
          !stopping.signal.aborted,
      )
      released.push(...kept)
      for (const lane of releasing) if (!kept.includes(lane)) retire(lane)
      for (const lane of claimed) send(lane)
      return { claimed: claimed.length, contended: kept.length > 0 }
    } catch (error) {
      attempts = [...settling, ...attempts]
      released = [...releasing, ...released]
      throw error
    }
  }

  function retire(lane: ReleasedLane): void {
    running.delete(runKey(lane))
    countUp(busy, lane.subscriptionId, -1)
    if (lane.long) countUp(backlogged, lane.subscriptionId, -1)
  }

  function send(lane: ClaimedLane): void {
    running.add(runKey(lane))
    countUp(busy, lane.subscriptionId, 1)
    if (lane.long) countUp(backlogged, lane.subscriptionId, 1)
    sending++
    slots.add(lane)
    if (stopping.signal.aborted) slots.flush()
  }

  function run(lane: ClaimedLane): void {
    void runLane(lane, {
      clock,
      sender,
      targets,
      pace,
      random: options.random,
      marginMs: options.timeoutMs * 1.5,
      isStopping: () => stopping.signal.aborted,
      onAttempt(attempt) {
        attempts.push(attempt)
        options.metrics?.attempted(attempt)
        bell.ring()
      },
    })
      .catch((error): ReleasedLane => {
        log.error({ err: error, lane: lane.lane }, 'a lane broke off; it is tried again')
        const { deliveries: _left, ...held } = lane
        return { ...held, dueAt: clock.now() + troubleMs }
      })
      .then(done => {
        sending--
        released.push(done)
        slots.ended(lane)
        bell.ring()
      })
  }

  function isQuiet(): boolean {
    return running.size === 0 && attempts.length === 0 && released.length === 0 && !bell.isRung()
  }

  async function loop(): Promise<void> {
    for (;;) {
      let waitMs = 0
      try {
        waitMs = await turn()
      } catch (error) {
        log.error({ err: error }, 'deliveries could not be read or written; trying again')
        if (stopping.signal.aborted && sending === 0) return
        // Results that come in meanwhile must not turn a store that is down into a busy loop.
        await delay(contendedMs)
        await clock.sleep(troubleMs, stopping.signal)
      }
      if (stopping.signal.aborted && isDone()) return
      if (waitMs === 0) continue
      if (isQuiet()) {
        for (const tell of idlers) tell()
        idlers = []
      }
      await bell.wait(clock, waitMs)
    }
  }

  function isDone(): boolean {
    return sending === 0 && attempts.length === 0 && released.length === 0
  }

  async function prune(): Promise<void> {
    while (!stopping.signal.aborted) {
      await pruneOutbox(store, clock.now(), stopping.signal).catch(error =>
        log.error({ err: error }, 'pruning failed'),
      )
      await clock.sleep(pruneEveryMs, stopping.signal)
    }
  }

  return {
    wake: () => bell.ring(),
    start() {
      looping ??= Promise.all([loop(), prune()])
    },
    async stop() {
      stopping.abort()
      slots.flush()
      bell.ring()
      const inTime = new AbortController()
      await Promise.race([looping, clock.sleep(options.graceMs, inTime.signal)])
      inTime.abort()
      sender.stopAll()
      await looping
      await sender.close()
      for (const tell of idlers) tell()
    },
    idle() {
      if (!looping || stopping.signal.aborted) return Promise.resolve()
      return new Promise(resolve => {
        idlers.push(resolve)
        bell.ring()
      })
    },
  }
}

function countUp(counts: Map<string, number>, id: string, by: number): void {
  const amount = (counts.get(id) ?? 0) + by
  if (amount > 0) counts.set(id, amount)
  else counts.delete(id)
}

/** By claim, because after a long standstill the same lane may run a second time before the first has ended. */
function runKey(lane: {
  readonly subscriptionId: string
  readonly lane: string
  readonly claim: string
}): string {
  return `${lane.claim}\n${laneKey(lane.subscriptionId, lane.lane)}`
}
