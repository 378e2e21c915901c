import { sql } from 'kysely'
import type { Reader } from './index.ts'

/**
 * The first local day anything is known of, `YYYY-MM-DD`: of a punch whose time can be true, of one somebody added, or
 * of the first terminal; today (of `nowMs`, epoch ms) where there is none. Before it a plan says nothing: nobody was
 * absent where nobody could have been seen.
 */
export async function firstKnownDay(reader: Reader, nowMs: number): Promise<string> {
  const punch = reader
    .selectFrom('punch')
    .select('local_day as day')
    .where('flags', 'not like', '%implausible_time%')
    .orderBy('local_time')
    .limit(1)
    .executeTakeFirst()
  const added = reader
    .selectFrom('correction')
    .select(sql<string | null>`min(day)`.as('day'))
    .where('kind', '=', 'AddPunch')
    .executeTakeFirst()
  const terminal = reader
    .selectFrom('device')
    .select(sql<number | null>`min(first_seen_at)`.as('at'))
    .executeTakeFirst()
  const [one, other, seen] = await Promise.all([punch, added, terminal])
  const days = [one?.day, other?.day, dayOf(seen?.at ?? nowMs)].filter(day => day != null)
  return days.sort()[0] ?? dayOf(nowMs)
}

/** A day earlier than in UTC is possible at a terminal to the west. */
function dayOf(atMs: number): string {
  return new Date(Math.max(0, atMs - 43_200_000)).toISOString().slice(0, 10)
}
