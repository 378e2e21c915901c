import { readDays } from '../attendance/days/read-days.ts'
import { isException } from '../attendance/exceptions.ts'
import { readPosition } from '../store/cursor.ts'
import { namesOf } from '../store/people-names.ts'
import { readLookedAt } from '../store/settled-findings.ts'
import { daysBetween } from './day-completeness.ts'
import type { Handlers } from './handler.ts'
import { readRange } from './range.ts'
import { requirePerson, visibleDevices } from './scope.ts'

const daysMax = 63

export const attendanceExceptionHandlers = {
  async 'attendance.exceptions'(input, call) {
    const { store, clock } = call.deps
    if (input.EmployeeCode !== undefined) await requirePerson(call, input.EmployeeCode)
    const { from, to } = readRange(input)
    const [fromDay, toDay] = [from.slice(0, 10), to.slice(0, 10)]
    daysBetween(fromDay, toDay, daysMax)
    const lookedAt = await readLookedAt(store.read, { fromDay, toDay }, input.EmployeeCode)
    const people = readDays(call.deps, {
      range: { fromDate: fromDay, toDate: toDay },
      devices: visibleDevices(call),
      employeeCode: input.EmployeeCode,
      fromCode: '',
      nowMs: clock.now(),
      planned: true,
    })
    const wanted = input.Kind && new Set<string>(input.Kind)
    const counts = new Map<string, number>()
    const rows = []
    for await (const { employeeCode, days } of people)
      for (const day of days) {
        const isElsewhere =
          input.Site !== undefined && day.punchCount > 0 && !Object.hasOwn(day.sites, input.Site)
        if (isElsewhere) continue
        const { settled, pending } = lookedAt(employeeCode, day.date)
        const kinds = [...new Set(day.findings.map(({ kind }) => kind))].filter(
          kind => isException(kind) && !settled.has(kind),
        )
        if (kinds.length === 0) continue
        for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
        if (wanted && !kinds.some(kind => wanted.has(kind))) continue
        rows.push({ employeeCode, day, kinds, pending })
      }
    rows.sort((a, b) => compare(b.day.date, a.day.date) || compare(a.employeeCode, b.employeeCode))
    const position = readPosition(input.OffSet)
    const start = position.kind === 'row' ? position.row : 0
    const shown = rows.slice(start, start + input.Limit)
    const names = await namesOf(store.read, [...new Set(shown.map(({ employeeCode }) => employeeCode))])
    const next = start + shown.length
    return {
      status: 200,
      body: {
        Days: shown.map(({ employeeCode, day, kinds, pending }) => ({
          EmployeeCode: employeeCode,
          EmployeeName: names.get(employeeCode) ?? null,
          TimeZone: day.zone ?? call.deps.config.timeZone,
          Kinds: kinds,
          Pending: pending,
          Cell: day.cell,
        })),
        Counts: [...counts].map(([Kind, Count]) => ({ Kind, Count })).sort((a, b) => b.Count - a.Count),
        ReturnRowCount: shown.length,
        ActualRowCount: rows.length,
        OffSet: next < rows.length ? String(next) : '',
      },
    }
  },
} satisfies Pick<Handlers, 'attendance.exceptions'>

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
