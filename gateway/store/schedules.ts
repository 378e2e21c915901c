import { z } from 'zod'
import type { Reader, Write } from './index.ts'

const Windows = z.array(
  z.object({
    Day: z.enum([
      'Sunday',
      'Monday',
      'Tuesday',
      'Wednesday',
      'Thursday',
      'Friday',
      'Saturday',
      'Holiday1',
      'Holiday2',
      'Holiday3',
    ]),
    Start: z.string(),
    End: z.string(),
  }),
)
export type StoredWindow = z.output<typeof Windows>[number]

export interface Schedule {
  readonly sn: string
  readonly id: number
  readonly name: string | undefined
  readonly windows: readonly StoredWindow[]
  readonly at: number
}

/** Keeps the windows wanted of a terminal; a name that is not given stays. */
export async function saveSchedule(write: Write, { sn, id, name, windows, at }: Schedule): Promise<void> {
  const text = JSON.stringify(windows)
  await write
    .insertInto('access_schedule')
    .values({ sn, schedule_id: id, name: name ?? null, windows: text, updated_at: at })
    .onConflict(conflict =>
      conflict
        .columns(['sn', 'schedule_id'])
        .doUpdateSet({ windows: text, updated_at: at, ...(name === undefined ? {} : { name }) }),
    )
    .execute()
}

/** Lets these people in by a schedule, and nobody else by it. Answers those for whom that is new, and those taken off. */
export async function setMembers(
  write: Write,
  { sn, id }: Pick<Schedule, 'sn' | 'id'>,
  codes: readonly string[],
): Promise<{ added: string[]; removed: string[] }> {
  const rows = await write
    .selectFrom('access_right')
    .select('employee_code')
    .where('sn', '=', sn)
    .where('schedule_id', '=', id)
    .execute()
  const before = new Set(rows.map(row => row.employee_code))
  const wanted = new Set(codes)
  const added = [...wanted].filter(code => !before.has(code))
  const removed = [...before].filter(code => !wanted.has(code))
  if (removed.length > 0)
    await write
      .deleteFrom('access_right')
      .where('sn', '=', sn)
      .where('schedule_id', '=', id)
      .where('employee_code', 'in', removed)
      .execute()
  if (added.length > 0)
    await write
      .insertInto('access_right')
      .values(added.map(employee_code => ({ sn, employee_code, schedule_id: id })))
      .execute()
  return { added, removed }
}

/** Schedules that let a person in at a terminal. */
export async function schedulesOf(reader: Reader, sn: string, employeeCode: string): Promise<number[]> {
  const rows = await reader
    .selectFrom('access_right')
    .select('schedule_id')
    .where('sn', '=', sn)
    .where('employee_code', '=', employeeCode)
    .orderBy('schedule_id')
    .execute()
  return rows.map(row => row.schedule_id)
}

/** Whether a terminal was given schedules by us: then they say who is let in, and nobody else is. */
export async function isDecided(reader: Reader, sn: string): Promise<boolean> {
  const any = await reader
    .selectFrom('access_schedule')
    .select('schedule_id')
    .where('sn', '=', sn)
    .limit(1)
    .executeTakeFirst()
  return any !== undefined
}

/** Windows in which a person is let in by a terminal, one list a schedule; null while it has no schedules at all. */
export async function windowsOf(
  reader: Reader,
  sn: string,
  employeeCode: string,
): Promise<StoredWindow[][] | null> {
  if (!(await isDecided(reader, sn))) return null
  const rows = await reader
    .selectFrom('access_right')
    .innerJoin('access_schedule', join =>
      join
        .onRef('access_schedule.sn', '=', 'access_right.sn')
        .onRef('access_schedule.schedule_id', '=', 'access_right.schedule_id'),
    )
    .select('windows')
    .where('access_right.sn', '=', sn)
    .where('employee_code', '=', employeeCode)
    .execute()
  return rows.map(({ windows }) => Windows.parse(JSON.parse(windows)))
}

export interface StoredHoliday {
  readonly id: number
  readonly name: string
  /** `YYYY-MM-DD`; of a yearly one the year says nothing. */
  readonly day: string
  readonly yearly: boolean
  readonly kind: 1 | 2 | 3
  readonly scheduleId: number | null
}

/** Days on which other windows hold at a terminal, by date. */
export async function holidaysOf(reader: Reader, sn: string): Promise<StoredHoliday[]> {
  const rows = await reader
    .selectFrom('access_holiday')
    .selectAll()
    .where('sn', '=', sn)
    .orderBy('day')
    .execute()
  return rows.map(({ holiday_id, name, day, yearly, kind, schedule_id }) => ({
    id: holiday_id,
    name,
    day,
    yearly: yearly === 1,
    kind: kind === 2 || kind === 3 ? kind : 1,
    scheduleId: schedule_id,
  }))
}

/** Makes these the holidays of a terminal. */
export async function replaceHolidays(
  write: Write,
  sn: string,
  holidays: readonly StoredHoliday[],
  at: number,
): Promise<void> {
  await write.deleteFrom('access_holiday').where('sn', '=', sn).execute()
  if (holidays.length === 0) return
  await write
    .insertInto('access_holiday')
    .values(
      holidays.map(({ id, name, day, yearly, kind, scheduleId }) => ({
        sn,
        holiday_id: id,
        name,
        day,
        yearly: yearly ? 1 : 0,
        kind,
        schedule_id: scheduleId,
        updated_at: at,
      })),
    )
    .execute()
}
