import { OperationError } from '#contract/errors.ts'
import type { ParsedInput } from '#contract/types.ts'
import { cancelQueued } from '../commands/cancel.ts'
import { enqueueCommand } from '../commands/enqueue.ts'
import type { CommandKind } from '../commands/kinds.ts'
import { beatsOf } from '../health/beats.ts'
import { measure, timesOf } from '../health/uptime.ts'
import { requireDevice } from '../http/caller.ts'
import { deviceEntity } from '../store/devices.ts'
import { type FleetMember, filterFleet, firmwareCounts, readFleet } from '../store/fleet.ts'
import { localAt } from '../time/zone.ts'
import { orderSync } from './device-clock.ts'
import { dayMs, knownDevice } from './device-health.ts'
import type { Call, Handlers } from './handler.ts'
import { orderKey } from './order-key.ts'
import { requireOverview, visibleDevices } from './scope.ts'

type FleetInput = ParsedInput<'devices.fleet'>

const listedSerials = 50

export const fleetHandlers = {
  async 'devices.fleet'(input, call) {
    const { read } = call.deps.store
    const all = await readFleet(read, visibleDevices(call))
    const adopted = all.filter(({ state }) => state === 'adopted')
    const matching = filterFleet(adopted, {
      sns: null,
      search: input.Search,
      site: input.Site,
      tag: input.Tag,
      model: input.Model,
      firmware: input.Firmware,
      trouble: input.Trouble,
    })
    const online = matching.filter(device => device.online === 1)
    const inState =
      input.State === undefined
        ? matching
        : input.State === 'online'
          ? online
          : matching.filter(device => device.online === 0)
    const now = call.deps.clock.now()
    const uptimes = input.Sort === 'uptime' ? await upShares(call, inState, now) : null
    const sorted = inState.sort(order(input, uptimes))
    const start = readStart(input.OffSet)
    const page = sorted.slice(start, start + input.Limit)
    const times = await timesOf(read, {
      devices: page.map(device => knownDevice(device, device.tags)),
      from: now - dayMs,
      to: now,
    })
    const next = start + page.length
    return {
      status: 200,
      body: {
        Devices: page.map(device => {
          const own = times.get(device.sn) ?? { away: [], planned: [], unknown: [] }
          const { upShare } = measure(own, { from: now - dayMs, to: now })
          return {
            ...deviceEntity(device),
            Tags: [...device.tags],
            Beats: beatsOf(own, now).map(({ state }) => state),
            UpPercent: upShare === null ? null : upShare * 100,
          }
        }),
        Waiting: all.filter(({ state }) => state === 'waiting').map(deviceEntity),
        Total: adopted.length,
        Online: online.length,
        Offline: matching.length - online.length,
        Sites: counted(adopted.map(({ site }) => site)),
        Tags: counted(adopted.flatMap(({ tags }) => tags)),
        Models: counted(adopted.map(({ model }) => model ?? '')),
        ReturnRowCount: page.length,
        ActualRowCount: inState.length,
        OffSet: next < inState.length ? String(next) : '',
      },
    }
  },

  async 'devices.firmware'(_input, call) {
    const rows = await firmwareCounts(call.deps.store.read, visibleDevices(call))
    const models = new Map<string, Map<string, string[]>>()
    for (const { sn, model, firmware } of rows) {
      const versions = models.get(model) ?? new Map<string, string[]>()
      versions.set(firmware ?? '', [...(versions.get(firmware ?? '') ?? []), sn])
      models.set(model, versions)
    }
    return {
      status: 200,
      body: {
        Models: [...models]
          .map(([Model, versions]) => {
            const sorted = [...versions].sort((a, b) => b[1].length - a[1].length || a[0].localeCompare(b[0]))
            const total = sorted.reduce((sum, [, sns]) => sum + sns.length, 0)
            const [most] = sorted
            // Two that differ are no fleet with an outlier.
            const usual = most !== undefined && total >= 3 && most[1].length > total / 2 ? most[0] : null
            return {
              Model,
              Devices: total,
              Usual: usual,
              Versions: sorted.map(([Firmware, sns]) => ({
                Firmware,
                Count: sns.length,
                IsOutlier: usual !== null && Firmware !== usual,
                DeviceSN: sns.slice(0, listedSerials),
              })),
            }
          })
          .sort((a, b) => b.Devices - a.Devices),
      },
    }
  },

  async 'devices.tag'(input, call) {
    const sns = [...new Set(input.DeviceSN)]
    const known = await call.deps.store.read
      .selectFrom('device')
      .select('sn')
      .where('sn', 'in', sns)
      .execute()
    const missing = sns.find(sn => !known.some(row => row.sn === sn))
    if (missing !== undefined)
      throw new OperationError('DEVICE_NOT_FOUND', {
        field: 'DeviceSN',
        detail: `There is no device ${missing}`,
      })
    const changed = await call.deps.store.write(async write => {
      let count = 0
      const rows = sns.flatMap(sn => (input.Add ?? []).map(tag => ({ sn, tag })))
      if (rows.length > 0) {
        const added = await write
          .insertInto('device_tag')
          .values(rows)
          .onConflict(conflict => conflict.doNothing())
          .returning('sn')
          .execute()
        count += added.length
      }
      if (input.Remove) {
        const removed = await write
          .deleteFrom('device_tag')
          .where('sn', 'in', sns)
          .where('tag', 'in', input.Remove)
          .returning('sn')
          .execute()
        count += removed.length
      }
      return count
    })
    return { status: 200, body: { Changed: changed } }
  },

  async 'devices.orderMany'(input, call) {
    const results: Awaited<ReturnType<typeof orderOne>>[] = []
    for (const sn of new Set(input.DeviceSN)) results.push(await orderOne(call, input.Action, sn))
    const count = (status: string) => results.filter(result => result.Status === status).length
    return {
      status: 200,
      body: {
        Results: results,
        Ordered: count('Ordered'),
        Queued: count('Queued'),
        Refused: count('Refused'),
      },
    }
  },

  async 'devices.busy'(input, call) {
    const { read } = call.deps.store
    const now = call.deps.clock.now()
    const devices = await read
      .selectFrom('device')
      .select(['sn', 'label', 'zone'])
      .where('sn', 'in', [...input.DeviceSN])
      .execute()
    const people = new Map<string, Set<string>>()
    for (const [zone, own] of Map.groupBy(devices, device => device.zone)) {
      const rows = await read
        .selectFrom('punch')
        .select(['sn', 'employee_code'])
        .where(
          'sn',
          'in',
          own.map(({ sn }) => sn),
        )
        // By the clock of the terminals, which may be off, so that the index serves; then by ours.
        .where('local_time', '>=', localAt(now - 3_600_000, zone).local)
        .where('received_at', '>', now - 60_000)
        .execute()
      for (const { sn, employee_code } of rows)
        people.set(sn, (people.get(sn) ?? new Set<string>()).add(employee_code))
    }
    const busy = devices.flatMap(({ sn, label }) => {
      const PeopleLastMinute = people.get(sn)?.size ?? 0
      return PeopleLastMinute === 0 ? [] : [{ DeviceSN: sn, LabelName: label, PeopleLastMinute }]
    })
    const all = new Set([...people.values()].flatMap(codes => [...codes]))
    return {
      status: 200,
      body: {
        PeopleLastMinute: all.size,
        Devices: busy.toSorted((a, b) => b.PeopleLastMinute - a.PeopleLastMinute),
      },
    }
  },

  async 'devices.activity'(input, call) {
    const device = await requireOverview(call, input.DeviceSN)
    const { read } = call.deps.store
    const now = call.deps.clock.now()
    const since = (ms: number) => localAt(now - ms, device.zone).local
    const recent = await read
      .selectFrom('punch')
      .select(['employee_code', 'received_at'])
      .where('sn', '=', device.sn)
      .where('local_time', '>=', since(3_600_000))
      .where('local_time', '<=', localAt(now + 120_000, device.zone).local)
      .execute()
    const last = await read
      .selectFrom('punch')
      .select('instant')
      .where('sn', '=', device.sn)
      .orderBy('local_time', 'desc')
      .limit(1)
      .executeTakeFirst()
    const lastMinute = recent.filter(({ received_at }) => received_at > now - 60_000)
    return {
      status: 200,
      body: {
        DeviceSN: device.sn,
        PeopleLastMinute: new Set(lastMinute.map(({ employee_code }) => employee_code)).size,
        PunchesLastHour: recent.length,
        LastPunchAt: last === undefined ? null : new Date(last.instant).toISOString(),
      },
    }
  },
} satisfies Pick<
  Handlers,
  | 'devices.fleet'
  | 'devices.firmware'
  | 'devices.tag'
  | 'devices.orderMany'
  | 'devices.busy'
  | 'devices.activity'
>

function readStart(offSet: string | undefined): number {
  if (offSet === undefined || offSet === '') return 0
  if (!/^\d{1,7}$/.test(offSet))
    throw new OperationError('INVALID_CURSOR', { field: 'OffSet', detail: 'OffSet is no row number' })
  return Number(offSet)
}

function counted(names: readonly string[]): { Name: string; Count: number }[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([Name, Count]) => ({ Name, Count })).sort((a, b) => a.Name.localeCompare(b.Name))
}

async function upShares(call: Call, devices: readonly FleetMember[], now: number) {
  const bounds = { from: now - dayMs, to: now }
  const times = await timesOf(call.deps.store.read, {
    devices: devices.map(device => knownDevice(device, device.tags)),
    ...bounds,
  })
  return new Map([...times].map(([sn, own]) => [sn, measure(own, bounds).upShare ?? 2]))
}

/** Names sort as people read them; what is equal stays in order of name. */
function order(
  { Sort, Order }: FleetInput,
  uptimes: ReadonlyMap<string, number> | null,
): (a: FleetMember, b: FleetMember) => number {
  const sign = Order === 'asc' ? 1 : -1
  const text = (a: string | null, b: string | null) => collator.compare(a ?? '', b ?? '')
  const by: Record<FleetInput['Sort'], (a: FleetMember, b: FleetMember) => number> = {
    name: () => 0,
    site: (a, b) => text(a.site, b.site),
    state: (a, b) => a.online - b.online || a.since - b.since,
    seen: (a, b) => (a.last_seen_at ?? 0) - (b.last_seen_at ?? 0),
    firmware: (a, b) => text(a.model, b.model) || text(a.firmware, b.firmware),
    clock: (a, b) => Math.abs(a.clock_skew_ms ?? 0) - Math.abs(b.clock_skew_ms ?? 0),
    queue: (a, b) => a.queued - b.queued,
    uptime: (a, b) => (uptimes?.get(a.sn) ?? 2) - (uptimes?.get(b.sn) ?? 2),
  }
  const first = by[Sort]
  const isByName = Sort === 'name'
  return (a, b) => sign * first(a, b) || (isByName ? sign : 1) * text(a.label, b.label) || text(a.sn, b.sn)
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

const kindOf: Readonly<Record<'Ping' | 'Restart', CommandKind>> = {
  Ping: 'device.ping',
  Restart: 'device.restart',
}

async function orderOne(call: Call, action: ParsedInput<'devices.orderMany'>['Action'], sn: string) {
  const result = { DeviceSN: sn, CommandID: null, Cleared: null, Error: null }
  try {
    requireDevice(call.caller, sn)
    if (action === 'ClearCommands') {
      await requireOverview(call, sn)
      return { ...result, Status: 'Ordered' as const, Cleared: await cancelQueued(call.deps, sn) }
    }
    const key = orderKey(call)
    const { command, reachable } =
      action === 'SyncTime'
        ? await syncOne(call, sn)
        : await enqueueCommand(call.deps, {
            sn,
            kind: kindOf[action],
            payload: {},
            actor: call.caller.actor,
            // One confirmation covers them all; each is an order of its own.
            key: key === null ? null : `${key}:${sn}`,
          })
    const isRefused = command.state === 'expired'
    return {
      ...result,
      Status: isRefused ? ('Refused' as const) : reachable ? ('Ordered' as const) : ('Queued' as const),
      CommandID: String(command.id),
      Error: isRefused ? command.error : null,
    }
  } catch (error) {
    if (error instanceof OperationError) return { ...result, Status: 'Refused' as const, Error: error.code }
    throw error
  }
}

async function syncOne(call: Call, sn: string) {
  const device = await requireOverview(call, sn)
  const enqueued = await call.deps.store.write(write =>
    orderSync(call, write, device, { time: undefined, zone: undefined }),
  )
  call.deps.wakeCommands(sn)
  call.deps.wakeDelivery()
  return enqueued
}
