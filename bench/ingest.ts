import { type Load, postPunches } from './ingest/load.ts'
import { type MeasuredServer, startServer } from './ingest/server.ts'
import { spread } from './percentile.ts'

const servers: readonly {
  readonly name: string
  readonly script: string
  readonly args: readonly string[]
}[] = [
  { name: 'Gatehouse', script: './our-server.ts', args: [] },
  { name: 'bare Fastify, grouped', script: './bare-server.ts', args: ['grouped'] },
  { name: 'bare Fastify, grouped, our table', script: './bare-server.ts', args: ['our-table'] },
  { name: 'bare Fastify, insert per request', script: './bare-server.ts', args: ['single'] },
]

const paced = { terminals: 10, linesPerPost: 1, keepAlive: true, seconds: 20, postsPerSecond: 20 }

/** An ordinary day first; then storms; and the ordinary day again while what they left is worked off. */
const loads: readonly Omit<Load, 'url' | 'run'>[] = [
  paced,
  { terminals: 10, linesPerPost: 1, keepAlive: true, seconds: 5 },
  { terminals: 50, linesPerPost: 1, keepAlive: true, seconds: 5 },
  { terminals: 10, linesPerPost: 1, keepAlive: false, seconds: 5 },
  { terminals: 10, linesPerPost: 100, keepAlive: true, seconds: 5 },
  paced,
]

let run = 0

/** The same durable posts to us and to the least a server can do, side by side: ratios, not rates, are the result. */
export async function ingest(): Promise<object> {
  const started: { name: string; server: MeasuredServer }[] = []
  for (const { name, script, args } of servers)
    started.push({ name, server: await startServer(script, args) })
  // Every terminal is known, and no code runs for the first time.
  for (const { server } of started)
    await postPunches({
      ...paced,
      terminals: 50,
      seconds: 3,
      postsPerSecond: 100,
      url: server.url,
      run: run++,
    })
  const results: Record<string, Record<string, object>> = {}
  for (const [turn, load] of loads.entries()) {
    const title = `${turn}: ${load.terminals} terminals, ${load.linesPerPost} a post, ${load.keepAlive ? 'keep-alive' : 'new connections'}${load.postsPerSecond ? `, ${load.postsPerSecond}/s` : ''}`
    results[title] = {}
    for (const { name, server } of started) {
      await server.begin()
      const { linesPerSecond, latencies } = await postPunches({ ...load, url: server.url, run: run++ })
      const { cpuMs, loopDelayP99Ms } = await server.usage()
      results[title][name] = {
        linesPerSecond,
        ms: spread(latencies),
        cpuUsPerPost: Math.round((cpuMs * 1000) / latencies.length),
        loopDelayP99Ms: Math.round(loopDelayP99Ms * 10) / 10,
      }
    }
  }
  for (const { server } of started) await server.end()
  return results
}
