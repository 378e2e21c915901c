import { OperationError } from '#contract/errors.ts'
import { type DaySumsEntity, daySums } from '../attendance/day-cell.ts'
import { readDays } from '../attendance/days/read-days.ts'
import type { PersonSums } from '../attendance/days/sum-days.ts'
import { readPosition, writePosition } from '../store/cursor.ts'
import { nextJudged } from '../store/day-results.ts'
import { namesOf } from '../store/people-names.ts'
import { shiftDay } from '../time/zone.ts'
import type { Call, Handlers } from './handler.ts'
import { readRange } from './range.ts'
import { visibleDevices } from './scope.ts'

const daysMax = 366

interface Totals {
  readonly rows: readonly { readonly code: string; readonly sums: DaySumsEntity }[]
  /** Where the next page begins; null on the last one. */
  readonly next: string | null
}

interface Range {
  readonly fromDate: string
  readonly toDate: string
}

export const attendanceTotalHandlers = {
  async 'attendance.totals'(input, call) {
    const { from, to } = readRange(input)
    const range = { fromDate: from.slice(0, 10), toDate: to.slice(0, 10) }
    if (shiftDay(range.fromDate, daysMax) < range.toDate)
      throw new OperationError('INVALID_DATE', {
        field: 'ToDate',
        detail: `ToDate may be at most ${daysMax} days after FromDate`,
      })
    const position = readPosition(input.OffSet)
    const after = position.kind === 'after' ? position.key : ''
    const skip = position.kind === 'row' ? position.row : 0
    const { days } = call.deps
    const isKept = visibleDevices(call) === null && (await days.isCurrent(range.toDate))
    const wanted = { range, after, skip, limit: input.Limit }
    const { rows, next } = isKept ? await keptTotals(call, wanted) : await judgedTotals(call, wanted)
    const total =
      position.kind === 'after'
        ? position.total
        : isKept
          ? (await days.count({ ...range, what: 'people' })).people
          : skip + rows.length + (next === null ? 0 : 1)
    const names = await namesOf(
      call.deps.store.read,
      rows.map(({ code }) => code),
    )
    return {
      status: 200,
      body: {
        Totals: rows.map(({ code, sums }) => ({
          EmployeeCode: code,
          EmployeeName: names.get(code) ?? null,
          Sums: sums,
        })),
        ReturnRowCount: rows.length,
        ActualRowCount: total,
        OffSet: next === null ? '' : writePosition(next, 0, total),
      },
    }
  },
} satisfies Pick<Handlers, 'attendance.totals'>

interface Wanted {
  readonly range: Range
  readonly after: string
  readonly skip: number
  readonly limit: number
}

/** Added up by the store, on the other thread. */
async function keptTotals({ deps }: Call, { range, after, skip, limit }: Wanted): Promise<Totals> {
  const codes = await nextJudged(deps.store.read, { code: after, inclusive: false }, skip + limit + 1)
  const page = codes.slice(skip, skip + limit)
  const sums = await deps.days.sum({ ...range, codes: page })
  return {
    rows: sums.map(person => ({ code: person.code, sums: sumsOf(person) })),
    next: codes.length > skip + limit ? (page.at(-1) ?? null) : null,
  }
}

/** Judged as asked: for those who may see only some terminals, and while much has to be judged again. */
async function judgedTotals(call: Call, { range, after, skip, limit }: Wanted): Promise<Totals> {
  const rows: { code: string; sums: DaySumsEntity }[] = []
  let passed = 0
  const people = readDays(call.deps, {
    range,
    devices: visibleDevices(call),
    employeeCode: undefined,
    fromCode: after,
    nowMs: call.deps.clock.now(),
    planned: true,
  })
  for await (const { employeeCode, days } of people) {
    if (employeeCode === after) continue
    passed += 1
    if (passed <= skip) continue
    if (rows.length === limit) return { rows, next: rows.at(-1)?.code ?? null }
    rows.push({ code: employeeCode, sums: daySums(employeeCode, days) })
  }
  return { rows, next: null }
}

function sumsOf(person: PersonSums): DaySumsEntity {
  return {
    Present: person.present,
    HalfDays: person.halfDays,
    Absent: person.absent,
    NotKnownYet: person.notKnownYet,
    Leave: person.leave,
    Holidays: person.holidays,
    Provisional: person.provisional,
    Worked: person.worked,
    Expected: person.expected,
    Overtime: person.overtime,
    OvertimeWeighted: Math.round(person.overtimeWeighted),
    Late: person.late,
    LateTimes: person.lateTimes,
    EarlyLeave: person.earlyLeave,
    EarlyLeaveTimes: person.earlyLeaveTimes,
    MissingPunches: person.missing,
    Differences: person.differences,
  }
}
