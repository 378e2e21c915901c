import { listDepartments } from '../../store/departments.ts'
import { sinceEver } from '../../store/plan-versions.ts'
import { membersOf } from '../../store/plans.ts'
import { changeDepartment, movePeople } from './change-assignments.ts'
import type { Importer } from './import-plan.ts'
import { boundedText, optionalDate, requiredText } from './import-table.ts'
import { openPeople } from './known-people.ts'
import { idFromName } from './name-to-id.ts'

/** Departments with their site, and who belongs to them from when on. */
export const departmentImporter: Importer = {
  columns: ['Department', 'Site', 'EmployeeCode', 'FromDate'],
  async open(reader, table, change) {
    const [person, known] = await Promise.all([
      openPeople(reader, table, 'EmployeeCode'),
      listDepartments(reader, { removed: true }),
    ])
    const codes = [...new Set(table.rows.map(row => row.text('EmployeeCode')))].filter(code => code !== '')
    const members = []
    for (let from = 0; from < codes.length; from += 500)
      members.push(...(await membersOf(reader, codes.slice(from, from + 500))))
    const membersBy = Map.groupBy(members, row => row.employee_code)
    const taken = new Set(known.map(row => row.department_id))
    const living = new Map(known.filter(row => row.removed_at === null).map(row => [row.department_id, row]))
    const idByName = new Map(
      [...living.values()].map(row => [row.name.trim().toLowerCase(), row.department_id]),
    )

    /** The id of a department, also of one that an earlier row would make. */
    const idOf = (name: string): string => {
      const id = living.has(name) ? name : idByName.get(name.toLowerCase())
      if (id !== undefined) return id
      const made = idFromName(name, 'department', taken)
      taken.add(made)
      idByName.set(name.toLowerCase(), made)
      return made
    }

    return row => {
      const name = requiredText(row, 'Department', 80)
      const id = idOf(name)
      const before = living.get(id)
      const hasSite = table.columns.includes('Site') && row.text('Site') !== ''
      const site = hasSite ? boundedText('Site', row.text('Site'), 100) : (before?.site ?? null)
      const code = person(row)
      const own = membersBy.get(code ?? '') ?? []
      const fromDate = optionalDate(row, 'FromDate') ?? (own.length === 0 ? sinceEver : change.today)
      const belongs = own.findLast(each => each.from_date <= fromDate)?.department_id === id
      const isKnown = before !== undefined && before.site === site
      const shownName = before?.name ?? name
      return {
        key: JSON.stringify(code === null ? [id] : [code, fromDate]),
        outcome:
          isKnown && (code === null || belongs)
            ? 'same'
            : before === undefined || (code !== null && own.length === 0)
              ? 'add'
              : 'change',
        about:
          code === null
            ? [shownName, site].filter(Boolean).join(' · ')
            : `${code} → ${shownName}${fromDate === sinceEver ? '' : `, ${fromDate}`}`,
        apply: async write => {
          await changeDepartment(write, { id, name: shownName, site }, change)
          if (code !== null) await movePeople(write, [code], { departmentId: id, fromDate }, change)
        },
      }
    }
  },
}
