import type { z } from 'zod'
import type { LeaveKind, Portion } from '#contract/entities/plan.ts'
import { OperationError } from '#contract/errors.ts'
import {
  type CalendarRow,
  calendarSpan,
  listCalendars,
  removeCalendarDays,
  saveCalendar,
  saveCalendarDays,
} from '../../store/calendars.ts'
import type { Reader, Write } from '../../store/index.ts'
import { findLeave, insertLeave, type NewLeave, updateLeave } from '../../store/leave.ts'
import { markDaysStale } from '../stale-days.ts'
import { type Change, notInPlan } from './change-versions.ts'
import { idFromName } from './name-to-id.ts'

export interface Holiday {
  readonly date: string
  readonly name: string
  readonly portion: z.output<typeof Portion>
}

export interface WantedLeave {
  readonly employeeCode: string
  readonly fromDate: string
  readonly toDate: string
  readonly kind: z.output<typeof LeaveKind>
  readonly portion: z.output<typeof Portion>
  readonly note: string
}

/** A calendar that holds; throws PLAN_NOT_FOUND. */
export async function requireCalendar(reader: Reader, id: string): Promise<CalendarRow> {
  const known = (await listCalendars(reader, { removed: false })).find(row => row.calendar_id === id)
  if (known === undefined) throw notInPlan('calendar', id)
  return known
}

/** Keeps a calendar; answers its id. Other sites mean other holidays, so all its days are judged again. */
export async function changeCalendar(
  write: Write,
  wanted: { readonly id: string | undefined; readonly name: string; readonly sites: readonly string[] },
  change: Change,
): Promise<string> {
  const all = await listCalendars(write, { removed: true })
  const id = wanted.id ?? idFromName(wanted.name, 'calendar', new Set(all.map(row => row.calendar_id)))
  const before = all.find(row => row.calendar_id === id)
  const sites = JSON.stringify([...new Set(wanted.sites)].sort())
  const row = { calendar_id: id, name: wanted.name, sites, saved_at: change.atMs, saved_by: change.by }
  await saveCalendar(write, { ...row, removed_at: null, removed_by: null })
  if (before !== undefined && (before.sites !== sites || before.removed_at !== null))
    await markCalendarStale(write, id)
  return id
}

/** Takes a calendar out of force with all its days. */
export async function removeCalendar(write: Write, id: string, change: Change): Promise<void> {
  const row = await requireCalendar(write, id)
  await saveCalendar(write, { ...row, removed_at: change.atMs, removed_by: change.by })
  await markCalendarStale(write, id)
}

/** Keeps holidays of a calendar. */
export async function keepHolidays(
  write: Write,
  calendarId: string,
  days: readonly Holiday[],
  change: Change,
): Promise<void> {
  const saved = { saved_at: change.atMs, saved_by: change.by, removed_at: null, removed_by: null }
  const rows = days.map(({ date, name, portion }) => ({
    calendar_id: calendarId,
    date,
    name,
    portion,
    ...saved,
  }))
  await saveCalendarDays(write, rows)
  await markDatesStale(
    write,
    days.map(({ date }) => date),
  )
}

/** Makes working days of holidays again; answers how many had been holidays. */
export async function dropHolidays(
  write: Write,
  calendarId: string,
  dates: readonly string[],
  change: Change,
): Promise<number> {
  const removed = await removeCalendarDays(write, calendarId, dates, { at: change.atMs, by: change.by })
  await markDatesStale(write, removed)
  return removed.length
}

async function markCalendarStale(write: Write, id: string): Promise<void> {
  const span = await calendarSpan(write, id)
  if (span) await markDaysStale(write, { employeeCodes: 'everyone', ...span })
}

async function markDatesStale(write: Write, dates: readonly string[]): Promise<void> {
  const sorted = [...dates].sort()
  const [fromDay, toDay] = [sorted[0], sorted.at(-1)]
  if (fromDay !== undefined && toDay !== undefined)
    await markDaysStale(write, { employeeCodes: 'everyone', fromDay, toDay })
}

/** Keeps a leave, new or over a known one; answers its id. Throws PLAN_NOT_FOUND and INVALID_DATE. */
export async function keepLeave(
  write: Write,
  id: number | undefined,
  wanted: WantedLeave,
  change: Change,
): Promise<number> {
  const { fromDate, toDate } = wanted
  if (toDate < fromDate)
    throw new OperationError('INVALID_DATE', {
      field: 'ToDate',
      detail: `ToDate ${toDate} lies before FromDate ${fromDate}`,
    })
  const row: NewLeave = {
    employee_code: wanted.employeeCode,
    from_date: fromDate,
    to_date: toDate,
    kind: wanted.kind,
    portion: wanted.portion,
    note: wanted.note,
    saved_at: change.atMs,
    saved_by: change.by,
    removed_at: null,
    removed_by: null,
  }
  if (id === undefined) {
    const made = await insertLeave(write, row)
    await markLeaveStale(write, row)
    return made
  }
  const before = await findLeave(write, id)
  if (before === undefined) throw notInPlan('leave', id)
  await updateLeave(write, id, row)
  await markLeaveStale(write, before)
  await markLeaveStale(write, row)
  return id
}

/** Takes a leave back. */
export async function removeLeave(write: Write, id: number, change: Change): Promise<void> {
  const before = await findLeave(write, id)
  if (before === undefined || before.removed_at !== null) throw notInPlan('leave', id)
  const { id: _, person_name: __, ...row } = before
  await updateLeave(write, id, { ...row, removed_at: change.atMs, removed_by: change.by })
  await markLeaveStale(write, row)
}

function markLeaveStale(
  write: Write,
  { employee_code, from_date, to_date }: Pick<NewLeave, 'employee_code' | 'from_date' | 'to_date'>,
): Promise<void> {
  return markDaysStale(write, { employeeCodes: [employee_code], fromDay: from_date, toDay: to_date })
}
