import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { events } from '#contract/events.ts'
import { permissions } from '#contract/permissions.ts'
import { systemClock } from '#platform/clock.ts'
import type { Logger } from '#platform/logger.ts'
import type { Shutdown } from '#platform/shutdown.ts'
import { buildGateway, type Gateway } from '../gateway/app.ts'
import { createStore, type Store } from '../gateway/store/index.ts'
import { dashboardCallbackLabel, saveToken } from '../gateway/store/tokens.ts'
import type { Keys } from './keys.ts'
import type { AppSettings } from './settings.ts'
import { version } from './version.ts'

export interface RunningGateway {
  readonly gateway: Gateway
  readonly store: Store
  readonly apiUrl: string
  readonly devicesUrl: string
}

export const defaultSiteName = 'Main site'
/** What the dashboard is told of by events. */
const toldRights = [...new Set(Object.values(events).map(({ permission }) => permission))]

/** Opens the gateway's store in the data folder or database the settings name. */
export function openGatewayStore(settings: Pick<AppSettings, 'dataDir' | 'databaseUrl'>): Promise<Store> {
  return createStore({ file: join(settings.dataDir, 'gateway.db'), url: settings.databaseUrl })
}

/** Starts the gateway on its two listeners; closing is registered with `shutdown`. */
export async function startGateway(
  settings: AppSettings,
  keys: Keys,
  log: Logger,
  shutdown: Shutdown,
): Promise<RunningGateway> {
  const store = await openGatewayStore(settings)
  shutdown.onClose('gateway store', () => store.close())
  const now = systemClock.now()
  await store.write(async write => {
    const forPeople = permissions.filter(permission => permission !== 'webhooks:local')
    await saveToken(
      write,
      keys.gatewayToken,
      { label: 'dashboard', permissions: forPeople, ratePerMinute: 0 },
      now,
    )
    await saveToken(
      write,
      keys.registrationToken,
      {
        label: dashboardCallbackLabel,
        permissions: ['webhooks:read', 'webhooks:write', 'webhooks:local', ...toldRights],
        ratePerMinute: 0,
      },
      now,
    )
  })
  const gateway = await buildGateway({
    config: {
      version,
      adopt: settings.adopt,
      timeZone: settings.timeZone,
      siteName: defaultSiteName,
      sealKey: keys.sealKey,
      deviceKeySecret: keys.deviceKeySecret,
      devicePathSecret: settings.devices.secret,
      dataDir: settings.dataDir,
      vapid: keys.vapid,
      webhookSubnets: settings.webhookSubnets,
      webhookHttpsOnly: settings.webhookHttpsOnly,
    },
    store,
    clock: systemClock,
    log,
  })
  shutdown.onClose('gateway', () => gateway.stop())
  await gateway.start()
  await gateway.api.listen({ host: settings.gateway.host, port: settings.gateway.port })
  shutdown.onClose('gateway API', () => gateway.api.close())
  gateway.devices.listen(settings.devices.port, settings.devices.host)
  await once(gateway.devices, 'listening')
  shutdown.onClose('device listener', () => {
    gateway.devices.close()
    gateway.devices.closeAllConnections()
  })
  return {
    gateway,
    store,
    apiUrl: urlOf(gateway.api.server.address()),
    devicesUrl: urlOf(gateway.devices.address()),
  }
}

/** How a listener is called from this computer. */
export function urlOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') throw new Error('not listening')
  const host = address.address === '0.0.0.0' || address.address === '::' ? '127.0.0.1' : address.address
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`
}
