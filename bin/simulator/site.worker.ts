import { parentPort, workerData } from 'node:worker_threads'
import { runSimulatedSite } from './run-site.ts'

const { devicesUrl, speed, historyFrom } = workerData as {
  devicesUrl: string
  speed: number
  historyFrom?: number
}
const stop = new AbortController()
parentPort?.on('message', () => stop.abort())

await runSimulatedSite({
  devicesUrl,
  speed,
  signal: stop.signal,
  log: line => parentPort?.postMessage({ log: line }),
  onProgress: ({ sent, total }) => {
    if (sent === total) parentPort?.postMessage({ seeded: true })
  },
  ...(historyFrom === undefined ? {} : { historyFrom }),
})
parentPort?.close()
