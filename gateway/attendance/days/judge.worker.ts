import { parentPort, workerData } from 'node:worker_threads'
import { type DatabaseLocation, openReading } from '#platform/database/database.ts'
import type { GatewayTables } from '../../store/schema.ts'
import { type Judged, judge, type Work } from './judge.ts'
import { type CountRange, countKept, type KeptCounts, type SumsRequest, sumDays } from './sum-days.ts'

export type JudgeRequest =
  | { readonly id: number; readonly work: readonly Work[]; readonly nowMs: number }
  | { readonly id: number; readonly sums: SumsRequest }
  | { readonly id: number; readonly count: CountRange }
  | { readonly close: true }

export type JudgeReply =
  | { readonly id: number; readonly judged: Judged }
  | { readonly id: number; readonly sums: Awaited<ReturnType<typeof sumDays>> }
  | { readonly id: number; readonly counts: KeptCounts }
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
  if ('work' in request)
    return { id: request.id, judged: await judge(reading.read, request.work, request.nowMs) }
  if ('count' in request) return { id: request.id, counts: await countKept(reading.read, request.count) }
  return { id: request.id, sums: await sumDays(reading.read, request.sums) }
}
