import { type Selectable, sql } from 'kysely'
import { type Page, readPosition, toPage } from './cursor.ts'
import type { Reader, Write } from './index.ts'
import type { DepartmentMemberTable, DepartmentTable } from './schema-plan.ts'

export type DepartmentRow = Selectable<DepartmentTable>

/** Departments in order of their names; closed ones only where asked for. */
export async function listDepartments(
  reader: Reader,
  { removed }: { readonly removed: boolean },
): Promise<DepartmentRow[]> {
  return reader
    .selectFrom('department')
    .selectAll()
    .$if(!removed, query => query.where('removed_at', 'is', null))
    .orderBy('name')
    .orderBy('department_id')
    .execute()
}

/** Keeps a department over what was known of it, closed or not. */
export async function saveDepartment(write: Write, row: DepartmentRow): Promise<void> {
  const { department_id: _, ...rest } = row
  await write
    .insertInto('department')
    .values(row)
    .onConflict(conflict => conflict.column('department_id').doUpdateSet(rest))
    .execute()
}

/** Who belongs to a department, or to each, on a date. */
export async function membersOn(
  reader: Reader,
  date: string,
  departmentId?: string,
): Promise<{ employee_code: string; department_id: string }[]> {
  const rows = await reader
    .selectFrom('department_member as member')
    .select(['member.employee_code', 'member.department_id'])
    .where('member.department_id', 'is not', null)
    .where(
      'member.from_date',
      '=',
      sql<string>`(select max(last.from_date) from department_member as last
        where last.employee_code = member.employee_code and last.from_date <= ${date})`,
    )
    .$if(departmentId !== undefined, query => query.where('member.department_id', '=', departmentId ?? ''))
    .execute()
  return rows.map(({ employee_code, department_id }) => ({
    employee_code,
    department_id: department_id ?? '',
  }))
}

/** Everybody who has belonged to some departments at any time, or will. */
export async function everMembers(reader: Reader, departmentIds: readonly string[]): Promise<string[]> {
  if (departmentIds.length === 0) return []
  const rows = await reader
    .selectFrom('department_member')
    .select('employee_code')
    .distinct()
    .where('department_id', 'in', [...departmentIds])
    .execute()
  return rows.map(({ employee_code }) => employee_code)
}

/** Lets people belong to a department, or to none, from a date on; a move on the same date is replaced. */
export async function moveMembers(
  write: Write,
  codes: readonly string[],
  row: Omit<Selectable<DepartmentMemberTable>, 'employee_code'>,
): Promise<void> {
  for (let from = 0; from < codes.length; from += 200) {
    const { from_date: _, ...rest } = row
    await write
      .insertInto('department_member')
      .values(codes.slice(from, from + 200).map(employee_code => ({ employee_code, ...row })))
      .onConflict(conflict => conflict.columns(['employee_code', 'from_date']).doUpdateSet(rest))
      .execute()
  }
}

/** A page of memberships by person, then date. */
export async function listMembers(
  reader: Reader,
  filter: { readonly departmentId?: string | undefined; readonly employeeCode?: string | undefined },
  page: { readonly offSet: string | undefined; readonly limit: number },
): Promise<
  Page<{ employee_code: string; from_date: string; department_id: string | null; name: string | null }>
> {
  const position = readPosition(page.offSet)
  const base = reader
    .selectFrom('department_member as member')
    .$if(filter.departmentId !== undefined, query =>
      query.where('member.department_id', '=', filter.departmentId ?? ''),
    )
    .$if(filter.employeeCode !== undefined, query =>
      query.where('member.employee_code', '=', filter.employeeCode ?? ''),
    )
  const total =
    position.kind === 'after'
      ? position.total
      : Number((await base.select(sql<number>`count(*)`.as('total')).executeTakeFirst())?.total ?? 0)
  // Codes and dates hold no blank at the end of the date, so that one text orders both.
  const after = position.kind === 'after' ? position.key : null
  const rows = await base
    .leftJoin('person', 'person.employee_code', 'member.employee_code')
    .select(['member.employee_code', 'member.from_date', 'member.department_id'])
    .select(sql<string | null>`trim(person.first_name || ' ' || person.last_name)`.as('name'))
    .$if(after !== null, query =>
      query.where(({ eb, or, and }) =>
        or([
          eb('member.employee_code', '>', (after ?? '').slice(11)),
          and([
            eb('member.employee_code', '=', (after ?? '').slice(11)),
            eb('member.from_date', '>', (after ?? '').slice(0, 10)),
          ]),
        ]),
      ),
    )
    .orderBy('member.employee_code')
    .orderBy('member.from_date')
    .limit(page.limit + 1)
    .$if(position.kind === 'row', query => query.offset(position.kind === 'row' ? position.row : 0))
    .execute()
  return toPage(rows, page.limit, total, row => ({ key: `${row.from_date} ${row.employee_code}`, id: 0 }))
}
