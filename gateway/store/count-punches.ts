import { sql } from 'kysely'
import type { Reader } from './index.ts'

/** A range of the wall clock, both ends inclusive, `YYYY-MM-DD HH:MM:SS`. */
interface Span {
  readonly from: string
  readonly to: string
  /** null means every terminal. */
  readonly devices: readonly string[] | null
}

/**
 * How many punches there are in a range, from the counts per terminal and day; only the cut days at its ends are
 * counted punch by punch. Ten million punches of a year cost as much as the terminals times the days.
 */
export async function countInRange(reader: Reader, { from, to, devices }: Span): Promise<number> {
  const [firstDay, lastDay] = [from.slice(0, 10), to.slice(0, 10)]
  const whole = await reader
    .selectFrom('device_day')
    .select(sql<number | null>`sum(punches)`.as('total'))
    .where('local_day', '>=', firstDay)
    .where('local_day', '<=', lastDay)
    .$if(devices !== null, query => query.where('sn', 'in', listOf(devices)))
    .executeTakeFirst()
  const before = await countCut(reader, { from: `${firstDay} 00:00:00`, below: from, devices })
  const after = await countCut(reader, { above: to, to: `${lastDay} 23:59:59`, devices })
  return Math.max(0, Number(whole?.total ?? 0) - before - after)
}

type Cut = { readonly devices: readonly string[] | null } & (
  | { readonly from: string; readonly below: string }
  | { readonly above: string; readonly to: string }
)

async function countCut(reader: Reader, cut: Cut): Promise<number> {
  if ('below' in cut ? cut.below <= cut.from : cut.above >= cut.to) return 0
  const query = reader
    .selectFrom('punch')
    .select(sql<number>`count(*)`.as('total'))
    .$if(cut.devices !== null, each => each.where('sn', 'in', listOf(cut.devices)))
  const row = await ('below' in cut
    ? query.where('local_time', '>=', cut.from).where('local_time', '<', cut.below)
    : query.where('local_time', '>', cut.above).where('local_time', '<=', cut.to)
  ).executeTakeFirst()
  return row?.total ?? 0
}

function listOf(devices: readonly string[] | null): string[] {
  return devices && devices.length > 0 ? [...devices] : ['']
}
