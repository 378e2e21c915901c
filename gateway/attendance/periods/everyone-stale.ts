import type { Write } from '../../store/index.ts'
import { markDaysStale } from '../stale-days.ts'

/** The days of a period read differently now that it is closed, or open again. */
export async function everyoneStale(
  write: Write,
  { from_day, to_day }: { readonly from_day: string; readonly to_day: string },
): Promise<void> {
  await markDaysStale(write, { employeeCodes: 'everyone', fromDay: from_day, toDay: to_day })
}
