import BetterSqlite from 'better-sqlite3'
import { sql } from 'kysely'
import { insertDevice, newDevice } from '../../gateway/store/devices.ts'
import type { Store } from '../../gateway/store/index.ts'

export const peopleCount = 5_000
const terminalCount = 200
const zone = 'Asia/Kolkata'
const offsetMinutes = 330
/** Wall clock minutes of the four punches of a day, before each person's own shift of some minutes. */
const minutesOfDay = [480, 720, 765, 1030] as const

/**
 * Fills an empty store with punches of 5,000 people, four a day each up to `lastDay`, at 200 terminals. Indexes and
 * triggers are made again afterwards, so that ten million take minutes instead of an hour; what triggers keep is counted
 * as the migration does.
 */
export async function fill(store: Store, file: string, punches: number, lastDay: string): Promise<void> {
  const db = new BetterSqlite(file)
  db.pragma('busy_timeout = 60000')
  db.pragma('synchronous = OFF')
  const own = db
    .prepare(
      `select type, name, sql from sqlite_master where tbl_name = 'punch' and type in ('index', 'trigger') and sql is not null`,
    )
    .all() as { type: string; name: string; sql: string }[]
  for (const { type, name } of own) db.exec(`drop ${type} "${name}"`)
  const insert = db.prepare(`insert into punch (sn, employee_code, local_time, local_day, local_minute, zone,
    offset_minutes, instant, status, verify, direction, modality, side, work_code, temperature, mask, flags,
    clock_skew_ms, received_at, raw, identity)
    values (?, ?, ?, ?, ?, '${zone}', ${offsetMinutes}, ?, ?, 15, ?, 'face', ?, null, null, null, '', 0, ?, ?, ?)`)
  const days = Math.ceil(punches / (peopleCount * minutesOfDay.length))
  let left = punches
  for (let back = days - 1; back >= 0; back--) {
    const day = new Date(Date.parse(`${lastDay}T00:00:00Z`) - back * 86_400_000).toISOString().slice(0, 10)
    const rows = punchesOf(day).slice(0, left)
    left -= rows.length
    db.transaction(() => {
      for (const row of rows) insert.run(...row)
    })()
  }
  for (const { sql: text } of own) db.exec(text)
  db.close()
  await store.write(async write => {
    for (let at = 0; at < terminalCount; at++) {
      const sn = `FILL${at}`
      await insertDevice(write, newDevice(sn, { state: 'adopted', zone, site: `Site ${at % 10}`, now: 1 }))
    }
    await write.updateTable('device_contact').set({ last_seen_at: Date.now(), online: 1 }).execute()
    for (const statement of [
      sql`insert into device_day select local_day, sn, count(*) from punch group by local_day, sn`,
      sql`insert into person_terminal select employee_code, sn, max(local_day) from punch group by employee_code, sn`,
      sql`update punch_booked set through = (select max(id) from punch)`,
      sql`delete from stale_days`,
      sql`insert into stale_days (employee_code, from_day, to_day)
        select employee_code, min(local_day), max(local_day) from punch group by employee_code`,
      sql`analyze`,
    ])
      await statement.execute(write)
  })
}

function punchesOf(day: string): unknown[][] {
  const rows: { at: number; row: unknown[] }[] = []
  for (let person = 0; person < peopleCount; person++) {
    const code = String(10_000 + person)
    const sn = `FILL${person % terminalCount}`
    for (const [turn, minute] of minutesOfDay.entries()) {
      const at = minute + ((person * 7 + turn * 3) % 25)
      const time = `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}:${String(person % 60).padStart(2, '0')}`
      const local = `${day} ${time}`
      const instant = Date.parse(`${day}T${time}Z`) - offsetMinutes * 60_000
      const [status, direction, side] = turn % 2 === 0 ? [0, 'CheckIn', 'in'] : [1, 'CheckOut', 'out']
      rows.push({
        at,
        row: [
          sn,
          code,
          local,
          day,
          at,
          instant,
          status,
          direction,
          side,
          instant + 2000,
          `${code}\t${local}\t${status}\t15`,
          `${local}|${code}|${status}|15|`,
        ],
      })
    }
  }
  return rows.sort((a, b) => a.at - b.at).map(({ row }) => row)
}
