import { parentPort, workerData } from 'node:worker_threads'
import { type DatabaseLocation, openReading } from '#platform/database/database.ts'
import { textOfObjects, textOfRows } from '#platform/database/dialect.ts'
import { dayResults } from '../../store/day-results.ts'
import type { GatewayTables } from '../../store/schema.ts'
import type { IdRun } from '../../store/stale-log.ts'
import type { PeopleRequest } from '../read-people.ts'
import { judgePeople, type PersonDayFacts, type Standing } from './day-source.ts'
import { type Due, dueByLog, dueByTime } from './due.ts'
import { judge } from './judge.ts'
import { type Reading, type Readings, takeReading } from './readings.ts'
import { type CountRange, countKept, type KeptCounts, type SumsRequest, sumDays } from './sum-days.ts'

/** What to look for: all the log speaks of up to a day, or open days up to today. */
export type Plan = { readonly logUpTo: string } | { readonly openUpTo: string }

/** What was found; the pieces stay on this thread until the next plan. */
export interface Planned {
  readonly pieces: number
  /** Entries of the log that speak of it. */
  readonly read: readonly IdRun[]
  /** People with open days, where these were asked for. */
  readonly people: number
}

/** Judged days as the writer takes them, so that the main thread need not look into them (dialect.ts). */
export interface JudgedText {
  /** Each a transaction's worth of rows. */
  readonly saves: readonly string[]
  readonly gone: string | null
}

export type JudgeRequest =
  | { readonly id: number; readonly plan: Plan }
  | { readonly id: number; readonly piece: number; readonly nowMs: number }
  | { readonly id: number; readonly sums: SumsRequest }
  | { readonly id: number; readonly count: CountRange }
  | { readonly id: number; readonly codes: readonly string[]; readonly request: PeopleRequest }
  | { readonly id: number; readonly reading: Reading; readonly standing: Standing }
  | { readonly close: true }

export type JudgeReply =
  | { readonly id: number; readonly planned: Planned }
  | { readonly id: number; readonly judged: JudgedText }
  | { readonly id: number; readonly sums: Awaited<ReturnType<typeof sumDays>> }
  | { readonly id: number; readonly counts: KeptCounts }
  | { readonly id: number; readonly people: readonly PersonDayFacts[] }
  | { readonly id: number; readonly taken: Readings[keyof Readings] }
  | { readonly id: number; readonly failed: string }

const { location } = workerData as { location: DatabaseLocation }
const reading = openReading<GatewayTables>(location)
const dialect = location.url === undefined ? 'sqlite' : 'postgres'
/** So few that no punch waits long behind them. */
const rowsPerSave = 100
let pieces: Due['pieces'] = []

parentPort?.on('message', (request: JudgeRequest) => {
  if ('close' in request) {
    void reading.close().finally(() => parentPort?.close())
    return
  }
  void answer(request)
    .catch(error => ({
      id: request.id,
      failed: error instanceof Error ? (error.stack ?? '') : String(error),
    }))
    .then(reply => parentPort?.postMessage(reply))
})

async function answer(request: Exclude<JudgeRequest, { close: true }>): Promise<JudgeReply> {
  const { read } = reading
  const { id } = request
  if ('plan' in request) return { id, planned: await findDue(request.plan) }
  if ('piece' in request) return { id, judged: await judgePiece(request.piece, request.nowMs) }
  if ('count' in request) return { id, counts: await countKept(read, request.count) }
  if ('codes' in request) return { id, people: await judgePeople(read, request.codes, request.request) }
  if ('reading' in request) return { id, taken: await takeReading(read, request.standing, request.reading) }
  return { id, sums: await sumDays(read, request.sums) }
}

async function findDue(plan: Plan): Promise<Planned> {
  const due =
    'logUpTo' in plan
      ? { ...(await dueByLog(reading.read, plan.logUpTo)), people: 0 }
      : await dueByTime(reading.read, plan.openUpTo)
  pieces = due.pieces
  return { pieces: due.pieces.length, read: due.read, people: due.people }
}

async function judgePiece(at: number, nowMs: number): Promise<JudgedText> {
  const work = pieces[at]
  if (!work) throw new Error('what is due has to be found out anew')
  const { rows, gone } = await judge(reading.read, work, nowMs)
  const saves: string[] = []
  for (let from = 0; from < rows.length; from += rowsPerSave)
    saves.push(textOfRows(dialect, dayResults, rows.slice(from, from + rowsPerSave)))
  return { saves, gone: gone.length > 0 ? textOfObjects(dialect, gone) : null }
}
