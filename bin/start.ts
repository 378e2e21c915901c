import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '#platform/clock.ts'
import type { Logger } from '#platform/logger.ts'
import type { Shutdown } from '#platform/shutdown.ts'
import { dashboardCallbackLabel } from '../gateway/store/tokens.ts'
import { buildProxy } from '../proxy/app.ts'
import { createProxyStore } from '../proxy/store/index.ts'
import { type RunningGateway, startGateway, urlOf } from './gateway.ts'
import { type Keys, openKeys } from './keys.ts'
import type { AppSettings } from './settings.ts'
import { siteOf, startSimulatedSite } from './simulated-site.ts'

export interface Running {
  readonly ready: {
    readonly ready: true
    readonly dashboard?: string
    readonly devices?: string
    readonly gateway?: string
  }
  readonly embedded: RunningGateway | null
}

/** Opens the proxy's store in the data folder or database the settings name. */
export function openProxyStore(settings: Pick<AppSettings, 'dataDir' | 'databaseUrl'>) {
  return createProxyStore({ file: join(settings.dataDir, 'proxy.db'), url: settings.databaseUrl })
}

/** The whole product in one process: gateway (unless one elsewhere is named), proxy with the dashboard, simulated site. */
export async function startAll(
  settings: AppSettings,
  options: { speed: number },
  log: Logger,
  shutdown: Shutdown,
): Promise<Running> {
  const keys = openKeys(settings.dataDir)
  const embedded = settings.remote === undefined ? await startGateway(settings, keys, log, shutdown) : null
  const dashboard = await startProxy(
    settings,
    keys,
    { embedded, withSite: embedded !== null && (await siteOf(settings, embedded)) === 'simulated' },
    log,
    shutdown,
  )
  if (embedded !== null) {
    const simulated = await startSimulatedSite(settings, embedded, {
      log,
      speed: options.speed,
      gatewayToken: keys.gatewayToken,
    })
    shutdown.onClose('simulated site', () => simulated?.stop())
    embedded.gateway.onDevicesRemoved(
      () =>
        void simulated
          ?.stop()
          .catch(error => log.error({ err: error }, 'stopping the simulated site failed')),
    )
  }
  return {
    ready: {
      ready: true,
      dashboard,
      ...(embedded === null
        ? { gateway: settings.remote?.url ?? '' }
        : { devices: embedded.devicesUrl, gateway: embedded.apiUrl }),
    },
    embedded,
  }
}

/** The proxy with the dashboard; answers the dashboard's address. */
export async function startProxy(
  settings: AppSettings,
  keys: Keys,
  about: { embedded: RunningGateway | null; withSite: boolean },
  log: Logger,
  shutdown: Shutdown,
): Promise<string> {
  const db = await openProxyStore(settings)
  shutdown.onClose('proxy store', () => db.close())
  const upstream =
    about.embedded !== null
      ? {
          gatewayUrl: `${about.embedded.apiUrl}/v3`,
          gatewayToken: keys.gatewayToken,
          registrationToken: keys.registrationToken,
          gatewayMode: 'embedded' as const,
        }
      : {
          gatewayUrl: remoteBase(settings),
          gatewayToken: settings.remote?.token ?? '',
          gatewayMode: 'remote' as const,
        }
  const proxy = await buildProxy({
    config: {
      ...upstream,
      publicUrl: settings.publicUrl,
      stepUp: settings.stepUp,
      staticDir: fileURLToPath(new URL('../dist', import.meta.url)),
      timeZone: settings.timeZone,
      secretKey: keys.proxyKey,
    },
    db,
    clock: systemClock,
    log,
  })
  shutdown.onClose('proxy', () => proxy.close())
  await proxy.app.listen({ host: settings.dashboard.host, port: settings.dashboard.port })
  const url = urlOf(proxy.app.server.address())
  await printFirstAccounts(proxy, url, about.withSite)
  void proxy
    .registerCallback(settings.remote === undefined ? url : (settings.publicUrl ?? url))
    .then(() =>
      about.embedded && settings.databaseUrl === undefined
        ? forgetEarlierAddresses(about.embedded, url)
        : undefined,
    )
    .catch(error =>
      log.error({ err: error }, 'registering for events failed; the dashboard shows nothing live'),
    )
  return url
}

async function printFirstAccounts(
  proxy: Awaited<ReturnType<typeof buildProxy>>,
  url: string,
  withSite: boolean,
): Promise<void> {
  const wanted = withSite ? (['admin', 'hr', 'security', 'it'] as const) : (['admin'] as const)
  const made = await proxy.firstAccounts(wanted.map(role => ({ name: role, role })))
  const lines = made.map(({ name, password }) => `    ${name.padEnd(10)} ${password}`)
  const how =
    lines.length === 0
      ? ['  Sign in with the accounts you have.']
      : ['  Sign in with one of these passwords. They are shown this once:', ...lines]
  process.stderr.write(`\n  Gatehouse is at ${url}\n${how.join('\n')}\n\n`)
}

function remoteBase(settings: AppSettings): string {
  const url = settings.remote?.url.replace(/\/+$/, '') ?? ''
  return /\/v3$/i.test(url) ? url : `${url}/v3`
}

/**
 * Earlier starts on other ports left subscriptions that would collect deliveries for days and send them to whatever
 * listens there now. Only where this process is the only one: on a shared database they may be somebody else's.
 */
async function forgetEarlierAddresses({ store }: RunningGateway, url: string): Promise<void> {
  await store.write(async write => {
    const tokens = await write
      .selectFrom('token')
      .select('id')
      .where('label', '=', dashboardCallbackLabel)
      .execute()
    const ids = tokens.map(({ id }) => id)
    if (ids.length === 0) return
    await write
      .deleteFrom('subscription')
      .where('url', 'like', 'http://127.0.0.1:%/callback/events')
      .where('url', 'not like', `${url}/%`)
      .where('token_id', 'in', ids)
      .execute()
  })
}
