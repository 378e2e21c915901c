import { Agent, request } from 'node:http'
import { startServer } from './ingest/server.ts'

const day = 86_400_000
/** A punch every three seconds from here on (ingest/prefill.ts). */
const firstPunch = 1_700_000_000_000

/**
 * Exports of a tenth and of all of a million punches (or as many as GATEHOUSE_BENCH_ROWS says), in each format, all of
 * them twice: where memory stops growing, and how long anybody else waits meanwhile.
 */
export async function exportRows(): Promise<object> {
  const rows = Number(process.env.GATEHOUSE_BENCH_ROWS ?? 1_000_000)
  const results: Record<string, object> = {}
  for (const format of ['csv', 'json', 'xlsx']) {
    // A process of its own for each: memory once taken is seldom given back.
    const server = await startServer('./export-server.ts', [String(rows)])
    for (const [name, part] of [
      ['a tenth', 0.1],
      ['all', 1],
      ['all again', 1],
    ] as const) {
      const days = (rows * part * 3000) / day
      const to = new Date(firstPunch + days * day).toISOString().slice(0, 19).replace('T', ' ')
      const range = new URLSearchParams({ FromDate: '2023-01-01', ToDate: to, Format: format })
      await server.begin()
      const started = performance.now()
      const file = await download(`${server.url}&${range}`)
      const seconds = (performance.now() - started) / 1000
      const usage = await server.usage()
      results[`${format}, ${name}`] = {
        rows: file.rows,
        seconds: round(seconds),
        rowsPerSecond: Math.round(file.rows / seconds),
        fileMegabytes: round(file.bytes / 1e6),
        memoryBeforeMegabytes: Math.round(usage.rssBeginBytes / 1e6),
        memoryPeakMegabytes: Math.round(usage.rssPeakBytes / 1e6),
        loopDelayP99Ms: round(usage.loopDelayP99Ms),
        loopDelayMaxMs: round(usage.loopDelayMaxMs),
      }
    }
    await server.end()
  }
  return results
}

/** Takes a file to its end, keeping nothing of it. */
function download(url: string): Promise<{ bytes: number; rows: number }> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { agent: new Agent({ keepAlive: false }) }, reply => {
      if (reply.statusCode !== 200) reject(new Error(`The export was answered ${reply.statusCode}`))
      let bytes = 0
      reply.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      reply.once('end', () => resolve({ bytes, rows: Number(reply.trailers['x-row-count']) }))
      reply.once('error', reject)
    })
    asking.once('error', reject)
    asking.end()
  })
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
