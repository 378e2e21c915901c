import { sql } from 'kysely'
import { silentLogger } from '#platform/logger.ts'
import { bookPunches } from '../../store/book-punches.ts'
import { daysOf } from '../../store/day-results.ts'
import { firstKnownDay } from '../../store/first-day.ts'
import type { Reader, Store } from '../../store/index.ts'
import { countStale } from '../../store/stale-log.ts'
import { localAt, shiftDay } from '../../time/zone.ts'
import { readPeople } from '../read-people.ts'
import { everyoneMark } from '../stale-days.ts'
import { dayFacts } from './day-facts.ts'
import { createDayKeeper } from './keeper.ts'
import { keptDay } from './kept-day.ts'

export interface Recount {
  readonly people: number
  readonly days: number
  readonly terminalDays: number
  /** Entries of the log that are still due; their days are not compared with. */
  readonly due: number
  readonly differences: readonly { readonly what: string; readonly kept: string; readonly counted: string }[]
}

/** Names of what is compared, in the order people read them. */
const compared = [
  'status',
  'certainty',
  'punches',
  'worked',
  'expected',
  'overtime',
  'late',
  'early_leave',
  'missing',
  'difference',
  'cell',
  'more',
] as const

/**
 * Judges every settled day of everybody anew and counts all punches, and names each difference from what is kept. Days
 * that time alone can change are left out: they move while one looks.
 */
export async function recountDays(reader: Reader, nowMs: number): Promise<Recount> {
  const differences: { what: string; kept: string; counted: string }[] = []
  const range = await keptRange(reader, nowMs)
  let people = 0
  let days = 0
  const asked = { range, devices: null, employeeCode: undefined, fromCode: '', nowMs, planned: true }
  for await (const person of readPeople(reader, asked)) {
    people += 1
    const kept = new Map((await daysOf(reader, [person.employeeCode], range)).map(row => [row.date, row]))
    for (const day of person.days) {
      const counted = keptDay(person.employeeCode, dayFacts(day), nowMs)
      const known = kept.get(day.date)
      if (counted.settled === 0 || known?.settled === 0) continue
      days += 1
      const other = compared.filter(name => known?.[name] !== counted[name])
      if (other.length > 0)
        differences.push({
          what: `day of ${person.employeeCode} on ${day.date}`,
          kept: known ? other.map(name => `${name} ${known[name]}`).join(', ') : 'nothing',
          counted: other.map(name => `${name} ${counted[name]}`).join(', '),
        })
    }
  }
  const terminals = await countTerminals(reader)
  return {
    people,
    days,
    terminalDays: terminals.days,
    due: await countStale(reader, 1_000_000),
    differences: [...differences, ...terminals.differences],
  }
}

/**
 * Throws away what is kept of days and terminals, makes it anew from the punches, and compares. Each step is one
 * transaction, and whatever comes meanwhile is judged by the running gateway or with its next start.
 */
export async function rebuildDays(store: Store, nowMs: number): Promise<Recount> {
  await store.write(async write => {
    await write.deleteFrom('day_result').execute()
    // What is not booked yet would be counted once more.
    await bookPunches(store, write)
    await write.deleteFrom('device_day').execute()
    await sql`insert into device_day select local_day, sn, count(*) from punch group by local_day, sn`.execute(
      write,
    )
    await sql`insert into stale_days (employee_code, from_day, to_day)
      select employee_code, min(local_day), max(local_day) from punch group by employee_code`.execute(write)
    // Of some nothing is known but what somebody has added or excused.
    await sql`insert into stale_days (employee_code, from_day, to_day)
      select employee_code, min(day), max(day) from correction group by employee_code`.execute(write)
    // And of some only that they were planned.
    const known = await firstKnownDay(write, nowMs)
    await sql`insert into stale_days (employee_code, from_day, to_day)
      values (${everyoneMark}, ${known}, '9999-12-31')`.execute(write)
    await write.updateTable('days_state').set({ through: '', since: '' }).where('id', '=', 1).execute()
  })
  const keeper = createDayKeeper({ store, clock: { now: () => nowMs }, log: silentLogger })
  try {
    await keeper.turn()
  } finally {
    await keeper.close()
  }
  return recountDays(store.read, nowMs)
}

async function keptRange(reader: Reader, nowMs: number): Promise<{ fromDate: string; toDate: string }> {
  const row = await reader
    .selectFrom('day_result')
    .select(sql<string | null>`min(date)`.as('first'))
    .executeTakeFirst()
  const today = localAt(nowMs, 'UTC').local.slice(0, 10)
  return { fromDate: row?.first ?? today, toDate: shiftDay(today, 1) }
}

async function countTerminals(reader: Reader) {
  const counted = await reader
    .selectFrom('punch')
    .select(['local_day', 'sn', sql<number>`count(*)`.as('punches')])
    .groupBy(['local_day', 'sn'])
    .execute()
  const kept = await reader.selectFrom('device_day').selectAll().execute()
  const keyOf = (row: { sn: string; local_day: string }) => `punches of ${row.sn} on ${row.local_day}`
  const known = new Map(kept.map(row => [keyOf(row), row.punches]))
  const truth = new Map(counted.map(row => [keyOf(row), row.punches]))
  const names = new Set([...known.keys(), ...truth.keys()])
  return {
    days: truth.size,
    differences: [...names]
      .filter(name => known.get(name) !== truth.get(name))
      .map(what => ({ what, kept: String(known.get(what) ?? 0), counted: String(truth.get(what) ?? 0) })),
  }
}
