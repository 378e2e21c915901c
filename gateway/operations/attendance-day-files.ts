import { maskText } from '#contract/file-headers.ts'
import { operations } from '#contract/operations/index.ts'
import { daySource } from '../attendance/days/read-days.ts'
import { type PersonDaysEntity, peoplePages } from '../attendance/list-days.ts'
import type { Column } from '../exports/columns.ts'
import {
  type DayRow,
  dayColumns,
  dayPageColumns,
  type SumsRow,
  sumsColumns,
  sumsPageColumns,
} from '../exports/day-columns.ts'
import { coverPerson } from '../exports/export-punches.ts'
import { type ExportFile, exportRows } from '../exports/export-rows.ts'
import { localAt } from '../time/zone.ts'
import { dayRequest } from './attendance-people.ts'
import type { Call, Handlers } from './handler.ts'

export const attendanceDayFileHandlers = {
  async 'attendance.exportDays'(input, call) {
    const { request, filter } = await dayRequest(call, input)
    const people = peoplePages(daySource(call.deps), { ...request, fromCode: '' }, filter)
    const { fromDate, toDate } = request.range
    const about = {
      format: input.Format,
      hidden: call.hiddenFields ?? new Set<string>(),
      callerOperationId: input.OperationID,
      notes: notesOf(call, input, fromDate, toDate),
    }
    const file =
      input.Content === 'summary'
        ? await write(sumsRows(people, fromDate, toDate), about, {
            name: 'Attendance summary',
            columns: input.Format === 'pdf' ? sumsPageColumns : sumsColumns,
          })
        : await write(dayRows(people), about, {
            name: 'Attendance days',
            columns: input.Format === 'pdf' ? dayPageColumns : dayColumns,
          })
    return {
      status: 200,
      file: {
        name: `attendance_${input.Content}_${fromDate}_${toDate}.${input.Format}`,
        type: operations['attendance.exportDays'].file[input.Format],
        content: file.content,
        rowCount: file.rowCount,
      },
    }
  },
} satisfies Pick<Handlers, 'attendance.exportDays'>

interface About {
  readonly format: 'csv' | 'json' | 'xlsx' | 'pdf'
  readonly hidden: ReadonlySet<string>
  readonly callerOperationId: string | undefined
  readonly notes: readonly string[]
}

function write<Row extends { EmployeeCode: string; EmployeeName: string | null }>(
  pages: AsyncGenerator<Row[]>,
  about: About,
  what: { readonly name: string; readonly columns: readonly Column<Row>[] },
): Promise<ExportFile> {
  const { notes, ...order } = about
  return exportRows(pages, { ...what, notes, cover: coverPerson }, order)
}

async function* dayRows(people: AsyncGenerator<PersonDaysEntity[]>): AsyncGenerator<DayRow[]> {
  for await (const page of people)
    yield page.flatMap(({ Days, EmployeeCode, EmployeeName, Department, Site, TimeZone }) =>
      Days.map(day => ({ EmployeeCode, EmployeeName, Department, Site, Zone: TimeZone, ...day })),
    )
}

async function* sumsRows(
  people: AsyncGenerator<PersonDaysEntity[]>,
  FromDate: string,
  ToDate: string,
): AsyncGenerator<SumsRow[]> {
  for await (const page of people)
    yield page.map(({ EmployeeCode, EmployeeName, Department, Site, Sums }) => ({
      EmployeeCode,
      EmployeeName,
      Department,
      Site,
      FromDate,
      ToDate,
      ...Sums,
    }))
}

/** What stands under the title of a page, so that a print says what it is of. */
function notesOf(
  call: Call,
  input: { readonly [field: string]: unknown },
  fromDate: string,
  toDate: string,
): string[] {
  const { timeZone } = call.deps.config
  const { local } = localAt(call.deps.clock.now(), timeZone)
  const names = [
    'EmployeeCode',
    'Department',
    'NoDepartment',
    'Site',
    'HomeSite',
    'NoHomeSite',
    'DeviceSN',
    'Status',
    'Flag',
    'Counted',
    'Certainty',
    'Weekday',
    'Hour',
  ]
  const hidden = call.hiddenFields ?? new Set<string>()
  const narrowed = names.flatMap(name => {
    const value = input[name]
    if (value === undefined) return []
    return `${name}: ${hidden.has(name) ? maskText : String(value)}`
  })
  return [
    `${fromDate} to ${toDate}. Made ${local} ${timeZone}.${narrowed.length > 0 ? ` Only ${narrowed.join(', ')}.` : ''}`,
    'Times on the wall clock of the terminals. ~ may still change: the day is not over, or a terminal still owes its log.',
  ]
}
