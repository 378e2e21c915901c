import { sql } from 'kysely'
import { z } from 'zod'
import type { Reader } from '../store/index.ts'

const Said = z.object({
  name: z.string().nullish(),
  privilege: z.number().nullish(),
  card: z.string().nullish(),
})

/** What a terminal said of a person, as far as it is asked for here; null where it did not speak of it. */
export function saidName(said: string | null): {
  name: string | null
  privilege: number | null
  card: string | null
} {
  const parsed = Said.safeParse(JSON.parse(said ?? '{}'))
  const { name = null, privilege = null, card = null } = parsed.success ? parsed.data : {}
  return { name, privilege, card }
}

/** People terminals have told of whom nobody wants there, and nobody is removing. */
function orphansQuery(reader: Reader, sns: readonly string[] | null) {
  return reader
    .selectFrom('person_device')
    .innerJoin('device', 'device.sn', 'person_device.sn')
    .leftJoin('person', 'person.employee_code', 'person_device.employee_code')
    .leftJoin('person_wanted', join =>
      join
        .onRef('person_wanted.sn', '=', 'person_device.sn')
        .onRef('person_wanted.employee_code', '=', 'person_device.employee_code'),
    )
    .where('person_wanted.sn', 'is', null)
    .where('device.state', '=', 'adopted')
    .$if(sns !== null, query => query.where('person_device.sn', 'in', sns?.length ? [...sns] : ['']))
}

/** How many those are. */
export async function countOrphans(reader: Reader, sns: readonly string[] | null): Promise<number> {
  const row = await orphansQuery(reader, sns).select(sql<number>`count(*)`.as('count')).executeTakeFirst()
  return Number(row?.count ?? 0)
}

/** A row of the list of orphans. */
export interface OrphanRow {
  readonly sn: string
  readonly employee_code: string
  readonly reported_at: number
  readonly said: string | null
  readonly label: string
  readonly site: string
  readonly first_name: string | null
  readonly last_name: string | null
  readonly managed: number | null
  /** 1: somebody with this code is wanted somewhere else. */
  readonly elsewhere: number | null
  readonly card: string | null
  readonly privilege: number | null
}

/** Those behind a pair of serial number and code, one more than the limit where there are more. */
export function findOrphans(
  reader: Reader,
  sns: readonly string[] | null,
  after: { readonly sn: string; readonly code: string } | null,
  limit: number,
): Promise<OrphanRow[]> {
  return orphansQuery(reader, sns)
    .$if(after !== null, query =>
      query.where(
        sql<boolean>`(person_device.sn, person_device.employee_code) > (${after?.sn}, ${after?.code})`,
      ),
    )
    .select([
      'person_device.sn',
      'person_device.employee_code',
      'person_device.reported_at',
      'person_device.said',
      'device.label',
      'device.site',
      'person.first_name',
      'person.last_name',
      'person.managed',
      'person.card',
      'person.privilege',
    ])
    .select(({ selectFrom }) =>
      selectFrom('person_wanted as other')
        .select('other.wanted')
        .whereRef('other.employee_code', '=', 'person_device.employee_code')
        .where('other.wanted', '=', 1)
        .limit(1)
        .as('elsewhere'),
    )
    .orderBy('person_device.sn')
    .orderBy('person_device.employee_code')
    .limit(limit + 1)
    .execute()
}
