import { OperationError } from '#contract/errors.ts'
import {
  findAssignment,
  insertAssignment,
  type NewAssignment,
  updateAssignment,
} from '../../store/assignments.ts'
import {
  type DepartmentRow,
  listDepartments,
  membersOn,
  moveMembers,
  saveDepartment,
} from '../../store/departments.ts'
import type { Reader, Write } from '../../store/index.ts'
import { planVersions, versionOn } from '../../store/plan-versions.ts'
import { markDaysStale } from '../stale-days.ts'
import { markAssignmentsStale } from './affected.ts'
import { type Change, notInPlan } from './change-versions.ts'
import { idFromName } from './name-to-id.ts'

/** Who is to work what; one of the first two and at most one of the next two. */
export interface WantedAssignment {
  readonly employeeCode: string | null
  readonly departmentId: string | null
  readonly shiftId: string | null
  readonly rotationId: string | null
  readonly weekdays: readonly number[]
  readonly offsetDays: number
  readonly fromDate: string
  readonly toDate: string | null
  readonly site: string | null
  readonly worksHolidays: boolean
}

/** What an assignment may name, read once for many of them. */
export interface Nameable {
  readonly shifts: ReadonlySet<string>
  readonly rotations: ReadonlySet<string>
  readonly departments: ReadonlyMap<string, DepartmentRow>
}

/** Everything that can be named now or later. */
export async function readNameable(reader: Reader, today: string): Promise<Nameable> {
  const [versions, departments] = await Promise.all([
    planVersions(reader, ['shift', 'rotation']),
    listDepartments(reader, { removed: false }),
  ])
  const idsOf = (kind: string) => {
    const byId = Map.groupBy(
      versions.filter(row => row.kind === kind),
      row => row.id,
    )
    const living = [...byId].filter(([, rows]) =>
      [versionOn(rows, today), ...rows.filter(row => row.from_date > today)].some(row => row?.definition),
    )
    return new Set(living.map(([id]) => id))
  }
  return {
    shifts: idsOf('shift'),
    rotations: idsOf('rotation'),
    departments: new Map(departments.map(row => [row.department_id, row])),
  }
}

/** Why an assignment cannot be kept, with the field to blame; null: it can. */
export function assignmentFault(wanted: WantedAssignment, nameable: Nameable): OperationError | null {
  const { employeeCode, departmentId, shiftId, rotationId, fromDate, toDate } = wanted
  const invalid = (field: string, detail: string) => new OperationError('INVALID_INPUT', { field, detail })
  if (employeeCode === null && departmentId === null)
    return invalid('EmployeeCode', 'An assignment is of a person or of a department; neither was given')
  if (employeeCode !== null && departmentId !== null)
    return invalid('DepartmentID', 'An assignment is of a person or of a department, not of both')
  if (shiftId !== null && rotationId !== null)
    return invalid('RotationID', 'An assignment leads to a shift or to a rotation, not to both')
  if (departmentId !== null && !nameable.departments.has(departmentId))
    return notInPlan('department', departmentId)
  if (shiftId !== null && !nameable.shifts.has(shiftId)) return notInPlan('shift', shiftId)
  if (rotationId !== null && !nameable.rotations.has(rotationId)) return notInPlan('rotation', rotationId)
  if (toDate !== null && toDate < fromDate)
    return new OperationError('INVALID_DATE', {
      field: 'ToDate',
      detail: `ToDate ${toDate} lies before FromDate ${fromDate}`,
    })
  return null
}

/** Keeps an assignment, new or over a known one, and has the days judged again; throws for what cannot be kept. */
export async function saveAssignment(
  write: Write,
  id: number | undefined,
  wanted: WantedAssignment,
  change: Change,
): Promise<number> {
  const fault = assignmentFault(wanted, await readNameable(write, change.today))
  if (fault) throw fault
  return keepAssignment(write, id, wanted, change)
}

/** The same for an assignment that has been found good. */
export async function keepAssignment(
  write: Write,
  id: number | undefined,
  wanted: WantedAssignment,
  change: Change,
): Promise<number> {
  const row: NewAssignment = {
    employee_code: wanted.employeeCode,
    department_id: wanted.departmentId,
    shift_id: wanted.shiftId,
    rotation_id: wanted.rotationId,
    weekdays: [...new Set(wanted.weekdays)].sort().join(''),
    offset_days: wanted.offsetDays,
    from_date: wanted.fromDate,
    to_date: wanted.toDate,
    site: wanted.site,
    works_holidays: wanted.worksHolidays ? 1 : 0,
    saved_at: change.atMs,
    saved_by: change.by,
    removed_at: null,
    removed_by: null,
  }
  if (id === undefined) {
    const made = await insertAssignment(write, row)
    await markAssignmentsStale(write, [row])
    return made
  }
  const before = await findAssignment(write, id)
  if (before === undefined) throw notInPlan('assignment', id)
  await updateAssignment(write, id, row)
  await markAssignmentsStale(write, [before, row])
  return id
}

/** Takes an assignment back; throws PLAN_NOT_FOUND for one that is not there or not any more. */
export async function removeAssignment(write: Write, id: number, change: Change): Promise<void> {
  const before = await findAssignment(write, id)
  if (before === undefined || before.removed_at !== null) throw notInPlan('assignment', id)
  const { id: _, person_name: __, ...row } = before
  await updateAssignment(write, id, { ...row, removed_at: change.atMs, removed_by: change.by })
  await markAssignmentsStale(write, [before])
}

/** Keeps a department; answers its id. A changed site changes zone and holidays of its people. */
export async function changeDepartment(
  write: Write,
  wanted: { readonly id: string | undefined; readonly name: string; readonly site: string | null },
  change: Change,
): Promise<string> {
  const all = await listDepartments(write, { removed: true })
  const ids = new Set(all.map(row => row.department_id))
  const id = wanted.id ?? idFromName(wanted.name, 'department', ids)
  const before = all.find(row => row.department_id === id)
  await saveDepartment(write, {
    department_id: id,
    name: wanted.name,
    site: wanted.site,
    saved_at: change.atMs,
    saved_by: change.by,
    removed_at: null,
    removed_by: null,
  })
  if (before !== undefined && before.site !== wanted.site)
    await markAssignmentsStale(write, [
      { employee_code: null, department_id: id, from_date: '0001-01-01', to_date: null },
    ])
  return id
}

/** Closes a department; throws PLAN_IN_USE while somebody belongs to it. */
export async function closeDepartment(write: Write, id: string, change: Change): Promise<void> {
  const known = (await listDepartments(write, { removed: false })).find(row => row.department_id === id)
  if (known === undefined) throw notInPlan('department', id)
  const people = await membersOn(write, change.today, id)
  if (people.length > 0)
    throw new OperationError('PLAN_IN_USE', {
      field: 'DepartmentID',
      detail: `${people.length} people belong to the department ${id}`,
    })
  await saveDepartment(write, { ...known, removed_at: change.atMs, removed_by: change.by })
}

/** Lets people belong to a department, or to none, from a date on. */
export async function movePeople(
  write: Write,
  codes: readonly string[],
  to: { readonly departmentId: string | null; readonly fromDate: string },
  change: Change,
): Promise<void> {
  if (to.departmentId !== null) {
    const known = await listDepartments(write, { removed: false })
    if (!known.some(row => row.department_id === to.departmentId))
      throw notInPlan('department', to.departmentId)
  }
  await moveMembers(write, codes, {
    from_date: to.fromDate,
    department_id: to.departmentId,
    saved_at: change.atMs,
    saved_by: change.by,
  })
  await markDaysStale(write, { employeeCodes: codes, fromDay: to.fromDate, toDay: null })
}
