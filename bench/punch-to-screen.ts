import { setTimeout as delay } from 'node:timers/promises'
import { createFakeDevice } from '../tests/support/fake-device.ts'
import { localNow } from '../tests/support/local-time.ts'
import { signIn, startAll } from '../tests/support/start-all.ts'
import { until } from '../tests/support/until.ts'
import { spread } from './percentile.ts'

const terminals = 50
const seconds = 15

/** 50 terminals post one punch a second each; from sending the POST to its frame at a signed-in browser's stream. */
export async function punchToScreen(): Promise<object> {
  const system = await startAll({ accounts: { hr: ['hr'] } })
  const hr = await signIn(system, 'hr')
  const stream = await hr.events()
  const sentAt = new Map<string, number>()
  const seenAt = new Map<string, number>()
  const acknowledged: number[] = []
  const devices = Array.from({ length: terminals }, (_, index) =>
    createFakeDevice(system.gateway.devicesUrl, `BENCH${index}`),
  )
  await Promise.all(devices.map(device => device.handshake()))
  const watch = setInterval(() => undefined, 1000)
  let read = 0
  const look = () => {
    for (; read < stream.frames.length; read += 1) {
      const frame = stream.frames[read]
      const code = (frame?.data as { EmployeeCode?: string } | undefined)?.EmployeeCode
      if (code !== undefined && !seenAt.has(code)) seenAt.set(code, performance.now())
    }
    if (watching) setImmediate(look)
  }
  let watching = true
  look()
  await Promise.all(
    devices.map(async (device, index) => {
      await delay((index / terminals) * 1000)
      for (let second = 0; second < seconds; second += 1) {
        const code = `${index}-${second}`
        const started = performance.now()
        sentAt.set(code, started)
        await device.punch(code, localNow('Asia/Kolkata'))
        acknowledged.push(performance.now() - started)
        await delay(Math.max(0, 1000 - (performance.now() - started)))
      }
    }),
  )
  await until('every punch in the stream', () => seenAt.size === sentAt.size, 10_000)
  watching = false
  clearInterval(watch)
  stream.close()
  await system.stop()
  const latencies = [...sentAt].map(([code, at]) => (seenAt.get(code) ?? Number.NaN) - at)
  return {
    terminals,
    punches: latencies.length,
    'POST to acknowledgement, ms': spread(acknowledged),
    'POST to frame, ms': spread(latencies),
  }
}
