import { parentPort, workerData } from 'node:worker_threads'
import { type DatabaseLocation, openReading } from '#platform/database/database.ts'
import type { GatewayTables } from '../../store/schema.ts'
import type { PeopleRequest } from '../read-people.ts'
import { judgePeople, type PersonDayFacts, type Standing } from './day-source.ts'
import { type Judged, judge, type Work } from './judge.ts'
import { type Reading, type Readings, takeReading } from './readings.ts'
import { type CountRange, countKept, type KeptCounts, type SumsRequest, sumDays } from './sum-days.ts'

export type JudgeRequest =
  | { readonly id: number; readonly work: readonly Work[]; readonly nowMs: number }
  | { readonly id: number; readonly sums: SumsRequest }
  | { readonly id: number; readonly count: CountRange }
  | { readonly id: number; readonly codes: readonly string[]; readonly request: PeopleRequest }
  | { readonly id: number; readonly reading: Reading; readonly standing: Standing }
  | { readonly close: true }

export type JudgeReply =
  | { readonly id: number; readonly judged: Judged }
  | { readonly id: number; readonly sums: Awaited<ReturnType<typeof sumDays>> }
  | { readonly id: number; readonly counts: KeptCounts }
  | { readonly id: number; readonly people: readonly PersonDayFacts[] }
  | { readonly id: number; readonly taken: Readings[keyof Readings] }
  | { readonly id: number; readonly failed: string }

const { location } = workerData as { location: DatabaseLocation }
const reading = openReading<GatewayTables>(location)

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
  if ('work' in request) return { id, judged: await judge(read, request.work, request.nowMs) }
  if ('count' in request) return { id, counts: await countKept(read, request.count) }
  if ('codes' in request) return { id, people: await judgePeople(read, request.codes, request.request) }
  if ('reading' in request) return { id, taken: await takeReading(read, request.standing, request.reading) }
  return { id, sums: await sumDays(read, request.sums) }
}
