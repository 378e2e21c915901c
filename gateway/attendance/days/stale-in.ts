import { openPeople } from '../../store/day-results.ts'
import type { Store } from '../../store/index.ts'
import { daysState, staleCodes } from '../../store/stale-log.ts'
import { localAt, shiftDay } from '../../time/zone.ts'
import { contextDays } from '../evaluate.ts'
import type { DateRange } from '../rules/types.ts'
import { everyoneMark } from '../stale-days.ts'
import type { Standing } from './day-source.ts'

/**
 * Whose kept days of a range are old: those the log speaks of, and those with days that time alone changes where these
 * were looked at longer ago than `openOldMs`.
 */
export async function staleIn(
  store: Pick<Store, 'read'>,
  range: DateRange,
  nowMs: number,
  openOldMs: number,
): Promise<Standing> {
  const { through, open_judged_at } = await daysState(store.read)
  const due = await staleCodes(
    store.read,
    shiftDay(range.fromDate, -contextDays),
    shiftDay(range.toDate, contextDays),
  )
  const codes = new Set(due)
  if (through === '' || codes.has(everyoneMark)) return { kind: 'stale', codes: 'everybody' }
  const age = nowMs - open_judged_at
  if (age < 0 || age >= openOldMs) {
    const tomorrow = shiftDay(localAt(nowMs, 'UTC').local.slice(0, 10), 1)
    const [until = tomorrow] = [range.toDate, tomorrow].sort()
    const open = await openPeople(store.read, until)
    for (const { employee_code } of open) codes.add(employee_code)
  }
  return { kind: 'stale', codes: [...codes].sort() }
}
