import { OperationError } from '#contract/errors.ts'
import { findDevices } from '../store/devices.ts'
import { removeSimulated } from '../store/remove-simulated.ts'
import { alertRuleHandlers } from './alert-rules.ts'
import { alertHandlers } from './alerts.ts'
import type { Handlers } from './handler.ts'
import { visibleDevices } from './scope.ts'
import { selfCheckHandlers } from './self-check.ts'

export const siteHandlers = {
  ...alertHandlers,
  ...alertRuleHandlers,
  ...selfCheckHandlers,

  async 'site.info'(_input, call) {
    const { config, store, clock } = call.deps
    const devices = await findDevices(store.read, visibleDevices(call))
    const adopted = devices.filter(({ state }) => state === 'adopted')
    const sites = new Map<string, { Site: string; TimeZone: string; Devices: number }>()
    for (const { site, zone } of adopted) {
      const known = sites.get(site)
      if (known) known.Devices += 1
      else sites.set(site, { Site: site, TimeZone: zone, Devices: 1 })
    }
    return {
      status: 200,
      body: {
        Version: config.version,
        Store: store.dialect,
        Adopt: config.adopt,
        Time: new Date(clock.now()).toISOString(),
        Sites: [...sites.values()],
        SimulatedDevices: devices.filter(({ simulated }) => simulated === 1).length,
      },
    }
  },

  async 'site.removeSimulated'(_input, call) {
    if (call.caller.devices !== 'all')
      throw new OperationError('DEVICE_NOT_ALLOWED', { detail: 'This needs a token for every device' })
    const removed = await call.deps.store.write(write => removeSimulated(write))
    call.deps.onDevicesRemoved(removed.sns)
    return { status: 200, body: { RemovedDevices: removed.sns.length, RemovedPunches: removed.punches } }
  },
} satisfies Pick<Handlers, Extract<keyof Handlers, `site.${string}`>>
