import { sql } from 'kysely'
import { type Page, readPosition, toPage } from './cursor.ts'
import type { Reader, Write } from './index.ts'
import type { LeaveRow } from './plans.ts'

export type NewLeave = Omit<LeaveRow, 'id'>
export type NamedLeave = LeaveRow & { readonly person_name: string | null }

/** Keeps a new leave; answers its id. */
export async function insertLeave(write: Write, row: NewLeave): Promise<number> {
  const { id } = await write.insertInto('person_leave').values(row).returning('id').executeTakeFirstOrThrow()
  return Number(id)
}

/** Writes a leave anew; what it was before is in the audit. */
export async function updateLeave(write: Write, id: number, row: NewLeave): Promise<void> {
  await write.updateTable('person_leave').set(row).where('id', '=', id).execute()
}

/** One leave, also one taken back. */
export async function findLeave(reader: Reader, id: number): Promise<NamedLeave | undefined> {
  return named(reader).where('person_leave.id', '=', id).executeTakeFirst()
}

/** A page of leave that touches a range, in order of the last day. */
export async function listLeave(
  reader: Reader,
  filter: {
    readonly fromDay: string
    readonly toDay: string
    readonly employeeCode?: string | undefined
    readonly removed: boolean
  },
  page: { readonly offSet: string | undefined; readonly limit: number },
): Promise<Page<NamedLeave>> {
  const position = readPosition(page.offSet)
  const base = named(reader)
    .where('to_date', '>=', filter.fromDay)
    .where('from_date', '<=', filter.toDay)
    .$if(!filter.removed, query => query.where('removed_at', 'is', null))
    .$if(filter.employeeCode !== undefined, query =>
      query.where('person_leave.employee_code', '=', filter.employeeCode ?? ''),
    )
  const total =
    position.kind === 'after'
      ? position.total
      : Number(
          (await base.clearSelect().select(sql<number>`count(*)`.as('total')).executeTakeFirst())?.total ?? 0,
        )
  let query = base
    .orderBy('to_date')
    .orderBy('person_leave.id')
    .limit(page.limit + 1)
  query =
    position.kind === 'after'
      ? query.where(({ eb, or, and }) =>
          or([
            eb('to_date', '>', position.key),
            and([eb('to_date', '=', position.key), eb('person_leave.id', '>', position.id)]),
          ]),
        )
      : query.offset(position.kind === 'row' ? position.row : 0)
  return toPage(await query.execute(), page.limit, total, row => ({ key: row.to_date, id: Number(row.id) }))
}

function named(reader: Reader) {
  return reader
    .selectFrom('person_leave')
    .leftJoin('person', 'person.employee_code', 'person_leave.employee_code')
    .selectAll('person_leave')
    .select(sql<string | null>`trim(person.first_name || ' ' || person.last_name)`.as('person_name'))
}
