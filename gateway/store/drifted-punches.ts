import { sql } from 'kysely'
import type { z } from 'zod'
import type { DriftedSpan } from '#contract/entities/clock.ts'
import { clockOffMs } from './devices.ts'
import type { Reader } from './index.ts'

interface Span {
  readonly from_instant: number
  readonly to_instant: number
  readonly from_local: string
  readonly to_local: string
  readonly punches: number
  readonly low: number
  readonly high: number
}

/**
 * Which punches of a terminal were made while its clock was off, as spans without a right one in between. `from` and
 * `to` are its own wall clock. Punches whose clock nobody measured neither make a span nor end one.
 */
export async function findDrifted(
  reader: Reader,
  { sn, from, to }: { readonly sn: string; readonly from: string; readonly to: string },
  limit: number,
): Promise<z.output<typeof DriftedSpan>[]> {
  const isOff = sql`case when abs(clock_skew_ms) > ${sql.lit(clockOffMs)} then 1 else 0 end`
  const { rows } = await sql<Span>`
    select min(instant) as from_instant, max(instant) as to_instant, min(local_time) as from_local,
      max(local_time) as to_local, count(*) as punches, min(clock_skew_ms) as low, max(clock_skew_ms) as high
    from (
      select instant, local_time, clock_skew_ms, is_off, sum(1 - is_off) over (order by instant, id) as run from (
        select id, instant - clock_skew_ms as instant, local_time, clock_skew_ms, ${isOff} as is_off from punch
        where sn = ${sn} and local_time >= ${from} and local_time <= ${to} and clock_skew_ms is not null
      ) as measured
    ) as runs
    where is_off = 1 group by run order by 1 desc limit ${sql.lit(limit)}`.execute(reader)
  return rows.reverse().map(row => ({
    From: new Date(Number(row.from_instant)).toISOString(),
    To: new Date(Number(row.to_instant)).toISOString(),
    FromLocal: row.from_local,
    ToLocal: row.to_local,
    Punches: Number(row.punches),
    LowSeconds: Number(row.low) / 1000,
    HighSeconds: Number(row.high) / 1000,
  }))
}
