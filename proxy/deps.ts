import type { Clock } from '#platform/clock.ts'
import type { Logger } from '#platform/logger.ts'
import type { ProxyConfig } from './config.ts'
import type { ProxyStore } from './store/index.ts'

/** What the proxy needs from outside; functions take the part they use. */
export interface ProxyDeps {
  readonly config: ProxyConfig
  readonly db: ProxyStore
  readonly clock: Clock
  readonly log: Logger
}
