import type { Clock } from '#platform/clock.ts'
import type { Logger } from '#platform/logger.ts'
import type { AlertSender } from './alerts/send.ts'
import type { DayKeeper } from './attendance/days/keeper.ts'
import type { GatewayConfig } from './config.ts'
import type { Traces } from './device/trace.ts'
import type { Filed } from './punches/group-commit.ts'
import type { Store } from './store/index.ts'

/** What the gateway needs from outside; functions take the part they use. */
export interface GatewayDeps {
  readonly config: GatewayConfig
  readonly store: Store
  readonly clock: Clock
  readonly log: Logger
  /** Keeps the days of people judged. */
  readonly days: DayKeeper
  /** Punches that are acknowledged and on their way into the store. */
  readonly intake: Pick<Filed, 'filed' | 'punchesKept'>
  /** Called after a commit that put something into the outbox, so that nobody has to wait for a poll. */
  readonly wakeDelivery: () => void
  /** Called after a commit that queued a command. */
  readonly wakeCommands: (sn: string) => void
  /** Called after terminals were removed, so that what is kept in memory about them goes too. */
  readonly onDevicesRemoved: (sns: readonly string[]) => void
  /** Sends messages of alerts. */
  readonly alerts: Pick<AlertSender, 'send'>
  /** Raw conversations with terminals, while somebody looks. */
  readonly traces: Traces
}
