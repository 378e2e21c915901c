import { assignmentsUsing } from '../../store/assignments.ts'
import { everMembers } from '../../store/departments.ts'
import type { Reader, Write } from '../../store/index.ts'
import { type PlanVersionRow, planVersions, sinceEver } from '../../store/plan-versions.ts'
import type { AssignmentRow } from '../../store/plans.ts'
import { markDaysStale } from '../stale-days.ts'
import { readRotation } from './read-plans.ts'

/** A stretch of days, the last one included; null: for good. */
export interface Stretch {
  readonly fromDay: string
  readonly toDay: string | null
}

/** Ids of rotations that have a shift in any of their versions. */
export function rotationsWith(rotations: readonly PlanVersionRow[], shiftId: string): string[] {
  const ids = rotations
    .filter(row => row.definition !== null && readRotation(row.definition).Days.flat().includes(shiftId))
    .map(row => row.id)
  return [...new Set(ids)]
}

/** Assignments that lead to a shift, directly or by a rotation. */
export async function assignmentsOfShift(reader: Reader, shiftId: string): Promise<AssignmentRow[]> {
  const rotationIds = rotationsWith(await planVersions(reader, ['rotation']), shiftId)
  return assignmentsUsing(reader, { shiftId, rotationIds })
}

/** Says which days of which people may come out differently because of these assignments, within a stretch. */
export async function markAssignmentsStale(
  write: Write,
  assignments: readonly Pick<AssignmentRow, 'employee_code' | 'department_id' | 'from_date' | 'to_date'>[],
  within: Stretch = { fromDay: sinceEver, toDay: null },
): Promise<void> {
  for (const { employee_code, department_id, from_date, to_date } of assignments) {
    const [, fromDay = from_date] = [from_date, within.fromDay].sort()
    const ends = [to_date, within.toDay].filter(day => day !== null).sort()
    const toDay = ends[0] ?? null
    if (toDay !== null && toDay < fromDay) continue
    const employeeCodes =
      employee_code === null
        ? department_id === null
          ? []
          : await everMembers(write, [department_id])
        : [employee_code]
    if (employeeCodes.length > 0) await markDaysStale(write, { employeeCodes, fromDay, toDay })
  }
}
