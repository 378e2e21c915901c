import { LeaveKind, Portion } from '#contract/entities/plan.ts'
import { calendarDays, listCalendars } from '../../store/calendars.ts'
import { keepHolidays, keepLeave, type WantedLeave } from './change-calendar.ts'
import { finder } from './import-assignments.ts'
import type { Importer } from './import-plan.ts'
import { boundedText, oneOf, optionalDate, RowFault, requiredDate, requiredText } from './import-table.ts'
import { openPeople } from './known-people.ts'

/** Leave of people; without ToDate a single day. */
export const leaveImporter: Importer = {
  columns: ['EmployeeCode', 'FromDate', 'ToDate', 'Kind', 'Portion', 'Note'],
  async open(reader, table, change) {
    const [person, known] = await Promise.all([
      openPeople(reader, table, 'EmployeeCode'),
      reader.selectFrom('person_leave').selectAll().where('removed_at', 'is', null).execute(),
    ])
    const byKey = new Map(known.map(row => [JSON.stringify([row.employee_code, row.from_date]), row]))
    return row => {
      const employeeCode = person(row)
      if (employeeCode === null) throw new RowFault('EmployeeCode', 'EmployeeCode is missing')
      const fromDate = requiredDate(row, 'FromDate')
      const wanted: WantedLeave = {
        employeeCode,
        fromDate,
        toDate: optionalDate(row, 'ToDate') ?? fromDate,
        kind: oneOf(row, 'Kind', LeaveKind, 'vacation'),
        portion: oneOf(row, 'Portion', Portion, 'full'),
        note: boundedText('Note', row.text('Note'), 200),
      }
      if (wanted.toDate < fromDate)
        throw new RowFault('ToDate', `ToDate ${wanted.toDate} lies before FromDate ${fromDate}`)
      const key = JSON.stringify([employeeCode, fromDate])
      const before = byKey.get(key)
      const same =
        before?.to_date === wanted.toDate &&
        before.kind === wanted.kind &&
        before.portion === wanted.portion &&
        before.note === wanted.note
      return {
        key,
        outcome: before === undefined ? 'add' : same ? 'same' : 'change',
        about: `${employeeCode} · ${wanted.kind} · ${fromDate} – ${wanted.toDate}`,
        apply: async write => {
          await keepLeave(write, before && Number(before.id), wanted, change)
        },
      }
    }
  },
}

/** Holidays of calendars that exist. */
export const holidayImporter: Importer = {
  columns: ['Calendar', 'Date', 'Name', 'Portion'],
  async open(reader, _table, change) {
    const [calendars, days] = await Promise.all([
      listCalendars(reader, { removed: false }),
      calendarDays(reader, { fromDay: '0001-01-01', toDay: '9999-12-31' }),
    ])
    const calendar = finder(calendars.map(row => [row.calendar_id, row.name]))
    const known = new Map(days.map(row => [`${row.calendar_id} ${row.date}`, row]))
    const [only] = calendars
    return row => {
      const id = calendar(row, 'Calendar') ?? (calendars.length === 1 ? only?.calendar_id : undefined)
      if (id === undefined) throw new RowFault('Calendar', 'Calendar is missing')
      const date = requiredDate(row, 'Date')
      const name = requiredText(row, 'Name', 120)
      const portion = oneOf(row, 'Portion', Portion, 'full')
      const key = `${id} ${date}`
      const before = known.get(key)
      const same = before?.name === name && before.portion === portion
      return {
        key,
        outcome: before === undefined ? 'add' : same ? 'same' : 'change',
        about: `${date} · ${name}`,
        apply: write => keepHolidays(write, id, [{ date, name, portion }], change),
      }
    }
  },
}
