import { readCapacity } from '#contract/capacity.ts'
import { clearAlert, raiseAlert } from '../alerts/raise.ts'
import type { GatewayDeps } from '../deps.ts'
import { learnedInfo } from '../device/learned-info.ts'
import type { DeviceRow } from '../store/devices.ts'
import type { Reader, Write } from '../store/index.ts'
import { localAt } from '../time/zone.ts'

/** What is counted of a terminal's memory. */
export const storageKinds = ['Users', 'Fingerprints', 'Faces', 'Cards', 'Logs'] as const
export type StorageKind = (typeof storageKinds)[number]

const columns = {
  Users: 'users',
  Fingerprints: 'fingerprints',
  Faces: 'faces',
  Cards: 'cards',
  Logs: 'logs',
} as const
const sampledAtOnce = 50
const keptDays = 400

/** Keeps what each terminal says it holds, once a day, as long as it says anything. A few terminals a turn. */
export async function sampleStorage({ store, clock }: Pick<GatewayDeps, 'store' | 'clock'>): Promise<void> {
  const now = clock.now()
  const earliest = localAt(now - 26 * 3_600_000, 'UTC').local.slice(0, 10)
  const due = await store.read
    .selectFrom('device')
    .selectAll()
    .where('state', '=', 'adopted')
    .where('info', '!=', '{}')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('storage_sample')
            .select('storage_sample.sn')
            .whereRef('storage_sample.sn', '=', 'device.sn')
            .where('storage_sample.day', '>', earliest),
        ),
      ),
    )
    .limit(sampledAtOnce)
    .execute()
  if (due.length === 0) return
  const rows = due.map(device => {
    const { Counters } = learnedInfo(device)
    const day = localAt(now, device.zone).local.slice(0, 10)
    return {
      sn: device.sn,
      day,
      ...Object.fromEntries(storageKinds.map(kind => [columns[kind], Counters[kind]])),
    }
  })
  const old = localAt(now - keptDays * 86_400_000, 'UTC').local.slice(0, 10)
  await store.write(async write => {
    await write
      .insertInto('storage_sample')
      .values(rows)
      .onConflict(conflict => conflict.columns(['sn', 'day']).doNothing())
      .execute()
    await write.deleteFrom('storage_sample').where('day', '<', old).execute()
    for (const device of due) await warnOfFullLog(write, device, now)
  })
}

const warnDays = 14

/** From the forecast, not from a share: half full and filling fast is worse than nearly full and still. */
async function warnOfFullLog(write: Write, device: DeviceRow, now: number): Promise<void> {
  const { Capacity, Counters } = learnedInfo(device)
  const capacity = readCapacity('Logs', Capacity.Logs, Counters.Logs).maximum
  const from = localAt(now - 60 * 86_400_000, device.zone).local.slice(0, 10)
  const { Logs } = await findSamples(write, device.sn, from)
  const { daysLeft, perDay } = forecast(Logs, capacity)
  const dedupeKey = `storage ${device.sn}`
  if (daysLeft === null || daysLeft > warnDays) {
    await clearAlert(write, dedupeKey, now)
    return
  }
  await raiseAlert(write, {
    kind: 'DeviceStorage',
    severity: 'Warning',
    subject: device.sn,
    deviceSN: device.sn,
    title: `The log of ${device.label} is full in ${daysLeft} days at this pace`,
    detail: `${Math.round(perDay ?? 0)} lines a day; its oldest lines are then overwritten, or it stops`,
    says: {
      code: 'LogFillsUp',
      facts: { label: device.label, days: daysLeft, perDay: Math.round(perDay ?? 0) },
    },
    at: now,
    dedupeKey,
  })
}

/** How a memory fills up. */
export interface Forecast {
  /** Entries a day, over the days looked at; null where nothing can be said. */
  readonly perDay: number | null
  /** Whole days until it is full at this pace; null where it does not fill up. */
  readonly daysLeft: number | null
}

/**
 * The pace of the last samples (oldest first) and what follows for a memory of `capacity`. Somebody who cleared it
 * starts it anew, so only what came after the last fall counts; less than three days say nothing.
 */
export function forecast(
  samples: readonly { readonly day: string; readonly count: number }[],
  capacity: number | null,
): Forecast {
  const fell = samples.findLastIndex((sample, index) => sample.count < (samples[index - 1]?.count ?? 0))
  const rising = samples.slice(Math.max(0, fell))
  const [first, last] = [rising[0], rising.at(-1)]
  if (first === undefined || last === undefined) return { perDay: null, daysLeft: null }
  const days = (Date.parse(last.day) - Date.parse(first.day)) / 86_400_000
  if (days < 3) return { perDay: null, daysLeft: null }
  const perDay = (last.count - first.count) / days
  if (capacity === null || perDay <= 0 || last.count > capacity) return { perDay, daysLeft: null }
  return { perDay, daysLeft: Math.floor((capacity - last.count) / perDay) }
}

/** What a terminal said it holds, by kind, oldest first. */
export async function findSamples(
  reader: Reader,
  sn: string,
  from: string,
): Promise<Record<StorageKind, { day: string; count: number }[]>> {
  const rows = await reader
    .selectFrom('storage_sample')
    .selectAll()
    .where('sn', '=', sn)
    .where('day', '>=', from)
    .orderBy('day')
    .execute()
  const of = (kind: StorageKind) =>
    rows.flatMap(row => {
      const count = row[columns[kind]]
      return count === null ? [] : [{ day: row.day, count }]
    })
  return {
    Users: of('Users'),
    Fingerprints: of('Fingerprints'),
    Faces: of('Faces'),
    Cards: of('Cards'),
    Logs: of('Logs'),
  }
}
