import type { Clock } from '#platform/clock.ts'
import { judgeFailure, type Verdict } from './backoff.ts'
import type { ClaimedLane, DueDelivery } from './claim.ts'
import type { Sender, Sent } from './deliver.ts'
import type { ReleasedLane, SettledAttempt } from './settle.ts'
import type { Targets } from './targets.ts'

export interface LaneRun {
  readonly clock: Clock
  readonly sender: Sender
  readonly targets: Targets
  readonly random: () => number
  /** No further attempt is begun once fewer than this many milliseconds of the lease are left. */
  readonly marginMs: number
  readonly isStopping: () => boolean
  readonly onAttempt: (attempt: SettledAttempt) => void
}

/**
 * Sends what was fetched of a lane, one after the other, oldest first, and answers when the lane is due again. A
 * failure ends the run: what is behind it waits, because receivers assume order (cams-gateway 2.4 rule 8).
 */
export async function runLane(lane: ClaimedLane, run: LaneRun): Promise<ReleasedLane> {
  let { failures } = lane
  const release = (dueAt: number | null): ReleasedLane => {
    const { deliveries: _sent, ...held } = lane
    return { ...held, failures, dueAt }
  }
  for (const delivery of lane.deliveries) {
    const target = run.targets.get(lane.subscriptionId)
    const now = run.clock.now()
    if (run.isStopping() || !target || now > lane.until - run.marginMs) return release(now)
    const sent = await run.sender.send(target, delivery)
    if (sent === null) return release(run.clock.now())
    failures = sent.outcome === 'delivered' ? 0 : failures + 1
    const verdict = verdictOf(sent, delivery, failures, run)
    run.onAttempt(settled(lane, delivery, sent, verdict))
    if (verdict?.kind === 'retry') return release(run.clock.now() + verdict.delayMs)
    if (verdict?.pause) {
      run.targets.drop(lane.subscriptionId)
      return release(run.clock.now())
    }
  }
  return release(lane.hasMore ? run.clock.now() : null)
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
): SettledAttempt {
  return {
    deliveryId: delivery.id,
    subscriptionId: lane.subscriptionId,
    number: delivery.attempts + 1,
    startedAt: sent.startedAt,
    durationMs: sent.durationMs,
    status: sent.status,
    outcome: sent.outcome,
    error: sent.error,
    response: sent.response,
    state: verdict === null ? 'delivered' : verdict.kind === 'park' ? 'parked' : 'pending',
    pause: verdict?.kind === 'park' && verdict.pause,
  }
}
