import { firstOpenDays, openPeople } from '../../store/day-results.ts'
import type { Reader } from '../../store/index.ts'
import { everyone, type IdRun, staleIds, staleRanges } from '../../store/stale-log.ts'
import { shiftDay } from '../../time/zone.ts'
import { everyoneMark } from '../stale-days.ts'
import { around, type Work } from './judge.ts'

/** What has to be judged again, cut into pieces that are judged one after the other. */
export interface Due {
  readonly pieces: readonly (readonly Work[])[]
  /** Entries of the log that speak of it. */
  readonly read: readonly IdRun[]
}

/** Entries of the log that are taken at once: a day of a large site comes to one piece of work and not to many. */
const entriesMax = 500_000
/** Person-days a piece. */
const pieceDays = 2_000
const cutDays = 366

/** All the log speaks of, up to `lastDay`. However often it speaks of a day, it is judged once. */
export async function dueByLog(reader: Reader, lastDay: string): Promise<Due> {
  const read = await staleIds(reader, entriesMax)
  const last = read.at(-1)
  if (!last) return { pieces: [], read }
  const ranges = await staleRanges(reader, last.to)
  const forAll = ranges.filter(({ employee_code }) => employee_code === everyoneMark)
  const all = forAll.length > 0 ? await everyone(reader) : []
  const own = ranges.filter(({ employee_code }) => employee_code !== everyoneMark)
  const work = [
    ...forAll.flatMap(({ from_day, to_day }) =>
      all.map(code => ({ code, fromDay: from_day, toDay: to_day })),
    ),
    ...(await withStart(
      reader,
      own.map(({ employee_code, from_day, to_day }) => ({
        code: employee_code,
        fromDay: from_day,
        toDay: to_day,
      })),
    )),
  ]
    .map(one => around(one, lastDay))
    .filter(({ fromDay, toDay }) => fromDay <= toDay)
  const people = Map.groupBy(work, ({ code }) => code)
  return { pieces: [...piecesOf([...people.values()].flatMap(joined))], read }
}

/** Days that time alone can change, up to `today`; and of how many people. */
export async function dueByTime(reader: Reader, today: string): Promise<Due & { readonly people: number }> {
  const open = await openPeople(reader, today)
  const work = open.map(({ employee_code, from_day }) => ({
    code: employee_code,
    fromDay: from_day,
    toDay: today,
  }))
  return { pieces: [...piecesOf(work)], read: [], people: open.length }
}

/** Ranges about open days begin with the first of them; without one there is nothing to judge again. */
async function withStart(reader: Reader, ranges: readonly Work[]): Promise<Work[]> {
  const codes = [...new Set(ranges.flatMap(({ fromDay, code }) => (fromDay === '' ? [code] : [])))]
  const firsts = await firstOpenDays(reader, codes)
  return ranges.flatMap(range => {
    const fromDay = range.fromDay === '' ? firsts.get(range.code) : range.fromDay
    return fromDay === undefined ? [] : [{ ...range, fromDay }]
  })
}

/** Ranges of one person; those that touch become one. */
function joined(ranges: readonly Work[]): Work[] {
  const result: Work[] = []
  for (const next of [...ranges].sort((a, b) => (a.fromDay < b.fromDay ? -1 : 1))) {
    const last = result.at(-1)
    if (!last || last.toDay < next.fromDay) result.push(next)
    else if (next.toDay > last.toDay) result[result.length - 1] = { ...last, toDay: next.toDay }
  }
  return result
}

/** People with the same range beside each other, as many as fill a piece; a long range is cut. */
function* piecesOf(work: readonly Work[]): Generator<Work[]> {
  const sorted = work
    .flatMap(cut)
    .map(one => ({ one, key: `${one.fromDay} ${one.toDay}` }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  let piece: Work[] = []
  let held = 0
  for (const { one } of sorted) {
    const length = daysBetween(one)
    if (held > 0 && held + length > pieceDays) {
      yield piece
      piece = []
      held = 0
    }
    piece.push(one)
    held += length
  }
  if (piece.length > 0) yield piece
}

function cut(work: Work): Work[] {
  const { code, fromDay, toDay } = work
  if (daysBetween(work) <= cutDays) return [work]
  const pieces: Work[] = []
  for (let from = fromDay; from <= toDay; from = shiftDay(from, cutDays)) {
    const [end = toDay] = [shiftDay(from, cutDays - 1), toDay].sort()
    pieces.push({ code, fromDay: from, toDay: end })
  }
  return pieces
}

function daysBetween({ fromDay, toDay }: Work): number {
  return Math.round((Date.parse(toDay) - Date.parse(fromDay)) / 86_400_000) + 1
}
