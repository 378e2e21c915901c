import { membersOn } from '../../store/departments.ts'
import type { Reader } from '../../store/index.ts'
import { departmentSites, personAssignmentsOn } from '../../store/plans.ts'

/** Where somebody belongs. */
export interface Place {
  readonly department: string | null
  /** Home site as planned. */
  readonly site: string | null
}

/** Where everybody whom the plan knows belongs on a date, `YYYY-MM-DD`. Three queries, however many people. */
export async function readPlaces(reader: Reader, date: string): Promise<ReadonlyMap<string, Place>> {
  const [departments, members, assignments] = await Promise.all([
    departmentSites(reader),
    membersOn(reader, date),
    personAssignmentsOn(reader, date),
  ])
  const departmentOf = new Map(departments.map(row => [row.department_id, row]))
  const places = new Map<string, Place>()
  for (const { employee_code, department_id } of members) {
    const department = departmentOf.get(department_id)
    places.set(employee_code, { department: department?.name ?? null, site: department?.site ?? null })
  }
  for (const { employee_code, site } of assignments) {
    const known = places.get(employee_code)
    places.set(employee_code, { department: known?.department ?? null, site: site ?? known?.site ?? null })
  }
  return places
}
