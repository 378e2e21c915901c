import { OperationError } from '#contract/errors.ts'
import type { OperationAnswer } from '#contract/types.ts'
import { findTags, type Maintenance, readMaintenance } from '../health/maintenance.ts'
import { measure, timesOf, type Uptime } from '../health/uptime.ts'
import { findDevices } from '../store/devices.ts'
import { readLocalTime } from '../time/zone.ts'
import { knownDevice, uptimeEntity } from './device-health.ts'
import type { Handlers } from './handler.ts'
import { visibleDevices } from './scope.ts'

type Entity = OperationAnswer<'devices.planMaintenance'>['Maintenance']

function entity(work: Maintenance & { readonly actor: string | null }, now: number): Entity {
  return {
    MaintenanceID: String(work.id),
    Name: work.name,
    Sites: work.sites === null ? null : [...work.sites],
    DeviceSN: work.devices === null ? null : [...work.devices],
    Tags: work.tags === null ? null : [...work.tags],
    StartsAt: new Date(work.from).toISOString(),
    EndsAt: new Date(work.to).toISOString(),
    Actor: work.actor,
    State: now < work.from ? 'Planned' : now < work.to ? 'Running' : 'Over',
  }
}

export const maintenanceHandlers = {
  async 'devices.maintenance'(input, { deps }) {
    const now = deps.clock.now()
    const rows = await deps.store.read
      .selectFrom('maintenance')
      .selectAll()
      .orderBy('ends_at', 'desc')
      .limit(input.Limit)
      .execute()
    const list = rows.map(row => entity({ ...readMaintenance(row), actor: row.actor }, now))
    const rank = { Running: 0, Planned: 1, Over: 2 }
    return { status: 200, body: { Maintenance: list.sort((a, b) => rank[a.State] - rank[b.State]) } }
  },

  async 'devices.planMaintenance'(input, { deps, caller }) {
    const [from, to] = [Date.parse(input.StartsAt), Date.parse(input.EndsAt)]
    if (to <= from)
      throw new OperationError('INVALID_DATE', { field: 'EndsAt', detail: 'EndsAt is not after StartsAt' })
    const json = (list: readonly string[] | undefined) => (list === undefined ? null : JSON.stringify(list))
    const row = await deps.store.write(write =>
      write
        .insertInto('maintenance')
        .values({
          name: input.Name,
          sites: json(input.Sites),
          devices: json(input.DeviceSN),
          tags: json(input.Tags),
          starts_at: from,
          ends_at: to,
          actor: caller.actor,
          created_at: deps.clock.now(),
        })
        .returningAll()
        .executeTakeFirstOrThrow(),
    )
    const planned = entity({ ...readMaintenance(row), actor: row.actor }, deps.clock.now())
    return { status: 200, body: { Maintenance: planned } }
  },

  async 'devices.endMaintenance'(input, { deps }) {
    const now = deps.clock.now()
    const id = Number(input.MaintenanceID)
    const ended = await deps.store.write(async write => {
      const struck = await write
        .deleteFrom('maintenance')
        .where('id', '=', id)
        .where('starts_at', '>', now)
        .returning('id')
        .executeTakeFirst()
      if (struck) return true
      const cut = await write
        .updateTable('maintenance')
        .set({ ends_at: now })
        .where('id', '=', id)
        .where('ends_at', '>', now)
        .returning('id')
        .executeTakeFirst()
      return cut !== undefined
    })
    return { status: 200, body: { Ended: ended } }
  },

  async 'devices.serviceLevels'(input, call) {
    const { store, clock, config } = call.deps
    const now = clock.now()
    const [year, month] = input.Month.split('-').map(Number)
    const next =
      month === 12 ? `${(year ?? 0) + 1}-01` : `${year}-${String((month ?? 0) + 1).padStart(2, '0')}`
    const start = (of: string) => readLocalTime(`${of}-01 00:00:00`, config.timeZone, now).instant
    const bounds = { from: Math.min(now, start(input.Month)), to: Math.min(now, start(next)) }
    const devices = (await findDevices(store.read, visibleDevices(call))).filter(
      ({ state, site }) => state === 'adopted' && (input.Site === undefined || site === input.Site),
    )
    const tags = await findTags(store.read, null)
    const times = await timesOf(store.read, {
      devices: devices.map(device => knownDevice(device, tags.get(device.sn) ?? [])),
      ...bounds,
    })
    const rows = devices.flatMap(device => {
      const own = times.get(device.sn)
      return own === undefined ? [] : [{ device, uptime: measure(own, bounds) }]
    })
    const sites = new Map<string, Uptime[]>()
    for (const { device, uptime } of rows) sites.set(device.site, [...(sites.get(device.site) ?? []), uptime])
    return {
      status: 200,
      body: {
        Month: input.Month,
        Sites: [...sites].map(([Site, all]) => ({
          Site,
          Devices: all.length,
          ...uptimeEntity(together(all)),
        })),
        Devices: rows.map(({ device, uptime }) => ({
          DeviceSN: device.sn,
          LabelName: device.label,
          Site: device.site,
          ...uptimeEntity(uptime),
        })),
      },
    }
  },
} satisfies Pick<
  Handlers,
  'devices.maintenance' | 'devices.planMaintenance' | 'devices.endMaintenance' | 'devices.serviceLevels'
>

/** A site: the time of its terminals together. */
function together(all: readonly Uptime[]): Uptime {
  const sum = (part: (one: Uptime) => number) => all.reduce((so, one) => so + part(one), 0)
  const [upMs, awayMs] = [sum(one => one.upMs), sum(one => one.awayMs)]
  return {
    upMs,
    awayMs,
    plannedMs: sum(one => one.plannedMs),
    unknownMs: sum(one => one.unknownMs),
    upShare: upMs + awayMs <= 0 ? null : upMs / (upMs + awayMs),
    outages: sum(one => one.outages),
  }
}
