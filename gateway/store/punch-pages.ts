import { setImmediate } from 'node:timers/promises'
import type { Reader } from './index.ts'
import {
  newestPunch,
  type PunchEntity,
  type PunchFilter,
  type PunchRow,
  rowsFrom,
  toPunch,
} from './punches.ts'

/** Rows read at once: few enough that nobody waits for them, enough that asking is not what costs. */
const pageRows = 200
/** The least a terminal is asked for where many are read side by side. */
const pageRowsMin = 20

/** One list in order, read as it is needed. */
interface Source {
  readonly filter: PunchFilter
  readonly limit: number
  after?: { readonly key: string; readonly id: number }
  /** Read and not yet given on. */
  rows: PunchRow[]
  isOver: boolean
}

/**
 * All punches of a filter in pages, by local time, then id. Each read is a query of its own that starts where the last
 * one ended, so that nothing is held open for a slow receiver; what is recorded meanwhile is left out. Several
 * terminals are read side by side and merged: asked for together, they would be sorted anew for every page.
 */
export async function* punchPages(
  reader: Reader,
  filter: PunchFilter,
  order: 'asc' | 'desc',
): AsyncGenerator<PunchEntity[]> {
  const sources = sourcesOf({ ...filter, newest: await newestPunch(reader) })
  const direction = order === 'asc' ? 1 : -1
  const compare = (one: PunchRow, other: PunchRow) => direction * inTime(one, other)
  while (sources.some(source => source.rows.length > 0 || !source.isOver)) {
    for (const source of sources)
      if (source.rows.length === 0 && !source.isOver) await refill(reader, source, order)
    const rows = takeSettled(sources, compare)
    for (let from = 0; from < rows.length; from += pageRows)
      yield rows.slice(from, from + pageRows).map(toPunch)
  }
}

function sourcesOf(filter: PunchFilter): Source[] {
  const { devices } = filter
  const isOne = devices === null || devices.length < 2 || filter.employeeCode !== undefined
  const filters = isOne ? [filter] : [...new Set(devices)].map(sn => ({ ...filter, devices: [sn] }))
  const limit = Math.max(pageRowsMin, Math.floor(pageRows / filters.length))
  return filters.map(one => ({ filter: one, limit, rows: [], isOver: false }))
}

async function refill(reader: Reader, source: Source, order: 'asc' | 'desc'): Promise<void> {
  await turn()
  source.rows = await rowsFrom(reader, source.filter, { order, limit: source.limit, after: source.after })
  source.isOver = source.rows.length < source.limit
  const last = source.rows.at(-1)
  if (last) source.after = { key: last.local_time, id: last.id }
}

/** Takes what nothing still to be read can come before, in order. */
function takeSettled(
  sources: readonly Source[],
  compare: (one: PunchRow, other: PunchRow) => number,
): PunchRow[] {
  const ends = sources.flatMap(({ rows, isOver }) => (isOver ? [] : rows.slice(-1)))
  const bound = ends.reduce<PunchRow | undefined>(
    (least, end) => (least === undefined || compare(end, least) < 0 ? end : least),
    undefined,
  )
  const taken = sources.flatMap(source => {
    const beyond = bound === undefined ? -1 : source.rows.findIndex(row => compare(row, bound) > 0)
    return source.rows.splice(0, beyond < 0 ? source.rows.length : beyond)
  })
  return sources.length === 1 ? taken : taken.sort(compare)
}

function inTime(one: PunchRow, other: PunchRow): number {
  if (one.local_time !== other.local_time) return one.local_time < other.local_time ? -1 : 1
  return one.id - other.id
}

let turns: Promise<unknown> = Promise.resolve()

/** One page of all that are being read, then everybody else: pages are read on the thread that answers terminals. */
function turn(): Promise<unknown> {
  turns = turns.then(() => setImmediate())
  return turns
}
