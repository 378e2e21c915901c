import { sql } from 'kysely'
import type { Reader } from './index.ts'

export interface LocalDay {
  readonly zone: string
  /** `YYYY-MM-DD` on its wall clocks. */
  readonly day: string
}

const slices = 288
const sliceMinutes = 5

interface DaySlices {
  /** Punches in each slice of five minutes, 288 of them. */
  readonly punches: readonly number[]
  /** People whose first punch of the day lies in it. */
  readonly arrivals: readonly number[]
}

/**
 * Punches and first punches of a day by five minutes; null devices mean every one. The index by time bounds what is
 * read to that day.
 */
export async function daySlices(
  reader: Reader,
  days: readonly LocalDay[],
  devices: readonly string[] | null,
): Promise<DaySlices> {
  const sorted = days.map(({ day }) => day).sort()
  const base = reader
    .selectFrom('punch')
    .where('punch.local_time', '>=', `${sorted[0] ?? '9999-12-31'} 00:00:00`)
    .where('punch.local_time', '<=', `${sorted.at(-1) ?? '0001-01-01'} 23:59:59`)
    .where(where =>
      where.or(
        days.map(({ zone, day }) =>
          where.and([where('punch.zone', '=', zone), where('punch.local_day', '=', day)]),
        ),
      ),
    )
    .$if(devices !== null, query =>
      query.where('punch.sn', 'in', devices && devices.length > 0 ? [...devices] : ['']),
    )
  const slice = sql<number>`punch.local_minute / ${sql.lit(sliceMinutes)}`
  const firsts = base
    .select(sql<number>`min(punch.local_minute) / ${sql.lit(sliceMinutes)}`.as('slice'))
    .groupBy('punch.employee_code')
  const [all, first] = await Promise.all([
    base
      .select([slice.as('slice'), sql<number>`count(*)`.as('count')])
      .groupBy('slice')
      .execute(),
    reader
      .selectFrom(firsts.as('firsts'))
      .select(['slice', sql<number>`count(*)`.as('count')])
      .groupBy('slice')
      .execute(),
  ])
  return { punches: filled(all), arrivals: filled(first) }
}

function filled(rows: readonly { slice: number; count: number }[]): number[] {
  const counts = Array.from({ length: slices }, () => 0)
  for (const { slice, count } of rows) if (slice >= 0 && slice < slices) counts[slice] = Number(count)
  return counts
}
