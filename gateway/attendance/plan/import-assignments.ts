import { planVersions } from '../../store/plan-versions.ts'
import type { AssignmentRow } from '../../store/plans.ts'
import { assignmentFault, keepAssignment, readNameable, type WantedAssignment } from './change-assignments.ts'
import type { Importer } from './import-plan.ts'
import {
  boundedText,
  type ImportRow,
  optionalDate,
  RowFault,
  requiredDate,
  weekdaysOf,
  wholeNumber,
  yesNo,
} from './import-table.ts'
import { openPeople } from './known-people.ts'

/** Who works what, from when to when. Shifts, rotations and departments by id or by name. */
export const assignmentImporter: Importer = {
  columns: [
    'EmployeeCode',
    'Department',
    'Shift',
    'Rotation',
    'Weekdays',
    'OffsetDays',
    'FromDate',
    'ToDate',
    'Site',
    'WorksHolidays',
  ],
  async open(reader, table, change) {
    const [person, nameable, versions, known] = await Promise.all([
      openPeople(reader, table, 'EmployeeCode'),
      readNameable(reader, change.today),
      planVersions(reader, ['shift', 'rotation']),
      reader.selectFrom('plan_assignment').selectAll().where('removed_at', 'is', null).execute(),
    ])
    const idsByName = (kind: string, ids: ReadonlySet<string>) =>
      finder(
        versions.filter(row => row.kind === kind && ids.has(row.id)).map(row => [row.id, row.name] as const),
      )
    const shift = idsByName('shift', nameable.shifts)
    const rotation = idsByName('rotation', nameable.rotations)
    const department = finder([...nameable.departments.values()].map(row => [row.department_id, row.name]))
    const byKey = new Map(known.map(row => [keyOf(row.employee_code, row.department_id, row.from_date), row]))

    return row => {
      const wanted: WantedAssignment = {
        employeeCode: person(row),
        departmentId: department(row, 'Department'),
        shiftId: shift(row, 'Shift'),
        rotationId: rotation(row, 'Rotation'),
        weekdays: weekdaysOf(row, 'Weekdays'),
        offsetDays: wholeNumber(row, 'OffsetDays', 365, 0),
        fromDate: requiredDate(row, 'FromDate'),
        toDate: optionalDate(row, 'ToDate'),
        site: boundedText('Site', row.text('Site'), 100) || null,
        worksHolidays: yesNo(row, 'WorksHolidays'),
      }
      const fault = assignmentFault(wanted, nameable)
      if (fault) throw new RowFault(columnOf(fault.field), fault.message)
      const key = keyOf(wanted.employeeCode, wanted.departmentId, wanted.fromDate)
      const before = byKey.get(key)
      return {
        key,
        outcome: before === undefined ? 'add' : isSame(before, wanted) ? 'same' : 'change',
        about: inWords(wanted),
        apply: async write => {
          await keepAssignment(write, before && Number(before.id), wanted, change)
        },
      }
    }
  },
}

function keyOf(code: string | null, departmentId: string | null, fromDate: string): string {
  return JSON.stringify([code, departmentId, fromDate])
}

function columnOf(field: string | undefined): string | null {
  return field?.replace(/^(Department|Shift|Rotation)ID$/, '$1') ?? null
}

/** Finds what a row names by its id or, in any letter case, by its name. */
export function finder(
  named: readonly (readonly [id: string, name: string])[],
): (row: ImportRow, column: string) => string | null {
  const ids = new Set(named.map(([id]) => id))
  const byName = new Map(named.map(([id, name]) => [name.trim().toLowerCase(), id]))
  return (row, column) => {
    const text = row.text(column)
    if (text === '') return null
    const id = ids.has(text) ? text : byName.get(text.toLowerCase())
    if (id === undefined)
      throw new RowFault(column, `There is no ${column.toLowerCase()} ${JSON.stringify(text.slice(0, 80))}`)
    return id
  }
}

function isSame(row: AssignmentRow, wanted: WantedAssignment): boolean {
  return (
    row.shift_id === wanted.shiftId &&
    row.rotation_id === wanted.rotationId &&
    row.weekdays === [...wanted.weekdays].sort().join('') &&
    row.offset_days === wanted.offsetDays &&
    row.to_date === wanted.toDate &&
    row.site === wanted.site &&
    (row.works_holidays === 1) === wanted.worksHolidays
  )
}

function inWords(wanted: WantedAssignment): string {
  const whom = wanted.employeeCode ?? wanted.departmentId ?? ''
  const what = wanted.shiftId ?? wanted.rotationId ?? 'off'
  return `${whom} → ${what}, ${wanted.fromDate} – ${wanted.toDate ?? '…'}`
}
