import type { z } from 'zod'
import type { Assignment, Leave, Rotation, Shift } from '#contract/entities/plan.ts'
import { LeaveKind } from '#contract/entities/plan.ts'
import { readRotation, readShift } from '../attendance/plan/read-plans.ts'
import { portionOf } from '../attendance/plan/resolve-plan.ts'
import type { NamedAssignment } from '../store/assignments.ts'
import type { NamedLeave } from '../store/leave.ts'
import { type PlanVersionRow, versionOn } from '../store/plan-versions.ts'

/** When and by whom a row was written. */
export function savedFields(row: { readonly saved_at: number; readonly saved_by: string | null }) {
  return { SavedAt: new Date(row.saved_at).toISOString(), SavedBy: row.saved_by }
}

/** Every version without what it says, oldest first. */
export function historyOf(versions: readonly PlanVersionRow[]) {
  return versions.map(row => ({
    FromDate: row.from_date,
    Name: row.name,
    Removed: row.definition === null,
    ...savedFields(row),
  }))
}

/** What holds on a date of versions oldest first, or else begins later; null for what was taken away. */
function shownVersion(
  versions: readonly PlanVersionRow[],
  date: string,
): (PlanVersionRow & { definition: string }) | null {
  const candidates = [versionOn(versions, date), ...versions.filter(row => row.from_date > date)]
  const row = candidates.find(each => each !== undefined && each.definition !== null)
  return row && row.definition !== null ? { ...row, definition: row.definition } : null
}

/** A shift as it holds on a date, or null for one that was taken away. */
export function shiftEntity(
  versions: readonly PlanVersionRow[],
  date: string,
): z.output<typeof Shift> | null {
  const row = shownVersion(versions, date)
  return row && { ShiftID: row.id, ...commonOf(row, versions), ...readShift(row.definition) }
}

/** A rotation as it holds on a date, or null for one that was taken away. */
export function rotationEntity(
  versions: readonly PlanVersionRow[],
  date: string,
): z.output<typeof Rotation> | null {
  const row = shownVersion(versions, date)
  return row && { RotationID: row.id, ...commonOf(row, versions), ...readRotation(row.definition) }
}

function commonOf(row: PlanVersionRow, versions: readonly PlanVersionRow[]) {
  return { Name: row.name, FromDate: row.from_date, ...savedFields(row), History: historyOf(versions) }
}

/** An assignment on the wire. */
export function assignmentEntity(row: NamedAssignment): z.output<typeof Assignment> {
  return {
    AssignmentID: String(row.id),
    EmployeeCode: row.employee_code,
    EmployeeName: row.employee_code === null ? null : (row.person_name ?? ''),
    DepartmentID: row.department_id,
    ShiftID: row.shift_id,
    RotationID: row.rotation_id,
    Weekdays: [...row.weekdays].map(Number),
    OffsetDays: row.offset_days,
    FromDate: row.from_date,
    ToDate: row.to_date,
    Site: row.site,
    WorksHolidays: row.works_holidays === 1,
    Removed: row.removed_at !== null,
    ...savedFields(row),
  }
}

/** A leave on the wire. */
export function leaveEntity(row: NamedLeave): z.output<typeof Leave> {
  const kind = LeaveKind.safeParse(row.kind)
  return {
    LeaveID: String(row.id),
    EmployeeCode: row.employee_code,
    EmployeeName: row.person_name ?? '',
    FromDate: row.from_date,
    ToDate: row.to_date,
    Kind: kind.success ? kind.data : 'other',
    Portion: portionOf(row.portion),
    Note: row.note,
    Removed: row.removed_at !== null,
    ...savedFields(row),
  }
}
