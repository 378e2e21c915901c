import { openDays } from '../attendance/days/read-days.ts'
import type { PlainDay } from '../attendance/rules/summarise.ts'
import { readPosition, writePosition } from '../store/cursor.ts'
import type { Call, Handlers } from './handler.ts'
import { readRange } from './range.ts'
import { requirePerson, visibleDevices } from './scope.ts'

interface DaysInput {
  readonly FromDate: string
  readonly ToDate: string
  readonly EmployeeCode?: string | undefined
  readonly OffSet?: string | undefined
  readonly Limit: number
}

/**
 * A page of days by person, then date. The total is known where days are kept, else counted once on the way of a page
 * asked for by row number, and travels with the cursor; every later page starts at its own person.
 */
async function pageOfDays(call: Call, input: DaysInput) {
  if (input.EmployeeCode !== undefined) await requirePerson(call, input.EmployeeCode)
  const { from, to } = readRange(input)
  const position = readPosition(input.OffSet)
  const after =
    position.kind === 'after' ? { date: position.key.slice(0, 10), code: position.key.slice(11) } : null
  const skip = position.kind === 'row' ? position.row : 0
  const { people, count } = await openDays(call.deps, {
    range: { fromDate: from.slice(0, 10), toDate: to.slice(0, 10) },
    devices: visibleDevices(call),
    employeeCode: input.EmployeeCode,
    fromCode: after?.code ?? '',
    nowMs: call.deps.clock.now(),
  })
  const rows: PlainDay[] = []
  let passed = 0
  let more = false
  for await (const { employeeCode, days } of people) {
    for (const day of days) {
      const { plain } = day
      if (plain === null || (after?.code === employeeCode && day.date <= after.date)) continue
      passed += 1
      if (passed <= skip) continue
      if (rows.length < input.Limit) rows.push(plain)
      else more = true
    }
    if (more && (after !== null || count !== null)) break
  }
  const total = position.kind === 'after' ? position.total : count ? await count('punchedDays') : passed
  const last = rows.at(-1)
  return {
    rows,
    paging: {
      ReturnRowCount: rows.length,
      ActualRowCount: total,
      OffSet: more && last ? writePosition(`${last.date} ${last.employeeCode}`, 0, total) : '',
    },
  }
}

/** What every row of a day says. */
function dayRow(day: PlainDay) {
  return {
    Date: day.date,
    EmployeeCode: day.employeeCode,
    FirstIn: day.firstIn,
    LastOut: day.lastOut,
    Certainty: day.certainty,
    Reasons: [...day.findings],
    Confidence: day.confidence,
    ClockErrorSeconds: day.clockErrorMs === null ? null : day.clockErrorMs / 1000,
  }
}

export const attendanceDayHandlers = {
  async 'attendance.summary'(input, call) {
    const { rows, paging } = await pageOfDays(call, input)
    return {
      status: 200,
      body: {
        Summary: rows.map(day => ({ ...dayRow(day), Hours: day.hours, PunchCount: day.punchCount })),
        ...paging,
      },
    }
  },

  async 'attendance.firstInLastOut'(input, call) {
    const { rows, paging } = await pageOfDays(call, input)
    return {
      status: 200,
      body: {
        Rows: rows.map(day => ({
          ...dayRow(day),
          FirstInDeviceSN: day.firstInDeviceSn,
          LastOutDeviceSN: day.lastOutDeviceSn,
        })),
        ...paging,
      },
    }
  },
} satisfies Pick<Handlers, 'attendance.summary' | 'attendance.firstInLastOut'>
