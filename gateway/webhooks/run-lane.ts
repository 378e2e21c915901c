import type { Clock } from '#platform/clock.ts'
import { judgeFailure, mayPass, type Verdict } from './backoff.ts'
import type { ClaimedLane, DueDelivery } from './claim.ts'
import type { Sender, Sent } from './deliver.ts'
import type { Pace } from './pace.ts'
import type { ReleasedLane, SettledAttempt } from './settle.ts'
import type { Target, Targets } from './targets.ts'

export interface LaneRun {
  readonly clock: Clock
  readonly sender: Sender
  readonly targets: Targets
  readonly pace: Pace
  readonly random: () => number
  /** No further attempt is begun once fewer than this many milliseconds of the lease are left. */
  readonly marginMs: number
  readonly isStopping: () => boolean
  readonly onAttempt: (attempt: SettledAttempt) => void
}

/** Longer than this is not waited for with a lane in hand. */
const longestWaitMs = 2_000

/**
 * Sends what was fetched of a lane, one after the other, oldest first, and answers when the lane is due again. A
 * failure ends the run: what is behind it waits, because receivers assume order (cams-gateway 2.4 rule 8). Only an
 * event that has failed several times is passed, once, and only by proof: when the one behind it is taken (ADR 40).
 */
export async function runLane(lane: ClaimedLane, run: LaneRun): Promise<ReleasedLane> {
  let { failures } = lane
  const release = (dueAt: number | null): ReleasedLane => {
    const { deliveries: _sent, ...held } = lane
    return { ...held, failures, dueAt }
  }
  const attempt = async (target: Target, delivery: DueDelivery) => {
    const sent = await run.sender.send(target, delivery)
    if (sent === null) return null
    failures = sent.outcome === 'delivered' ? 0 : failures + 1
    return { sent, verdict: verdictOf(sent, delivery, failures, run) }
  }
  for (let index = 0; index < lane.deliveries.length; index++) {
    const delivery = lane.deliveries[index]
    if (delivery === undefined) break
    const target = run.targets.get(lane.subscriptionId)
    const now = run.clock.now()
    if (run.isStopping() || !target || now > lane.until - run.marginMs) return release(now)
    const pauseMs = await waitForTurn(lane.subscriptionId, target, run)
    if (pauseMs > 0) return release(run.clock.now() + pauseMs)
    const made = await attempt(target, delivery)
    if (made === null) return release(run.clock.now())
    const { sent, verdict } = made
    const next = lane.deliveries[index + 1]
    if (verdict?.kind === 'retry' && next && sent.outcome !== 'delivered') {
      const headFailures = failures
      const passes = mayPass({ outcome: sent.outcome, attempt: delivery.attempts + 1 }) && !run.isStopping()
      const behind = passes ? await attempt(target, next) : null
      if (behind?.verdict === null) {
        run.onAttempt(settled(lane, delivery, sent, verdict, run.clock.now() + verdict.delayMs))
        run.onAttempt(settled(lane, next, behind.sent, null))
        index++
        continue
      }
      if (behind) run.onAttempt(settled(lane, next, behind.sent, behind.verdict))
      failures = headFailures
    }
    run.onAttempt(settled(lane, delivery, sent, verdict))
    if (verdict?.kind === 'retry') return release(run.clock.now() + verdict.delayMs)
    if (verdict?.pause) {
      run.targets.drop(lane.subscriptionId)
      return release(run.clock.now())
    }
  }
  return release(lane.hasMore ? run.clock.now() : null)
}

/** Waits for the receiver's next place; answers more than 0 when that is too long to wait with a lane in hand. */
async function waitForTurn(id: string, { perSecond }: Target, run: LaneRun): Promise<number> {
  const waitMs = run.pace.take(id, perSecond, run.clock.now())
  if (waitMs <= 0) return 0
  if (waitMs > longestWaitMs) {
    run.pace.giveBack(id, perSecond)
    return waitMs
  }
  await run.clock.sleep(waitMs)
  return 0
}

/** Null: delivered, nothing to decide. */
function verdictOf(sent: Sent, delivery: DueDelivery, failuresInARow: number, run: LaneRun): Verdict | null {
  if (sent.outcome === 'delivered') return null
  return judgeFailure(
    {
      event: sent.event,
      outcome: sent.outcome,
      attempt: delivery.attempts + 1,
      failuresInARow,
      ageMs: run.clock.now() - delivery.createdAt,
      retryAfterMs: sent.retryAfterMs,
    },
    run.random,
  )
}

function settled(
  lane: ClaimedLane,
  delivery: DueDelivery,
  sent: Sent,
  verdict: Verdict | null,
  asideUntil: number | null = null,
): SettledAttempt {
  const { retryAfterMs: _asked, ...result } = sent
  return {
    ...result,
    deliveryId: delivery.id,
    subscriptionId: lane.subscriptionId,
    lane: lane.lane,
    number: delivery.attempts + 1,
    waitedMs: Math.max(0, sent.startedAt + sent.durationMs - delivery.createdAt),
    isFirst: delivery.attempts === 0 && delivery.kind === 'live',
    state: verdict === null ? 'delivered' : verdict.kind === 'park' ? 'parked' : 'pending',
    pause: verdict?.kind === 'park' && verdict.pause,
    asideUntil,
  }
}
