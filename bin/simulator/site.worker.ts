import { parentPort, workerData } from 'node:worker_threads'
import type { KeptChanges } from './kept-rows.ts'
import { runSimulatedSite } from './run-site.ts'

const { devicesUrl, speed, historyFrom, kept } = workerData as {
  devicesUrl: string
  speed: number
  historyFrom?: number
  kept: ReadonlyMap<string, KeptChanges>
}
const stop = new AbortController()
parentPort?.on('message', () => stop.abort())

await runSimulatedSite({
  devicesUrl,
  speed,
  kept,
  onKept: (serial, changes) => parentPort?.postMessage({ kept: { serial, changes } }),
  signal: stop.signal,
  log: line => parentPort?.postMessage({ log: line }),
  onProgress: ({ sent, total }) => {
    if (sent === total) parentPort?.postMessage({ seeded: true })
  },
  ...(historyFrom === undefined ? {} : { historyFrom }),
})
parentPort?.close()
