import { Agent } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { send } from './ingest/load.ts'
import { startServer } from './ingest/server.ts'
import { spread } from './percentile.ts'

const terminals = 2000
const everyMs = 10_000
const seconds = 30
const atOnce = 100

/** 2,000 terminals with nothing to do, each asking every 10 s on a connection of its own, as old firmware does. */
export async function idleTerminals(): Promise<object> {
  const server = await startServer('./our-server.ts')
  const { hostname, port } = new URL(server.url)
  const agent = new Agent({ keepAlive: false })
  const poll = async (terminal: number) => {
    const path = `/iclock/getrequest?SN=IDLE${terminal}`
    const sentAt = performance.now()
    const reply = await send({ agent, hostname, port, method: 'GET', path }, '')
    if (reply !== 'OK') throw new Error(`Terminal ${terminal} was answered ${reply}`)
    return performance.now() - sentAt
  }
  // Their first contact makes them known; that is not what is measured.
  for (let from = 0; from < terminals; from += atOnce)
    await Promise.all(Array.from({ length: atOnce }, (_, index) => poll(from + index)))
  await server.begin()
  const started = performance.now()
  const latencies = await Promise.all(
    Array.from({ length: terminals }, async (_, terminal) => {
      const own: number[] = []
      await delay((everyMs * terminal) / terminals)
      for (; performance.now() - started < seconds * 1000; ) {
        const took = await poll(terminal)
        own.push(took)
        await delay(Math.max(0, everyMs - took))
      }
      return own
    }),
  )
  const { cpuMs, wallMs, loopDelayP99Ms } = await server.usage()
  agent.destroy()
  await server.end()
  const polls = latencies.flat()
  return {
    pollsPerSecond: Math.round((polls.length * 1000) / wallMs),
    percentOfOneCore: Math.round((1000 * cpuMs) / wallMs) / 10,
    ms: spread(polls),
    loopDelayP99Ms: Math.round(loopDelayP99Ms * 10) / 10,
  }
}
