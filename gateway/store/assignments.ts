import { sql } from 'kysely'
import { type Page, readPosition, toPage } from './cursor.ts'
import type { Reader, Write } from './index.ts'
import type { AssignmentRow } from './plans.ts'

export type NewAssignment = Omit<AssignmentRow, 'id'>
export type NamedAssignment = AssignmentRow & { readonly person_name: string | null }

export interface AssignmentFilter {
  readonly employeeCode?: string | undefined
  readonly departmentId?: string | undefined
  readonly shiftId?: string | undefined
  readonly rotationId?: string | undefined
  /** Also those taken back. */
  readonly removed: boolean
}

interface PageRequest {
  readonly offSet: string | undefined
  readonly limit: number
}

const personName = sql<string | null>`trim(person.first_name || ' ' || person.last_name)`

/** Keeps a new assignment; answers its id. */
export async function insertAssignment(write: Write, row: NewAssignment): Promise<number> {
  const { id } = await write
    .insertInto('plan_assignment')
    .values(row)
    .returning('id')
    .executeTakeFirstOrThrow()
  return Number(id)
}

/** Writes an assignment anew; what it was before is in the audit. */
export async function updateAssignment(write: Write, id: number, row: NewAssignment): Promise<void> {
  await write.updateTable('plan_assignment').set(row).where('id', '=', id).execute()
}

/** One assignment, also one taken back. */
export async function findAssignment(reader: Reader, id: number): Promise<NamedAssignment | undefined> {
  return named(reader).where('plan_assignment.id', '=', id).executeTakeFirst()
}

/** A page of assignments in the order they were made. */
export async function listAssignments(
  reader: Reader,
  filter: AssignmentFilter,
  page: PageRequest,
): Promise<Page<NamedAssignment>> {
  const position = readPosition(page.offSet)
  const where = (query: ReturnType<typeof named>) => {
    let narrowed = query
    if (!filter.removed) narrowed = narrowed.where('plan_assignment.removed_at', 'is', null)
    const { employeeCode, departmentId, shiftId, rotationId } = filter
    if (employeeCode !== undefined)
      narrowed = narrowed.where('plan_assignment.employee_code', '=', employeeCode)
    if (departmentId !== undefined) narrowed = narrowed.where('department_id', '=', departmentId)
    if (shiftId !== undefined) narrowed = narrowed.where('shift_id', '=', shiftId)
    if (rotationId !== undefined) narrowed = narrowed.where('rotation_id', '=', rotationId)
    return narrowed
  }
  const total =
    position.kind === 'after'
      ? position.total
      : Number(
          (
            await where(named(reader))
              .clearSelect()
              .select(sql<number>`count(*)`.as('total'))
              .executeTakeFirst()
          )?.total ?? 0,
        )
  let query = where(named(reader))
    .orderBy('plan_assignment.id')
    .limit(page.limit + 1)
  query =
    position.kind === 'after'
      ? query.where('plan_assignment.id', '>', position.id)
      : query.offset(position.kind === 'row' ? position.row : 0)
  const { rows, paging } = toPage(await query.execute(), page.limit, total, row => ({
    key: '',
    id: Number(row.id),
  }))
  return { rows, paging }
}

function named(reader: Reader) {
  return reader
    .selectFrom('plan_assignment')
    .leftJoin('person', 'person.employee_code', 'plan_assignment.employee_code')
    .selectAll('plan_assignment')
    .select(personName.as('person_name'))
}

/** Assignments in force, now or later, of some shifts or of a rotation. */
export async function assignmentsUsing(
  reader: Reader,
  use:
    | { readonly shiftId: string; readonly rotationIds: readonly string[] }
    | { readonly rotationId: string },
): Promise<AssignmentRow[]> {
  return reader
    .selectFrom('plan_assignment')
    .selectAll()
    .where('removed_at', 'is', null)
    .where(where =>
      'rotationId' in use
        ? where('rotation_id', '=', use.rotationId)
        : where.or([
            where('shift_id', '=', use.shiftId),
            where('rotation_id', 'in', use.rotationIds.length > 0 ? [...use.rotationIds] : ['']),
          ]),
    )
    .execute()
}
