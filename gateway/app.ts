import type { Server } from 'node:http'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { failureBody } from '#contract/failure.ts'
import type { Clock } from '#platform/clock.ts'
import { createHttpServer } from '#platform/http-server.ts'
import type { Logger } from '#platform/logger.ts'
import { createAlertSender } from './alerts/send.ts'
import { pruneAlerts, sendDueNotices } from './alerts/worker.ts'
import { createDayKeeper } from './attendance/days/keeper.ts'
import { judgeStatements } from './attendance/judge-statements.ts'
import { closePeriods } from './attendance/periods/close.ts'
import { sweepDifferences } from './attendance/periods/differences.ts'
import { createEstimateSweep } from './attendance/repair/withdraw-estimates.ts'
import { noteGap, sweepCatchUps } from './commands/catch-up.ts'
import { sweepCommands } from './commands/sweep.ts'
import type { GatewayConfig } from './config.ts'
import type { GatewayDeps } from './deps.ts'
import { createPackets } from './device/access/packets.ts'
import { takeInLeftovers } from './device/adopt.ts'
import { endLoops } from './device/break-loop.ts'
import { createClocks } from './device/clocks.ts'
import { createGuard } from './device/guard.ts'
import { createSenderLimits, defaultLimits } from './device/limits.ts'
import { createDeviceListener } from './device/listener.ts'
import { createPresence } from './device/presence.ts'
import { createRepeats } from './device/repeats.ts'
import { followOffsets } from './device/told-offset.ts'
import { createTraces } from './device/trace.ts'
import { sweepAlarms } from './doors/alarms/sweep-alarms.ts'
import { sweepEmergencies } from './doors/emergencies/sweep-emergencies.ts'
import { sweepHolds } from './doors/sweep-holds.ts'
import { createSelfWatch } from './health/self-alerts.ts'
import { sweepHealth } from './health/sweep.ts'
import { createWatch } from './health/watch.ts'
import { registerHealth } from './http/health.ts'
import { createRateLimits } from './http/rate-limit.ts'
import { handlers } from './operations/index.ts'
import { closeForRemovedDevices } from './people/deletion-ticks.ts'
import { sweepJobs } from './people/jobs.ts'
import { rememberMarkKey } from './people/marks.ts'
import { dropPassingPhotos } from './people/portraits.ts'
import { reconcilePeople, sweepDrift } from './people/reconcile.ts'
import { sweepRetention } from './people/remove-biometrics.ts'
import { endLateQuestions } from './people/settle-person.ts'
import { createRecorder } from './punches/group-commit.ts'
import { createDeviceCache } from './store/device-cache.ts'
import type { Store } from './store/index.ts'
import { prunePhotos } from './store/photos.ts'
import { forgetOldSecrets } from './store/webhook-changes.ts'
import { climbLadder } from './webhooks/disable-ladder.ts'
import { sweepIssues } from './webhooks/issues.ts'
import { advanceJobs } from './webhooks/jobs/advance.ts'
import { createDeliveryMetrics } from './webhooks/metrics.ts'
import { watchReceivers } from './webhooks/watch-receivers.ts'
import { createDeliveryWorker } from './webhooks/worker.ts'
import { registerOlderForms } from './wire/older-forms.ts'
import { registerV3 } from './wire/v3.ts'

export interface Gateway {
  /** The contract: `/v3/…`, health and metrics. */
  readonly api: FastifyInstance
  /** The terminals' port. */
  readonly devices: Server
  readonly deps: GatewayDeps
  /** Starts what works by itself: deliveries, sweeps, presence. */
  start(): Promise<void>
  /** Told which terminals were removed, once they are. */
  onDevicesRemoved(listener: (sns: readonly string[]) => void): void
  /** Stops it again; listeners are closed by who opened them. */
  stop(): Promise<void>
}

const sweepEveryMs = 500
const flushEveryMs = 2000
const quietEveryMs = 15_000
const closeEveryMs = 1000
const judgeEveryMs = 1000
const followEveryMs = 60_000
const reconcileEveryMs = 500
const pruneEveryMs = 3_600_000
const stallMs = 10_000
const jobsEveryMs = 500
const minuteMs = 60_000
const bodyMaxBytes = 16 * 1024 * 1024

/** Builds the gateway around a store; listening is somebody else's job. */
export async function buildGateway(given: {
  config: GatewayConfig
  store: Store
  clock: Clock
  log: Logger
}): Promise<Gateway> {
  const removedListeners: ((sns: readonly string[]) => void)[] = []
  const presence = createPresence({
    ...given,
    wakeDelivery: () => worker.wake(),
    returned: (write, gap) => noteGap(given, write, gap),
  })
  const alerts = createAlertSender(given)
  const days = createDayKeeper(given)
  const { dataDir } = given.config
  const recorder = createRecorder(given, dataDir === undefined ? undefined : join(dataDir, 'intake'))
  const deps: GatewayDeps = {
    ...given,
    days,
    intake: recorder,
    wakeDelivery: () => worker.wake(),
    wakeCommands: () => undefined,
    alerts,
    traces: createTraces(given.clock),
    onDevicesRemoved: sns => {
      for (const part of [presence, clocks, guard, deps.traces]) part.forget(sns)
      // What was kept of them is gone, so the same body is news again.
      for (const sn of sns) repeats.forget(sn)
      removedListeners.forEach(tell => {
        tell(sns)
      })
    },
  }
  const watch = createWatch(given, given.config.stallMs ?? stallMs)
  const sweepPresence = async () => {
    if ((await watch.look()) > 0) presence.forgive()
    await presence.sweep()
  }
  const clocks = createClocks({ ...given, measured: presence.measured })
  const guard = createGuard(deps)
  const repeats = createRepeats(given.clock)
  const metrics = createDeliveryMetrics()
  const worker = createDeliveryWorker(deps, { metrics })
  const api = createHttpServer({ log: given.log, failureBody, bodyLimitBytes: bodyMaxBytes })
  const edge = { deps, handlers, limits: await createRateLimits(api) }
  registerV3(api, edge)
  registerOlderForms(api, edge)
  registerHealth(api, deps, metrics)
  const devices = createDeviceListener({
    ...deps,
    presence,
    clocks,
    guard,
    limits: createSenderLimits({ ...defaultLimits, ...given.config.deviceLimits }, given.clock),
    repeats,
    packets: createPackets(given.clock),
    ...recorder,
    findDevice: createDeviceCache(given.store),
  })
  const estimates = createEstimateSweep(given)
  const selfWatch = createSelfWatch(deps)
  const stopping = new AbortController()
  const loops: Promise<void>[] = []
  const every = async (ms: number, what: string, run: () => Promise<unknown>) => {
    while (!stopping.signal.aborted) {
      await given.clock.sleep(ms, stopping.signal)
      if (stopping.signal.aborted) return
      await run().catch(error => given.log.error({ err: error }, `${what} failed; it is tried again`))
    }
  }
  return {
    api,
    devices,
    deps,
    onDevicesRemoved: listener => void removedListeners.push(listener),
    async start() {
      await recorder.recover()
      await watch.begin()
      await presence.load()
      await clocks.load()
      await sweepCommands(deps)
      await rememberMarkKey(deps)
      worker.start()
      loops.push(
        every(sweepEveryMs, 'the sweep of commands', () => sweepCommands(deps)),
        every(sweepEveryMs, 'the sweep of terminals', sweepPresence),
        every(flushEveryMs, 'the mark of the watch', () => watch.mark()),
        every(sweepEveryMs, 'telling of alerts', () => sendDueNotices(deps, alerts)),
        every(pruneEveryMs, 'the sweep of alerts', () => pruneAlerts(deps)),
        every(quietEveryMs, 'the sweep of health', () => sweepHealth(deps)),
        every(sweepEveryMs, 'the sweep of held doors', () => sweepHolds(deps)),
        every(sweepEveryMs, 'the sweep of emergencies', () => sweepEmergencies(deps)),
        every(quietEveryMs, 'the sweep of door alarms', () => sweepAlarms(deps)),
        every(flushEveryMs, 'writing contacts', () => presence.flush()),
        every(flushEveryMs, 'writing clocks', () => clocks.flush()),
        every(quietEveryMs, 'taking in what was kept', () => takeInLeftovers(deps)),
        every(quietEveryMs, 'the sweep of incidents', () => endLoops(deps)),
        every(judgeEveryMs, 'judging days', () => days.turn()),
        every(followEveryMs, 'following daylight saving', () => followOffsets(deps)),
        every(quietEveryMs, 'the sweep of strangers', () => guard.sweep()),
        every(quietEveryMs, 'the sweep of catch-ups', () => sweepCatchUps(deps)),
        every(quietEveryMs, 'taking estimates back', () => estimates.run()),
        every(closeEveryMs, 'closing periods', () => closePeriods(deps)),
        every(quietEveryMs, 'comparing closed days', () => sweepDifferences(deps)),
        every(reconcileEveryMs, 'bringing terminals in step', () => reconcilePeople(deps)),
        every(reconcileEveryMs, 'questions without rows', () => endLateQuestions(deps)),
        every(minuteMs, 'looking for people out of step', () => sweepDrift(deps)),
        every(judgeEveryMs, 'the sweep of jobs', () => sweepJobs(deps)),
        every(quietEveryMs, 'the sweep of removals', () => closeForRemovedDevices(deps)),
        every(followEveryMs, 'the sweep of retention', () => sweepRetention(deps)),
        every(pruneEveryMs, 'the sweep of passing photos', () =>
          dropPassingPhotos(given.store, given.clock.now()),
        ),
        every(quietEveryMs, 'comparing what terminals state', () => judgeStatements(deps)),
        every(jobsEveryMs, 'bulk deliveries', () => advanceJobs(deps)),
        every(minuteMs, 'the watch over receivers', async () => {
          await climbLadder(deps)
          await watchReceivers(deps)
        }),
        every(minuteMs, 'the watch over Gatehouse itself', () => selfWatch.look()),
        every(minuteMs, 'the sweep of issues', () =>
          given.store.write(async write => {
            await sweepIssues(write, given.clock.now())
            await forgetOldSecrets(write, given.clock.now())
          }),
        ),
        every(pruneEveryMs, 'the sweep of photos', () =>
          prunePhotos(given.store, given.clock.now(), stopping.signal),
        ),
      )
    },
    async stop() {
      stopping.abort()
      // The loop that judges waits for all that is due.
      days.rest()
      await recorder.close()
      await Promise.all(loops)
      await worker.stop()
      await alerts.close()
      await days.close()
      for (const part of [presence, clocks])
        await part.flush().catch(error => given.log.error({ err: error }, 'writing behind failed'))
      await watch.mark().catch(error => given.log.error({ err: error }, 'marking the watch failed'))
    },
  }
}
