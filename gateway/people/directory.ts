import { type ExpressionBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { DirectoryRow, PersonStatus } from '#contract/entities/people.ts'
import { type Page, readPosition, toPage } from '../store/cursor.ts'
import { toIso } from '../store/devices.ts'
import type { Reader } from '../store/index.ts'
import { userTypeOf } from '../store/people.ts'
import type { GatewayTables } from '../store/schema.ts'
import { localAt, shiftDay } from '../time/zone.ts'
import { faceTypes, fingerprintType, palmTypes } from './bio-types.ts'
import { idleFor } from './idle.ts'
import { clearedPassword } from './record.ts'
import { foundBy, readSearch, type SearchWord } from './search.ts'
import { type PersonRow, suspendedSites } from './wanted.ts'

type Row = z.output<typeof DirectoryRow>
type Status = z.output<typeof PersonStatus>

export interface DirectoryFilter {
  readonly sns: readonly string[] | null
  readonly search?: string | undefined
  readonly department?: string | undefined
  readonly group?: string | undefined
  readonly statuses?: readonly Status[] | undefined
  readonly userType?: 'User' | 'Admin' | undefined
  readonly expiresWithinDays?: number | undefined
  readonly idleDays?: number | undefined
  readonly trouble?: boolean | undefined
  readonly without?: string | undefined
  readonly sort: 'Code' | 'Name' | 'Department' | 'LastChanged'
  readonly order: 'asc' | 'desc'
}

/** What day and time it is where the first site is: a validity counts by the clock of each terminal, a list by one. */
export interface Today {
  readonly now: number
  readonly zone: string
}

/**
 * Where somebody works: as it was said of the person, else as the plan of attendance has it on a day, which is where
 * people who were never changed here get theirs from.
 */
export function departmentOn(day: string) {
  return sql<string>`(case when person.department <> '' then person.department else coalesce((
    select department.name from department_member
    join department on department.department_id = department_member.department_id
    where department_member.employee_code = person.employee_code and department_member.from_date <= ${day}
    order by department_member.from_date desc limit 1), '') end)`
}

const sortKeys = {
  Code: sql<string>`person.employee_code`,
  Name: sql<string>`(person.last_name || ' ' || person.first_name)`,
  Department: sql<string>`''`,
  LastChanged: sql<string>`person.updated_at`,
} as const

type Builder = ExpressionBuilder<GatewayTables, 'person'>

/** A page of the directory. Counts are made for the people of the page alone, so that 50,000 cost what 50 do. */
export async function findDirectory(
  reader: Reader,
  filter: DirectoryFilter,
  page: { offSet: string | undefined; limit: number },
  today: Today,
): Promise<Page<Row>> {
  const position = readPosition(page.offSet)
  const base = filtered(reader, filter, today, await readSearch(reader, filter.search))
  const total =
    position.kind === 'after'
      ? position.total
      : Number((await base.select(sql<number>`count(*)`.as('total')).executeTakeFirst())?.total ?? 0)
  const department = departmentOn(localAt(today.now, today.zone).local.slice(0, 10))
  const key = filter.sort === 'Department' ? department : sortKeys[filter.sort]
  const ahead = sql.raw(filter.order === 'asc' ? '>' : '<')
  const [at = '', code = ''] = position.kind === 'after' ? position.key.split('\n') : []
  const isByCode = filter.sort === 'Code'
  const rows = await base
    .$if(position.kind === 'after' && isByCode, query =>
      query.where(sql<boolean>`person.employee_code ${ahead} ${code}`),
    )
    .$if(position.kind === 'after' && !isByCode, query =>
      query.where(
        sql<boolean>`(${key}, person.employee_code) ${ahead} (${filter.sort === 'LastChanged' ? Number(at) : at}, ${code})`,
      ),
    )
    .selectAll('person')
    .select(key.as('sort_key'))
    .$if(!isByCode, query => query.orderBy(key, filter.order))
    .orderBy('person.employee_code', filter.order)
    .limit(page.limit + 1)
    .$if(position.kind === 'row', query => query.offset((position as { row: number }).row))
    .execute()
  const cut = toPage(rows, page.limit, total, row => ({
    key: `${row.sort_key}\n${row.employee_code}`,
    id: 0,
  }))
  return { rows: await directoryRows(reader, cut.rows, today), paging: cut.paging }
}

function filtered(reader: Reader, filter: DirectoryFilter, today: Today, words: readonly SearchWord[]) {
  const local = localAt(today.now, today.zone).local
  const day = local.slice(0, 10)
  return (
    reader
      .selectFrom('person')
      .$if(words.length > 0, query => query.where(({ and }) => and(words.map(word => foundBy(word, day)))))
      // 2 and above may open some menu (iclock-push 5.3).
      .$if(filter.userType !== undefined, query =>
        query.where('privilege', filter.userType === 'Admin' ? '>=' : '<', 2),
      )
      .$if(filter.department !== undefined, query =>
        query.where(departmentOn(day), '=', filter.department ?? ''),
      )
      .$if(filter.group !== undefined, query => query.where('group_name', '=', filter.group ?? ''))
      .$if(filter.statuses !== undefined, query =>
        query.where(({ or }) => or((filter.statuses ?? []).map(status => statusIs(status, local, day)))),
      )
      .$if(filter.expiresWithinDays !== undefined, query =>
        query
          .where('valid_to', '>=', day)
          .where('valid_to', '<=', `${shiftDay(day, filter.expiresWithinDays ?? 0)} 99`)
          .where('status', '=', 'active'),
      )
      .$if(filter.idleDays !== undefined, query => query.where(idleFor(filter.idleDays ?? 0, day, today.now)))
      .$if(filter.sns !== null, query => query.where(builder => onTerminals(builder, filter.sns ?? [])))
      .$if(filter.trouble === true, query => query.where(hasTrouble))
      .$if(filter.without !== undefined, query =>
        query.where(builder => lacks(builder, filter.without ?? '')),
      )
  )
}

function statusIs(status: Status, local: string, day: string) {
  const active = sql<boolean>`status = 'active' and suspended is null`
  const over = sql<boolean>`valid_to is not null and valid_to < ${day} or length(valid_to) > 10 and valid_to < ${local}`
  const ahead = sql<boolean>`valid_from is not null and valid_from > ${local}`
  switch (status) {
    case 'Leaving':
      return sql<boolean>`status = 'leaving'`
    case 'Left':
      return sql<boolean>`status = 'left'`
    case 'Suspended':
      return sql<boolean>`(status = 'active' and suspended is not null)`
    case 'Expired':
      return sql<boolean>`(${active} and (${over}))`
    case 'NotYet':
      return sql<boolean>`(${active} and coalesce((${ahead}), false) and not coalesce((${over}), false))`
    default:
      return sql<boolean>`(${active} and not coalesce((${over}), false) and not coalesce((${ahead}), false))`
  }
}

function onTerminals({ or, exists, selectFrom }: Builder, sns: readonly string[]) {
  const list = sns.length > 0 ? [...sns] : ['']
  return or([
    exists(
      selectFrom('person_wanted')
        .select('person_wanted.sn')
        .whereRef('person_wanted.employee_code', '=', 'person.employee_code')
        .where('person_wanted.sn', 'in', list),
    ),
    exists(
      selectFrom('person_device')
        .select('person_device.sn')
        .whereRef('person_device.employee_code', '=', 'person.employee_code')
        .where('person_device.sn', 'in', list),
    ),
  ])
}

function hasTrouble({ exists, selectFrom }: Builder) {
  return exists(
    selectFrom('person_wanted')
      .select('person_wanted.sn')
      .whereRef('person_wanted.employee_code', '=', 'person.employee_code')
      .where('person_wanted.state', 'in', ['Failed', 'Blocked']),
  )
}

function lacks({ not, exists, selectFrom, or, and, eb }: Builder, what: string) {
  const credential = (types: readonly number[] | null) =>
    exists(
      selectFrom('credential')
        .select('credential.id')
        .whereRef('credential.employee_code', '=', 'person.employee_code')
        .$if(types !== null, query => query.where('bio_type', 'in', types ?? [])),
    )
  const card = or([eb('card', 'is', null), eb('card', '=', '')])
  const password = or([eb('password_mark', 'is', null), eb('password_mark', '=', clearedPassword)])
  switch (what) {
    case 'Card':
      return card
    case 'Password':
      return password
    case 'Fingerprint':
      return not(credential([fingerprintType]))
    case 'Face':
      return not(credential(faceTypes))
    case 'Photo':
      return not(
        exists(
          selectFrom('person_photo')
            .select('type')
            .whereRef('person_photo.employee_code', '=', 'person.employee_code')
            .where('keep', '=', 1),
        ),
      )
    case 'Terminal':
      return not(
        exists(
          selectFrom('person_wanted')
            .select('person_wanted.sn')
            .whereRef('person_wanted.employee_code', '=', 'person.employee_code')
            .where('wanted', '=', 1),
        ),
      )
    default:
      return and([card, password, not(credential(null))])
  }
}

/** Rows of the directory for these people, in their order. */
export async function directoryRows(
  reader: Reader,
  people: readonly PersonRow[],
  today: Today,
): Promise<Row[]> {
  const codes = people.map(person => person.employee_code)
  if (codes.length === 0) return []
  const credentials = await reader
    .selectFrom('credential')
    .select(['employee_code', 'bio_type', sql<number>`count(distinct no)`.as('count')])
    .where('employee_code', 'in', codes)
    .groupBy(['employee_code', 'bio_type'])
    .execute()
  const photos = await reader
    .selectFrom('person_photo')
    .select('employee_code')
    .where('employee_code', 'in', codes)
    .where('keep', '=', 1)
    .execute()
  const pairs = await reader
    .selectFrom('person_wanted')
    .select(['employee_code', 'state', sql<number>`count(*)`.as('count')])
    .where('employee_code', 'in', codes)
    .where('wanted', '=', 1)
    .groupBy(['employee_code', 'state'])
    .execute()
  const local = localAt(today.now, today.zone).local
  const seen = await reader
    .selectFrom('person')
    .select(['employee_code', departmentOn(local.slice(0, 10)).as('department')])
    .select(expression =>
      expression
        .selectFrom('punch')
        .whereRef('punch.employee_code', '=', 'person.employee_code')
        .select('punch.instant')
        .orderBy('punch.local_day', 'desc')
        .orderBy('punch.local_time', 'desc')
        .limit(1)
        .as('last_seen'),
    )
    .where('employee_code', 'in', codes)
    .execute()
  const credentialsOf = Map.groupBy(credentials, row => row.employee_code)
  const pairsOf = Map.groupBy(pairs, row => row.employee_code)
  const withPhoto = new Set(photos.map(row => row.employee_code))
  const seenOf = new Map(seen.map(row => [row.employee_code, row]))
  return people.map(person => {
    const code = person.employee_code
    const count = (types: readonly number[]) =>
      (credentialsOf.get(code) ?? [])
        .filter(row => types.includes(row.bio_type))
        .reduce((sum, row) => sum + Number(row.count), 0)
    const mine = pairsOf.get(code) ?? []
    const inState = (...states: string[]) =>
      mine
        .filter(row => states.length === 0 || states.includes(row.state))
        .reduce((sum, row) => sum + Number(row.count), 0)
    return {
      EmployeeCode: code,
      FirstName: person.first_name,
      LastName: person.last_name,
      UserType: userTypeOf(person.privilege),
      Department: seenOf.get(code)?.department ?? person.department,
      Group: person.group_name,
      Status: statusOf(person, local),
      SuspendedAt: suspendedSites(person),
      ValidFrom: person.valid_from,
      ValidTo: person.valid_to,
      ExpiresInDays: daysUntil(person.valid_to, local),
      Managed: person.managed === 1,
      HasPhoto: withPhoto.has(code),
      HasPassword: person.password_mark !== null && person.password_mark !== clearedPassword,
      HasCard: person.card !== null && person.card !== '',
      Fingerprints: count([fingerprintType]),
      Faces: count(faceTypes) > 0 ? 1 : 0,
      Palms: count(palmTypes),
      Terminals: inState(),
      InStep: inState('InStep', 'Withheld'),
      Troubles: inState('Failed', 'Blocked'),
      LastSeenAt: toIso(seenOf.get(code)?.last_seen ?? null),
    }
  })
}

function statusOf(person: PersonRow, local: string): Status {
  if (person.status === 'leaving') return 'Leaving'
  if (person.status === 'left') return 'Left'
  if (person.suspended !== null) return 'Suspended'
  const { valid_from: from, valid_to: to } = person
  if (to !== null && (to.length === 10 ? to < local.slice(0, 10) : to < local)) return 'Expired'
  return from !== null && from > local ? 'NotYet' : 'Active'
}

function daysUntil(to: string | null, local: string): number | null {
  if (to === null) return null
  const days = Math.round((Date.parse(to.slice(0, 10)) - Date.parse(local.slice(0, 10))) / 86_400_000)
  return days < 0 ? null : days
}
