import { PeriodScope, PeriodState } from '#contract/entities/period.ts'
import { OperationError } from '#contract/errors.ts'
import { standingOf } from '../attendance/days/read-days.ts'
import { decideDifference } from '../attendance/periods/decide-difference.ts'
import { everyoneStale } from '../attendance/periods/everyone-stale.ts'
import { actorOf } from '../http/caller.ts'
import { findDevices, toIso } from '../store/devices.ts'
import { findDifferences, voidDifferences } from '../store/differences.ts'
import { listPeriods, periodName, periodsTouching, readPeriodName } from '../store/periods.ts'
import { localAt } from '../time/zone.ts'
import { judgeDaysMax } from './attendance-people.ts'
import { daysBetween } from './day-completeness.ts'
import type { Call, Handlers } from './handler.ts'
import { readRange } from './range.ts'

const daysMax = 63

type ListedPeriod = Awaited<ReturnType<typeof listPeriods>>[number]

function periodEntity(row: ListedPeriod) {
  return {
    PeriodID: periodName(row.id),
    Scope: PeriodScope.parse(row.scope),
    ScopeValue: row.scope_value,
    ScopeName: row.scope_name ?? row.scope_value,
    FromDate: row.from_day,
    ToDate: row.to_day,
    State: PeriodState.parse(row.state),
    Note: row.note,
    ClosedBy: row.closed_by,
    AskedAt: new Date(row.asked_at).toISOString(),
    ClosedAt: toIso(row.closed_at),
    People: row.people,
    Days: row.days,
    Exceptions: row.exceptions,
    OpenDifferences: row.open_differences,
    ReopenedBy: row.reopened_by,
    ReopenedAt: toIso(row.reopened_at),
    ReopenReason: row.reopen_reason,
  }
}

async function answer(call: Call, id: number) {
  const row = (await listPeriods(call.deps.store.read)).find(period => period.id === id)
  if (!row) throw new Error(`period ${id} is gone right after it was written`)
  return { status: 200 as const, body: { Period: periodEntity(row) } }
}

interface PeriodInput {
  readonly FromDate: string
  readonly ToDate: string
  readonly Scope: 'everyone' | 'site' | 'department'
  readonly ScopeValue: string
}

function readPeriod(input: PeriodInput) {
  const { from, to } = readRange(input)
  const [from_day, to_day] = [from.slice(0, 10), to.slice(0, 10)]
  daysBetween(from_day, to_day, daysMax)
  if (input.Scope !== 'everyone' && input.ScopeValue === '')
    throw new OperationError('INVALID_INPUT', {
      field: 'ScopeValue',
      detail: `ScopeValue is missing: say which ${input.Scope}`,
    })
  return {
    from_day,
    to_day,
    scope: input.Scope,
    scope_value: input.Scope === 'everyone' ? '' : input.ScopeValue,
  }
}

/** A day is over when it is over at the last terminal: those in the west have it longest. */
async function isOver(call: Call, day: string): Promise<boolean> {
  const zones = new Set((await findDevices(call.deps.store.read, null)).map(({ zone }) => zone))
  const now = call.deps.clock.now()
  return [...zones, call.deps.config.timeZone].every(zone => localAt(now, zone).local.slice(0, 10) > day)
}

/** Periods that would hold the same days of the same people twice. */
async function overlapping(call: Call, period: ReturnType<typeof readPeriod>) {
  const touched = await periodsTouching(call.deps.store.read, period.from_day, period.to_day)
  return touched.filter(
    other =>
      other.scope === 'everyone' ||
      period.scope === 'everyone' ||
      (other.scope === period.scope && other.scope_value === period.scope_value),
  )
}

export const periodHandlers = {
  async 'attendance.periods'(_input, call) {
    return { status: 200, body: { Periods: (await listPeriods(call.deps.store.read)).map(periodEntity) } }
  },

  async 'attendance.previewPeriod'(input, call) {
    const period = readPeriod(input)
    const { days: keeper, clock } = call.deps
    const request = {
      range: { fromDate: period.from_day, toDate: period.to_day },
      devices: null,
      employeeCode: undefined,
      fromCode: '',
      nowMs: clock.now(),
      planned: true,
      judgeDaysMax,
    }
    const sums = await keeper.read({ what: 'period', period, request }, await standingOf(keeper, request))
    return {
      status: 200,
      body: {
        People: sums.people,
        Days: sums.days,
        WorkedMinutes: sums.workedMinutes,
        OvertimeMinutes: sums.overtimeMinutes,
        OpenDays: sums.openDays,
        Pending: sums.pending,
        Total: sums.total,
        Exceptions: sums.exceptions.map(({ kind, count }) => ({ Kind: kind, Count: count })),
        ClosedBy: (await overlapping(call, period)).map(({ id }) => periodName(id)),
        TooEarly: !(await isOver(call, period.to_day)),
      },
    }
  },

  async 'attendance.closePeriod'(input, call) {
    const { store, clock } = call.deps
    const period = readPeriod(input)
    if (!(await isOver(call, period.to_day)))
      throw new OperationError('INVALID_DATE', {
        field: 'ToDate',
        detail: `${period.to_day} is not over at every site`,
      })
    const [other] = await overlapping(call, period)
    if (other)
      throw new OperationError('PERIOD_CLOSED', {
        detail: `${periodName(other.id)} holds ${other.from_day} to ${other.to_day}`,
      })
    const { id } = await store.write(write =>
      write
        .insertInto('period')
        .values({
          ...period,
          state: 'closing',
          seen: input.Seen,
          note: input.Note,
          asked_at: clock.now(),
          closed_at: null,
          closed_by: actorOf(call.caller),
          people: 0,
          days: 0,
          exceptions: 0,
          reopened_at: null,
          reopened_by: null,
          reopen_reason: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow(),
    )
    return answer(call, id)
  },

  async 'attendance.reopenPeriod'({ PeriodID, Reason }, call) {
    const { store, clock } = call.deps
    const id = readPeriodName(PeriodID) ?? 0
    const now = clock.now()
    await store.write(async write => {
      const period = await write
        .updateTable('period')
        .set({
          state: 'reopened',
          reopened_at: now,
          reopened_by: actorOf(call.caller),
          reopen_reason: Reason,
        })
        .where('id', '=', id)
        .where('state', '=', 'closed')
        .returning(['from_day', 'to_day'])
        .executeTakeFirst()
      if (!period)
        throw new OperationError('PERIOD_NOT_FOUND', {
          field: 'PeriodID',
          detail: `There is no closed period ${PeriodID}`,
        })
      await voidDifferences(write, { periodId: id }, now)
      await everyoneStale(write, period)
    })
    return answer(call, id)
  },

  async 'attendance.differences'(input, call) {
    const { rows, paging } = await findDifferences(
      call.deps.store.read,
      {
        periodId: input.PeriodID === undefined ? undefined : (readPeriodName(input.PeriodID) ?? 0),
        employeeCode: input.EmployeeCode,
        states: input.State,
      },
      { offSet: input.OffSet, limit: input.Limit, order: input.Order },
    )
    return { status: 200, body: { Differences: rows, ...paging } }
  },

  async 'attendance.decideDifference'(input, call) {
    const { store, clock } = call.deps
    const id = await store.write(write =>
      decideDifference(write, {
        name: input.DifferenceID,
        decision: input.Decision,
        reason: input.Reason,
        actor: actorOf(call.caller),
        now: clock.now(),
        updatedAt: input.UpdatedAt,
      }),
    )
    const { rows } = await findDifferences(
      store.read,
      { periodId: undefined, employeeCode: undefined, states: undefined, id },
      { offSet: undefined, limit: 1, order: 'asc' },
    )
    const [Difference] = rows
    if (!Difference) throw new Error(`difference ${id} is gone right after it was decided`)
    return { status: 200, body: { Difference } }
  },
} satisfies Partial<Handlers>
