import { OperationError } from '#contract/errors.ts'
import type { ParsedInput } from '#contract/types.ts'
import { daySource, openDays } from '../attendance/days/read-days.ts'
import { emptyDay, explainDay } from '../attendance/explain-day.ts'
import { fittingPeople, type PersonResult, showPeople } from '../attendance/list-days.ts'
import { type PeopleRequest, peopleOf, readPeople } from '../attendance/read-people.ts'
import type { DayResult } from '../attendance/rules/results.ts'
import { readPosition, writePosition } from '../store/cursor.ts'
import { shiftDay } from '../time/zone.ts'
import type { Call, Handlers } from './handler.ts'
import { readRange } from './range.ts'
import { requireKnown, requirePerson, visibleDevices } from './scope.ts'

/** The longest range: two months, so that a period that begins in one fits. */
const daysMax = 62

/** Of people whose kept days are old: what is judged in a second or two; the others are shown as they may change. */
export const judgeDaysMax = 8_000

type DayFilterInput = Pick<
  ParsedInput<'attendance.days'>,
  | 'FromDate'
  | 'ToDate'
  | 'EmployeeCode'
  | 'Department'
  | 'NoDepartment'
  | 'Site'
  | 'HomeSite'
  | 'NoHomeSite'
  | 'DeviceSN'
  | 'Status'
  | 'Flag'
  | 'Counted'
  | 'Certainty'
  | 'Weekday'
  | 'Hour'
>

type AskedDays = Pick<DayFilterInput, 'FromDate' | 'ToDate'> & {
  readonly [K in keyof DayFilterInput]?: DayFilterInput[K] | undefined
}

/** What a list of people and days is asked for, checked; what is not said does not narrow. */
export async function dayRequest(call: Call, input: AskedDays) {
  if (input.EmployeeCode !== undefined) await requirePerson(call, input.EmployeeCode)
  if (input.DeviceSN !== undefined) await requireKnown(call, input.DeviceSN)
  const { from, to } = readRange(input)
  const range = { fromDate: from.slice(0, 10), toDate: to.slice(0, 10) }
  if (shiftDay(range.fromDate, daysMax) < range.toDate)
    throw new OperationError('INVALID_DATE', {
      field: 'ToDate',
      detail: `ToDate may be at most ${daysMax} days after FromDate`,
    })
  const request: Omit<PeopleRequest, 'fromCode'> = {
    range,
    devices: visibleDevices(call),
    employeeCode: input.EmployeeCode,
    nowMs: call.deps.clock.now(),
    planned: true,
  }
  const filter = {
    site: input.Site,
    // Nobody's department or site has an empty name.
    homeSite: input.NoHomeSite ? '' : input.HomeSite,
    department: input.NoDepartment ? '' : input.Department,
    deviceSn: input.DeviceSN,
    status: input.Status,
    flag: input.Flag,
    counted: input.Counted,
    certainty: input.Certainty,
    weekday: input.Weekday,
    hour: input.Hour,
  }
  return { request, filter }
}

/** People known in a range: of the kept days where they are current, of punches and plans otherwise. */
async function countPeople({ deps }: Call, request: Omit<PeopleRequest, 'fromCode'>): Promise<number> {
  const everybody = { ...request, fromCode: '' }
  const { count } = await openDays(deps, everybody)
  if (count) return count('people')
  let people = 0
  for await (const codes of peopleOf(deps.store.read, everybody, 0)) people += codes.length
  return people
}

export const attendancePeopleHandlers = {
  async 'attendance.days'(input, call) {
    const { read } = call.deps.store
    const { request, filter } = await dayRequest(call, input)
    const position = readPosition(input.OffSet)
    const after = position.kind === 'after' ? position.key : null
    let skip = position.kind === 'row' ? position.row : 0
    const people: PersonResult[] = []
    let more = false
    for await (const person of fittingPeople(
      daySource(call.deps),
      { ...request, fromCode: after ?? '' },
      filter,
    )) {
      if (person.employeeCode === after) continue
      if (skip > 0) {
        skip -= 1
        continue
      }
      more = people.length >= input.Limit
      if (more) break
      people.push(person)
    }
    const total = position.kind === 'after' ? position.total : await countPeople(call, request)
    const last = people.at(-1)
    return {
      status: 200,
      body: {
        People: await showPeople(read, people),
        ReturnRowCount: people.length,
        ActualRowCount: total,
        OffSet: more && last ? writePosition(last.employeeCode, 0, total) : '',
      },
    }
  },

  async 'attendance.explain'(input, call) {
    await requirePerson(call, input.EmployeeCode)
    const { store, clock } = call.deps
    const date = input.Date.slice(0, 10)
    const nowMs = clock.now()
    let day: DayResult = emptyDay(input.EmployeeCode, date)
    const people = readPeople(store.read, {
      range: { fromDate: date, toDate: date },
      devices: visibleDevices(call),
      employeeCode: input.EmployeeCode,
      fromCode: '',
      nowMs,
    })
    for await (const { days } of people) day = days[0] ?? day
    return { status: 200, body: { Day: await explainDay(store.read, day, nowMs) } }
  },
} satisfies Pick<Handlers, 'attendance.days' | 'attendance.explain'>
