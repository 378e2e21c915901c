import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import type { Person } from '#contract/entities/person.ts'
import { OperationError } from '#contract/errors.ts'
import { storable } from '#platform/database/dialect.ts'
import { type Page, readPosition, toPage } from './cursor.ts'
import { toIso } from './devices.ts'
import type { Reader, Write } from './index.ts'
import { firstAndLast } from './people-names.ts'
import type { PersonTable } from './schema.ts'
import { holding, searchText, searchWords } from './search-text.ts'

export type PersonEntity = z.output<typeof Person>

/** A person as a terminal reports one; null means it did not speak of that. */
export interface ReportedPerson {
  readonly pin: string
  readonly name: string | null
  readonly privilege: number | null
  readonly card: string | null
  /** True where it speaks of a card: with `card` null it then says that there is none. */
  readonly saysCard?: boolean
  readonly group?: string | null
  readonly timeZones?: string | null
  readonly verify?: number | null
  readonly viceCard?: string | null
  readonly expires?: number | null
  readonly validFrom?: string | null
  readonly validTo?: string | null
}

/** Keeps what a terminal says about a person. Absent fields leave what is known; a password is never kept. */
export async function savePerson(
  write: Write,
  sn: string,
  user: ReportedPerson,
  reportedAt: number,
): Promise<void> {
  const { first, last } = firstAndLast(storable(user.name ?? ''))
  const names = { first_name: first, last_name: last }
  // A department is said here only of people whom the record decides about, and of them nothing is changed below.
  const search_text = searchText({ employee_code: user.pin, ...names, department: '' })
  const named = user.name === null ? {} : { ...names, search_text }
  const isTakenOff = user.saysCard === true && user.card === null && (await isOnlyHere(write, sn, user.pin))
  await write
    .insertInto('person')
    .values({
      employee_code: user.pin,
      ...names,
      search_text,
      privilege: user.privilege,
      card: user.card,
      updated_at: reportedAt,
    })
    .onConflict(conflict =>
      conflict
        .column('employee_code')
        .doUpdateSet({
          ...named,
          ...(user.privilege === null ? {} : { privilege: user.privilege }),
          ...(user.card === null && !isTakenOff ? {} : { card: user.card }),
          updated_at: reportedAt,
        })
        // Of whom the record here decides, a terminal changes nothing; nor does one that turns up with the code of
        // somebody whom other terminals have been holding: that may be another person.
        .where('person.managed', '=', 0)
        .where(
          sql<boolean>`(not exists (select 1 from person_wanted
              where person_wanted.employee_code = excluded.employee_code and wanted = 1)
            or exists (select 1 from person_wanted
              where person_wanted.employee_code = excluded.employee_code and person_wanted.sn = ${sn} and wanted = 1))`,
        ),
    )
    .execute()
  const said = saidOf(user)
  await write
    .insertInto('person_device')
    .values({ employee_code: user.pin, sn, reported_at: reportedAt, said })
    .onConflict(conflict =>
      conflict.columns(['employee_code', 'sn']).doUpdateSet({ reported_at: reportedAt, said }),
    )
    .execute()
}

/** Whether the card that is known of a person was told by this terminal and by no other: then it may take it back. */
async function isOnlyHere(write: Write, sn: string, code: string): Promise<boolean> {
  const rows = await write
    .selectFrom('person')
    .innerJoin('person_device', 'person_device.employee_code', 'person.employee_code')
    .select(['person_device.sn', 'said', 'card'])
    .where('person.employee_code', '=', code)
    .where('card', 'is not', null)
    .execute()
  const holders = rows.filter(
    ({ said, card }) => (JSON.parse(said ?? '{}') as { card?: unknown }).card === card,
  )
  return holders.length === 1 && holders[0]?.sn === sn
}

/** The contract's word for a privilege: 2 and above may open some menu (iclock-push 5.3); null where nobody has said one. */
export function userTypeOf(privilege: number | null): PersonEntity['UserType'] | null {
  if (privilege === null) return null
  return privilege >= 2 ? 'Admin' : 'User'
}

/** One person as the published operations show one; throws USER_NOT_FOUND. */
export async function findPerson(reader: Reader, code: string): Promise<PersonEntity> {
  const row = await reader
    .selectFrom('person')
    .selectAll()
    .select(expression => [
      expression
        .selectFrom('person_device')
        .whereRef('person_device.employee_code', '=', 'person.employee_code')
        .select(sql<number>`count(*)`.as('n'))
        .as('devices'),
      expression
        .selectFrom('punch')
        .whereRef('punch.employee_code', '=', 'person.employee_code')
        .select('punch.instant')
        .orderBy('punch.local_day', 'desc')
        .orderBy('punch.local_time', 'desc')
        .limit(1)
        .as('last_seen'),
    ])
    .where('employee_code', '=', code)
    .executeTakeFirst()
  if (row) return toEntity(row)
  throw new OperationError('USER_NOT_FOUND', {
    field: 'EmployeeCode',
    detail: `There is no person ${code}`,
  })
}

/** What a terminal says it holds of a person: the actual state, to be compared with the wanted one. */
function saidOf(user: ReportedPerson): string {
  const { name, privilege, card, group, timeZones, verify, viceCard, expires, validFrom, validTo } = user
  const said = { name, privilege, card, group, timeZones, verify, viceCard, expires, validFrom, validTo }
  return storable(JSON.stringify(said, (_, value) => value ?? undefined))
}

export interface PeopleFilter {
  /** null means every terminal. */
  readonly sns: readonly string[] | null
  readonly search: string | undefined
}

/** A page of people by code. */
export async function findPeople(
  reader: Reader,
  filter: PeopleFilter,
  page: { offSet: string | undefined; limit: number },
): Promise<Page<PersonEntity>> {
  const position = readPosition(page.offSet)
  const words = searchWords(filter.search)
  const base = reader
    .selectFrom('person')
    .$if(words.length > 0, query =>
      query.where(({ and }) =>
        and(words.map(word => sql<boolean>`search_text like ${holding(word)} escape '\\'`)),
      ),
    )
    .$if(filter.sns !== null, query =>
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('person_device')
            .select('person_device.sn')
            .whereRef('person_device.employee_code', '=', 'person.employee_code')
            .where('person_device.sn', 'in', filter.sns && filter.sns.length > 0 ? [...filter.sns] : ['']),
        ),
      ),
    )
  const total =
    position.kind === 'after'
      ? position.total
      : ((await base.select(sql<number>`count(*)`.as('total')).executeTakeFirst())?.total ?? 0)
  const rows = await base
    .$if(position.kind === 'after', query =>
      query.where('employee_code', '>', (position as { key: string }).key),
    )
    .selectAll('person')
    .select(expression => [
      expression
        .selectFrom('person_device')
        .whereRef('person_device.employee_code', '=', 'person.employee_code')
        .select(sql<number>`count(*)`.as('n'))
        .as('devices'),
      expression
        .selectFrom('punch')
        .whereRef('punch.employee_code', '=', 'person.employee_code')
        .select('punch.instant')
        .orderBy('punch.local_day', 'desc')
        .orderBy('punch.local_time', 'desc')
        .limit(1)
        .as('last_seen'),
    ])
    .orderBy('employee_code')
    .limit(page.limit + 1)
    .$if(position.kind === 'row', query => query.offset((position as { row: number }).row))
    .execute()
  const { rows: shown, paging } = toPage(rows, page.limit, total, row => ({ key: row.employee_code, id: 0 }))
  return { rows: shown.map(toEntity), paging }
}

function toEntity(
  row: Selectable<PersonTable> & { devices: number | null; last_seen: number | null },
): PersonEntity {
  return {
    EmployeeCode: row.employee_code,
    FirstName: row.first_name,
    LastName: row.last_name,
    // These operations know no third word; the directory says that it is not known.
    UserType: userTypeOf(row.privilege) ?? 'User',
    Card: row.card,
    DeviceCount: row.devices ?? 0,
    LastSeenAt: toIso(row.last_seen),
  }
}
