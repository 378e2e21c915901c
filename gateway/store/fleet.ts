import { sql } from 'kysely'
import type { DeviceOverview } from './devices.ts'
import { countsByDevice, overviewRows } from './devices.ts'
import type { Reader } from './index.ts'

export interface FleetFilter {
  /** null means every terminal. */
  readonly sns: readonly string[] | null
  readonly search: string | undefined
  readonly site: string | undefined
  readonly tag: string | undefined
  readonly model: string | undefined
  readonly firmware: string | undefined
  readonly trouble: 'any' | 'incident' | 'clock' | 'rejects' | 'queue' | undefined
}

export interface FleetMember extends DeviceOverview {
  readonly tags: readonly string[]
}

const clockOffMs = 60_000

/** The terminals a filter finds, with their tags, in no order; state aside, so that both states can be counted. */
export function filterFleet(fleet: readonly FleetMember[], filter: FleetFilter): FleetMember[] {
  const search = filter.search?.toLowerCase()
  return fleet.filter(
    device =>
      (filter.site === undefined || device.site === filter.site) &&
      (filter.tag === undefined || device.tags.includes(filter.tag)) &&
      (filter.model === undefined || device.model === filter.model) &&
      (filter.firmware === undefined || device.firmware === filter.firmware) &&
      hasTrouble(device, filter.trouble) &&
      (search === undefined || says(device, search)),
  )
}

/** Every terminal with counts and tags. */
export async function readFleet(reader: Reader, sns: readonly string[] | null): Promise<FleetMember[]> {
  const [rows, counts, tags] = await Promise.all([
    overviewRows(reader, sns),
    countsByDevice(reader, sns),
    reader.selectFrom('device_tag').selectAll().orderBy('tag').execute(),
  ])
  const byDevice = new Map<string, string[]>()
  for (const { sn, tag } of tags) byDevice.set(sn, [...(byDevice.get(sn) ?? []), tag])
  return rows.map(row => ({ ...row, ...counts(row.sn), tags: byDevice.get(row.sn) ?? [] }))
}

function hasTrouble(device: DeviceOverview, trouble: FleetFilter['trouble']): boolean {
  const isOff = Math.abs(device.clock_skew_ms ?? 0) > clockOffMs
  switch (trouble) {
    case undefined:
      return true
    case 'any':
      return device.online === 0 || device.incidents > 0 || isOff || device.rejects > 0
    case 'incident':
      return device.incidents > 0
    case 'clock':
      return isOff
    case 'rejects':
      return device.rejects > 0
    case 'queue':
      return device.queued > 0
  }
}

function says({ label, sn, address, model, firmware }: DeviceOverview, text: string): boolean {
  return [label, sn, address, model, firmware].some(each => each?.toLowerCase().includes(text))
}

/** How many terminals of a model have a firmware. */
export async function firmwareCounts(reader: Reader, sns: readonly string[] | null) {
  return reader
    .selectFrom('device')
    .select(['sn', sql<string>`coalesce(model, '')`.as('model'), 'firmware'])
    .where('state', '=', 'adopted')
    .$if(sns !== null, query => query.where('sn', 'in', sns && sns.length > 0 ? [...sns] : ['']))
    .orderBy('sn')
    .execute()
}
