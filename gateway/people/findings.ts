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
export function orphansQuery(reader: Reader, sns: readonly string[] | null) {
  return reader
    .selectFrom('person_device')
    .innerJoin('device', 'device.sn', 'person_device.sn')
    .leftJoin('person', 'person.employee_code', 'person_device.employee_code')
    .leftJoin('person_terminal', join =>
      join
        .onRef('person_terminal.sn', '=', 'person_device.sn')
        .onRef('person_terminal.employee_code', '=', 'person_device.employee_code'),
    )
    .where('person_terminal.sn', 'is', null)
    .where('device.state', '=', 'adopted')
    .$if(sns !== null, query => query.where('person_device.sn', 'in', sns?.length ? [...sns] : ['']))
}

/** How many those are. */
export async function countOrphans(reader: Reader, sns: readonly string[] | null): Promise<number> {
  const row = await orphansQuery(reader, sns).select(sql<number>`count(*)`.as('count')).executeTakeFirst()
  return Number(row?.count ?? 0)
}
