import { randomUUID } from 'node:crypto'
import { eventNames } from '#contract/entities/subscription.ts'
import { events } from '#contract/events.ts'
import { operationFacts } from '#contract/facts.gen.ts'
import type { Clock } from '#platform/clock.ts'
import type { Logger } from '#platform/logger.ts'
import type { ProxyConfig } from '../config.ts'
import type { ProxyKeys } from '../keys.ts'
import type { Upstream } from '../upstream/client.ts'
import { callbackPath } from './routes.ts'

export interface CallbackRegistration {
  /** Tells the gateway where to send events, for as long as it takes; afterwards again each time it may have forgotten. */
  register(baseUrl: string): Promise<void>
  /** True once the gateway has said yes. */
  isRegistered(): boolean
  close(): void
}

interface RegistrationDeps {
  readonly config: Pick<ProxyConfig, 'gatewayToken' | 'registrationToken' | 'gatewayMode'>
  readonly keys: Pick<ProxyKeys, 'callbackSecret' | 'callbackToken'>
  readonly upstream: Upstream
  readonly clock: Clock
  readonly log: Logger
}

/** Older punches are history, not news: 45 days of them uploaded at once must not run through every open browser. */
const newsMaxAgeSeconds = 26 * 3600
const firstRetryMs = 250
const longestRetryMs = 30_000
const probeEveryMs = 15_000
const renewEveryMs = 10 * 60 * 1000

/** Our subscription at the gateway: an ordinary webhook, registered over HTTP like anybody's. */
export function createCallbackRegistration(deps: RegistrationDeps): CallbackRegistration {
  const { upstream, clock, log } = deps
  const closing = new AbortController()
  let registered = false
  let current: Promise<void> | undefined
  let address: string | undefined

  const untilRegistered = async (baseUrl: string) => {
    for (let waitMs = firstRetryMs; !closing.signal.aborted; waitMs = Math.min(waitMs * 2, longestRetryMs)) {
      const refusal = await registerOnce(deps, baseUrl)
      if (refusal === null) {
        if (!registered) log.info({ baseUrl }, 'callback registered with the gateway')
        registered = true
        return
      }
      registered = false
      log.warn({ refusal, againInMs: waitMs }, 'callback not registered; nothing is live until it is')
      await clock.sleep(waitMs * (0.8 + Math.random() * 0.4), closing.signal)
    }
  }
  /** One at a time; a second wish while one is under way is the same wish. */
  const registerAgain = (baseUrl: string): Promise<void> => {
    current ??= untilRegistered(baseUrl).finally(() => {
      current = undefined
    })
    return current
  }
  const watch = async (baseUrl: string) => {
    let renewedAt = clock.now()
    while (!closing.signal.aborted) {
      await clock.sleep(probeEveryMs, closing.signal)
      if (closing.signal.aborted) return
      // A return from being away is noticed here or by any call, and registers again through onReturn.
      await upstream.reachability.probe()
      if (clock.now() - renewedAt < renewEveryMs) continue
      renewedAt = clock.now()
      await registerAgain(baseUrl)
    }
  }
  upstream.reachability.onReturn(() => {
    if (address !== undefined && registered) void registerAgain(address)
  })
  return {
    async register(baseUrl) {
      const isFirst = address === undefined
      address = baseUrl
      await registerAgain(baseUrl)
      if (isFirst) void watch(baseUrl)
    },
    isRegistered: () => registered,
    close: () => closing.abort(),
  }
}

/** Null when the gateway said yes, else what it said. A hosted gateway may know only the published four events. */
async function registerOnce(deps: RegistrationDeps, baseUrl: string): Promise<string | null> {
  const first = await ask(deps, baseUrl, eventNames)
  if (first.status !== 400 || deps.config.gatewayMode !== 'remote') return first.refusal
  const published = eventNames.filter(name => events[name].published)
  return (await ask(deps, baseUrl, published)).refusal
}

async function ask(
  { config, keys, upstream }: RegistrationDeps,
  baseUrl: string,
  wanted: readonly string[],
): Promise<{ status: number; refusal: string | null }> {
  const { name, method } = operationFacts['webhooks.register']
  const body = JSON.stringify({
    CallbackUrl: `${baseUrl.replace(/\/+$/, '')}${callbackPath}`,
    Events: wanted,
    Format: 'v3',
    CallbackToken: keys.callbackToken,
    SecurityKey: keys.callbackSecret,
    MaxAgeSeconds: newsMaxAgeSeconds,
  })
  try {
    const token = config.registrationToken ?? config.gatewayToken
    const reply = await upstream.send({ name, method, body, token, requestId: randomUUID() })
    const said = Buffer.isBuffer(reply.body) ? reply.body.toString().slice(0, 300) : ''
    return { status: reply.status, refusal: reply.status === 200 ? null : `${reply.status} ${said}` }
  } catch (error) {
    return { status: 0, refusal: error instanceof Error ? error.message : 'no answer' }
  }
}
