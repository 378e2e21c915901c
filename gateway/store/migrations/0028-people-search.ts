import { type Kysely, sql } from 'kysely'
import { searchText } from '../search-text.ts'

const rowsAtOnce = 500

interface Row {
  readonly employee_code: string
  readonly first_name: string
  readonly last_name: string
  readonly department: string
}

/** Text people are found by, with an index that holds all a search reads; which photos are to become a face. */
export async function peopleSearch(db: Kysely<unknown>): Promise<void> {
  await sql`alter table person_photo add column as_face integer not null default 0`.execute(db)
  await sql`alter table person add column search_text text not null default ''`.execute(db)
  let after = ''
  for (;;) {
    const { rows } = await sql<Row>`
      select employee_code, first_name, last_name, department from person
      where employee_code > ${after} order by employee_code limit ${sql.lit(rowsAtOnce)}`.execute(db)
    const last = rows.at(-1)
    if (!last) break
    after = last.employee_code
    const values = rows.map(row => sql`(${row.employee_code}, ${searchText(row)})`)
    await sql`
      with made (code, words) as (values ${sql.join(values)})
      update person set search_text = (select words from made where code = employee_code)
      where employee_code in (select code from made)`.execute(db)
  }
  await sql`create index person_search on person (search_text, employee_code)`.execute(db)
}
