import type { Selectable } from 'kysely'
import type { Reader, Write } from './index.ts'
import type { CalendarDayTable, CalendarTable } from './schema-plan.ts'

export type CalendarRow = Selectable<CalendarTable>
export type CalendarDayRow = Selectable<CalendarDayTable>

/** Calendars in order of their names; removed ones only where asked for. */
export async function listCalendars(
  reader: Reader,
  { removed }: { readonly removed: boolean },
): Promise<CalendarRow[]> {
  return reader
    .selectFrom('calendar')
    .selectAll()
    .$if(!removed, query => query.where('removed_at', 'is', null))
    .orderBy('name')
    .orderBy('calendar_id')
    .execute()
}

/** Keeps a calendar over what was known of it; its days stay. */
export async function saveCalendar(write: Write, row: CalendarRow): Promise<void> {
  const { calendar_id: _, ...rest } = row
  await write
    .insertInto('calendar')
    .values(row)
    .onConflict(conflict => conflict.column('calendar_id').doUpdateSet(rest))
    .execute()
}

/** Days in force of every calendar, or of one, within a range; by calendar, then date. */
export async function calendarDays(
  reader: Reader,
  range: { readonly fromDay: string; readonly toDay: string; readonly calendarId?: string },
): Promise<CalendarDayRow[]> {
  return reader
    .selectFrom('calendar_day')
    .selectAll()
    .where('removed_at', 'is', null)
    .where('date', '>=', range.fromDay)
    .where('date', '<=', range.toDay)
    .$if(range.calendarId !== undefined, query => query.where('calendar_id', '=', range.calendarId ?? ''))
    .orderBy('calendar_id')
    .orderBy('date')
    .execute()
}

/** First and last day in force of a calendar, or null while it has none. */
export async function calendarSpan(
  reader: Reader,
  calendarId: string,
): Promise<{ fromDay: string; toDay: string } | null> {
  const row = await reader
    .selectFrom('calendar_day')
    .select(({ fn }) => [fn.min('date').as('fromDay'), fn.max('date').as('toDay')])
    .where('calendar_id', '=', calendarId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row?.fromDay && row.toDay ? { fromDay: row.fromDay, toDay: row.toDay } : null
}

/** Keeps days of a calendar; a date has one at most, the later said wins. */
export async function saveCalendarDays(write: Write, rows: readonly CalendarDayRow[]): Promise<void> {
  for (const row of rows) {
    const { calendar_id: _, date: __, ...rest } = row
    await write
      .insertInto('calendar_day')
      .values(row)
      .onConflict(conflict => conflict.columns(['calendar_id', 'date']).doUpdateSet(rest))
      .execute()
  }
}

/** Takes days back; answers which of them had been in force. */
export async function removeCalendarDays(
  write: Write,
  calendarId: string,
  dates: readonly string[],
  removal: { readonly at: number; readonly by: string | null },
): Promise<string[]> {
  const rows = await write
    .updateTable('calendar_day')
    .set({ removed_at: removal.at, removed_by: removal.by })
    .where('calendar_id', '=', calendarId)
    .where('date', 'in', dates.length > 0 ? [...dates] : [''])
    .where('removed_at', 'is', null)
    .returning('date')
    .execute()
  return rows.map(({ date }) => date)
}
