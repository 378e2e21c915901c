import { postPunches } from './ingest/load.ts'
import { startServer } from './ingest/server.ts'
import { spread } from './percentile.ts'

const seconds = 20
const loads = [
  { name: '2,000 rows/s, 10 a post', linesPerPost: 10, postsPerSecond: 200 },
  { name: '20 rows/s, one a post', linesPerPost: 1, postsPerSecond: 20 },
] as const

/** Paced posts into a store that holds ten million punches already (or as many as GATEHOUSE_BENCH_ROWS says). */
export async function ingestLarge(): Promise<object> {
  const rows = Number(process.env.GATEHOUSE_BENCH_ROWS ?? 10_000_000)
  const server = await startServer('./our-server.ts', [String(rows)])
  const results: Record<string, object> = {}
  const known = { url: server.url, terminals: 20, keepAlive: false, seconds: 3, linesPerPost: 1 }
  // Every terminal is known, and no code runs for the first time.
  await postPunches({ ...known, postsPerSecond: 50, run: 9 })
  for (const [run, { name, linesPerPost, postsPerSecond }] of loads.entries()) {
    await server.begin()
    const load = { ...known, linesPerPost, postsPerSecond, seconds, run }
    const { linesPerSecond, latencies } = await postPunches(load)
    const { cpuMs, wallMs, loopDelayP99Ms, loopDelayMaxMs } = await server.usage()
    results[name] = {
      linesPerSecond,
      ms: spread(latencies),
      percentOfOneCore: Math.round((1000 * cpuMs) / wallMs) / 10,
      loopDelayP99Ms: Math.round(loopDelayP99Ms * 10) / 10,
      loopDelayMaxMs: Math.round(loopDelayMaxMs * 10) / 10,
    }
  }
  await server.end()
  return { rows, ...results }
}
