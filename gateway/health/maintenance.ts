import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Reader } from '../store/index.ts'
import type { MaintenanceTable } from '../store/schema-health.ts'
import type { Interval } from './intervals.ts'

const Names = z.array(z.string())

/** Planned work as it is applied. */
export interface Maintenance extends Interval {
  readonly id: number
  readonly name: string
  readonly sites: readonly string[] | null
  readonly devices: readonly string[] | null
  readonly tags: readonly string[] | null
}

/** What is looked at to tell whether work is about a terminal. */
export interface Placed {
  readonly sn: string
  readonly site: string
  readonly tags: readonly string[]
}

/** Planned work that touches a time, epoch milliseconds. */
export async function findMaintenance(reader: Reader, { from, to }: Interval): Promise<Maintenance[]> {
  const rows = await reader
    .selectFrom('maintenance')
    .selectAll()
    .where('starts_at', '<', to)
    .where('ends_at', '>', from)
    .orderBy('starts_at')
    .execute()
  return rows.map(readMaintenance)
}

/** Planned work from its row. */
export function readMaintenance(row: Selectable<MaintenanceTable>): Maintenance {
  const names = (json: string | null) => (json === null ? null : Names.parse(JSON.parse(json)))
  return {
    id: row.id,
    name: row.name,
    from: row.starts_at,
    to: row.ends_at,
    sites: names(row.sites),
    devices: names(row.devices),
    tags: names(row.tags),
  }
}

/** Whether work is about a terminal; scopes that are set all have to hold. */
export function covers(work: Maintenance, device: Placed): boolean {
  return (
    (work.sites === null || work.sites.includes(device.site)) &&
    (work.devices === null || work.devices.includes(device.sn)) &&
    (work.tags === null || device.tags.some(tag => work.tags?.includes(tag)))
  )
}

/** Tags of the given terminals, or of all. */
export async function findTags(
  reader: Reader,
  sns: readonly string[] | null,
): Promise<ReadonlyMap<string, string[]>> {
  const rows = await reader
    .selectFrom('device_tag')
    .selectAll()
    .$if(sns !== null, query => query.where('sn', 'in', sns && sns.length > 0 ? [...sns] : ['']))
    .orderBy('tag')
    .execute()
  const tags = new Map<string, string[]>()
  for (const { sn, tag } of rows) {
    const known = tags.get(sn)
    if (known) known.push(tag)
    else tags.set(sn, [tag])
  }
  return tags
}
