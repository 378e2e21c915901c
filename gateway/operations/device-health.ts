import { readCapacity } from '#contract/capacity.ts'
import { OperationError } from '#contract/errors.ts'
import type { OperationAnswer } from '#contract/types.ts'
import { learnedInfo } from '../device/learned-info.ts'
import { silenceAllowed } from '../device/presence.ts'
import { type Beat, beatsOf, daysOf } from '../health/beats.ts'
import { findTags } from '../health/maintenance.ts'
import { findSamples, forecast, storageKinds } from '../health/storage.ts'
import { readTimeline } from '../health/timeline.ts'
import { measure, timesOf, type Uptime } from '../health/uptime.ts'
import { clockOffMs, type DeviceOverview } from '../store/devices.ts'
import { localAt, shiftDay } from '../time/zone.ts'
import type { Call, Handlers } from './handler.ts'
import { requireOverview } from './scope.ts'

export const dayMs = 86_400_000
const quarterDays = 90
const monthDays = 30

/** An uptime in the contract's words. */
export function uptimeEntity(uptime: Uptime): OperationAnswer<'devices.health'>['Day'] {
  const seconds = (ms: number) => Math.round(ms / 1000)
  return {
    UpPercent: uptime.upShare === null ? null : uptime.upShare * 100,
    UpSeconds: seconds(uptime.upMs),
    AwaySeconds: seconds(uptime.awayMs),
    PlannedSeconds: seconds(uptime.plannedMs),
    UnknownSeconds: seconds(uptime.unknownMs),
    Outages: uptime.outages,
  }
}

/** What uptime needs to know of a terminal. */
export function knownDevice(device: DeviceOverview, tags: readonly string[]) {
  return {
    sn: device.sn,
    site: device.site,
    tags,
    // Entered by hand and never heard of: there is nothing to be up.
    knownSince:
      device.last_seen_at === null ? Number.POSITIVE_INFINITY : (device.adopted_at ?? device.first_seen_at),
  }
}

export const deviceHealthHandlers = {
  async 'devices.health'(input, call) {
    const device = await requireOverview(call, input.DeviceSN)
    const { read } = call.deps.store
    const now = call.deps.clock.now()
    const from = now - (quarterDays + 1) * dayMs
    const tags = await findTags(read, [device.sn])
    const known = knownDevice(device, tags.get(device.sn) ?? [])
    const times = (await timesOf(read, { devices: [known], from, to: now })).get(device.sn)
    if (times === undefined) throw new OperationError('DEVICE_NOT_FOUND', { field: 'DeviceSN' })
    const of = (days: number) => uptimeEntity(measure(times, { from: now - days * dayMs, to: now }))
    const outages = await read
      .selectFrom('outage')
      .select(['started_at', 'ended_at', 'cause'])
      .where('sn', '=', device.sn)
      .where(({ or, eb }) => or([eb('ended_at', 'is', null), eb('ended_at', '>', from)]))
      .orderBy('started_at')
      .execute()
    return {
      status: 200,
      body: {
        DeviceSN: device.sn,
        PollSeconds: device.poll_interval_ms === null ? null : device.poll_interval_ms / 1000,
        SilenceAllowedSeconds: silenceAllowed(device.poll_interval_ms) / 1000,
        Day: of(1),
        Month: of(monthDays),
        Quarter: of(quarterDays),
        Beats: beatsOf(times, now).map(beatEntity),
        Days: daysOf(times, { now, zone: device.zone, days: quarterDays }).map(day => ({
          Day: day.day,
          State: day.state,
          UpPercent: day.upShare === null ? null : day.upShare * 100,
          AwaySeconds: Math.round(day.awayMs / 1000),
          Outages: outages
            .filter(({ started_at, ended_at }) => started_at < day.to && (ended_at ?? now) > day.from)
            .map(({ started_at, ended_at, cause }) => ({
              From: new Date(started_at).toISOString(),
              To: ended_at === null ? null : new Date(ended_at).toISOString(),
              Cause: cause,
            })),
        })),
        Storage: await storageOf(call, device),
        Zone: await zoneOf(call, device),
        DriftedPunches: await driftedPunches(call, device, now),
      },
    }
  },

  async 'devices.timeline'(input, call) {
    const device = await requireOverview(call, input.DeviceSN)
    if (input.OffSet !== undefined && !/^\d{0,15}$/.test(input.OffSet))
      throw new OperationError('INVALID_CURSOR', { field: 'OffSet', detail: 'OffSet is not one we gave out' })
    const before = input.OffSet ? Number(input.OffSet) : null
    const { entries, hasMore } = await readTimeline(call.deps.store.read, device, before, input.Limit)
    const last = entries.at(-1)
    const OffSet = hasMore && last !== undefined ? String(Date.parse(last.At)) : ''
    return { status: 200, body: { Entries: entries, OffSet } }
  },
} satisfies Pick<Handlers, 'devices.health' | 'devices.timeline'>

function beatEntity(beat: Beat) {
  return {
    From: new Date(beat.from).toISOString(),
    To: new Date(beat.to).toISOString(),
    State: beat.state,
    AwaySeconds: Math.round(beat.awayMs / 1000),
  }
}

async function storageOf(call: Call, device: DeviceOverview) {
  const { Counters, Capacity } = learnedInfo(device)
  const day = localAt(call.deps.clock.now(), device.zone).local.slice(0, 10)
  const samples = await findSamples(call.deps.store.read, device.sn, shiftDay(day, -60))
  return storageKinds
    .filter(kind => Counters[kind] !== null || Capacity[kind] !== null)
    .map(kind => {
      const used = Counters[kind]
      const today = used === null ? [] : [{ day, count: used }]
      const all = [...samples[kind].filter(sample => sample.day !== day), ...today]
      const { maximum } = readCapacity(kind, Capacity[kind], used)
      const { perDay, daysLeft } = forecast(all, maximum)
      return {
        Kind: kind,
        Used: used,
        Maximum: maximum,
        PerDay: perDay,
        DaysLeft: daysLeft,
        Samples: all.map(sample => ({ Day: sample.day, Count: sample.count })),
      }
    })
}

/** The zone of a terminal against that of the others at its site. */
async function zoneOf(call: Call, device: DeviceOverview) {
  const rows = await call.deps.store.read
    .selectFrom('device')
    .select(({ fn }) => ['zone', fn.countAll<number>().as('n')])
    .where('site', '=', device.site)
    .where('sn', '!=', device.sn)
    .where('state', '=', 'adopted')
    .groupBy('zone')
    .execute()
  const [most] = rows.sort((a, b) => Number(b.n) - Number(a.n))
  return {
    Device: device.zone,
    Site: most?.zone ?? null,
    Agrees: most === undefined || most.zone === device.zone,
  }
}

async function driftedPunches(call: Call, device: DeviceOverview, now: number): Promise<number> {
  const from = localAt(now - monthDays * dayMs, device.zone).local
  const row = await call.deps.store.read
    .selectFrom('punch')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('sn', '=', device.sn)
    .where('local_time', '>=', from)
    .where(({ or, eb }) => or([eb('clock_skew_ms', '>', clockOffMs), eb('clock_skew_ms', '<', -clockOffMs)]))
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}
