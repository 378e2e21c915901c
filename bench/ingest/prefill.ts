import { sql } from 'kysely'
import { bookPunches } from '../../gateway/store/book-punches.ts'
import type { TestGateway } from '../../tests/support/start-gateway.ts'

const perStatement = 50_000

/** Fills the store with that many punches of the year before, spread over 200 terminals and 5,000 people. */
export async function prefill({ store }: TestGateway, rows: number): Promise<void> {
  for (let from = 0; from < rows; from += perStatement) {
    const count = Math.min(perStatement, rows - from)
    await store.write(async write => {
      await sql`
        with recursive n(i) as (select cast(${from} as integer) union all select i + 1 from n where i < ${from + count - 1}),
        p as (select i, 'OLD' || (i % 200) as sn, cast(1000 + (i * 7919) % 5000 as text) as pin,
          datetime(1700000000 + i * 3, 'unixepoch') as t from n)
        insert into punch (sn, employee_code, local_time, local_day, local_minute, zone, offset_minutes, instant, status,
          verify, direction, modality, side, work_code, temperature, mask, flags, clock_skew_ms, received_at, raw, identity)
        select sn, pin, t, substr(t, 1, 10), substr(t, 12, 2) * 60 + substr(t, 15, 2), 'Asia/Kolkata', 330,
          (1700000000 + i * 3) * 1000, i % 2, 1, 'CheckIn', 'fingerprint', 'in', '0', null, null, '', null,
          (1700000000 + i * 3) * 1000, pin || char(9) || t, pin || '|' || t || '|' || (i % 2) || '|1|' from p`.execute(
        write,
      )
      await bookPunches(store, write)
      // As if their days had been judged long ago.
      await write.deleteFrom('stale_days').execute()
    })
  }
  // What filling left is not what is measured.
  await sql`pragma wal_checkpoint(truncate)`.execute(store.writer)
}
