import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { productEnvironment, runCommand, spawnProduct } from '../tests/support/spawn-product.ts'
import { until } from '../tests/support/until.ts'

/** First start with the simulated site: to the ready line, and to the end of its 45 days; then a start with that history. */
export async function startTime(): Promise<object> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'))
  const env = productEnvironment(dataDir, { GATEHOUSE_SITE: 'simulated', GATEHOUSE_ADOPT: 'ask' })
  const timed = async () => {
    const started = performance.now()
    const running = await spawnProduct(['start'], env)
    return { running, readyMs: Math.round(performance.now() - started), started }
  }
  const first = await timed()
  const { token } = JSON.parse((await runCommand(['token', 'create', '--json'], env)).out) as {
    token: string
  }
  const count = async () => {
    const reply = await fetch(
      `${first.running.ready.gateway}/v3/GetAttendanceByDate?FromDate=2000-01-01&ToDate=2099-01-01&Limit=1`,
      { headers: { AuthToken: token } },
    )
    return ((await reply.json()) as { ActualRowCount: number }).ActualRowCount
  }
  let last = -1
  let settledAt = performance.now()
  await until(
    'the history is in',
    async () => {
      const now = await count()
      if (now !== last) settledAt = performance.now()
      const still = now > 30_000 && now === last && performance.now() - settledAt > 1500
      last = now
      return still
    },
    60_000,
  )
  const seededMs = Math.round(settledAt - first.started)
  await first.running.end('SIGTERM')
  const again = await timed()
  await again.running.end('SIGTERM')
  rmSync(dataDir, { recursive: true, force: true })
  return {
    'first start to ready, ms': first.readyMs,
    'first start to 45 days of history, ms': seededMs,
    'punches of history': last,
    'start with history to ready, ms': again.readyMs,
  }
}
