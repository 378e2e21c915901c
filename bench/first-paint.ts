import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { productEnvironment, spawnProduct } from '../tests/support/spawn-product.ts'
import { until } from '../tests/support/until.ts'
import { openBrowser } from './open-browser.ts'
import { percentile } from './percentile.ts'

const runs = 7

/** First contentful paint of the sign-in page and of the overview, at full speed and slowed down four times; medians. */
export async function firstPaint(): Promise<object> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'))
  const running = await spawnProduct(
    ['start'],
    productEnvironment(dataDir, { GATEHOUSE_SITE: 'simulated', GATEHOUSE_ADOPT: 'ask' }),
  )
  await until('the history is in', () => running.said().includes('simulated site: live'), 60_000)
  const password = /^ {4}admin +(\S+)$/m.exec(running.said())?.[1] ?? ''
  const browser = await openBrowser()
  const result: Record<string, number> = {}
  for (const slowdown of [1, 4]) {
    for (const path of ['/login', '/']) {
      const paints: number[] = []
      for (let run = 0; run < runs; run += 1) {
        const context = await browser.newContext()
        const page = await context.newPage()
        if (path === '/')
          await page.request.post(`${running.ready.dashboard}/api/session`, {
            data: { Name: 'admin', Password: password },
          })
        const session = await context.newCDPSession(page)
        await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
        await page.goto(`${running.ready.dashboard}${path}`, { waitUntil: 'load' })
        paints.push(
          await page.evaluate<number>(
            "new Promise(done => new PerformanceObserver(list => { const paint = list.getEntries().find(({ name }) => name === 'first-contentful-paint'); if (paint) done(paint.startTime) }).observe({ type: 'paint', buffered: true }))",
          ),
        )
        await context.close()
      }
      result[`${path} at ${slowdown}x, ms`] = Math.round(percentile(paints, 0.5))
    }
  }
  await browser.close()
  await running.end('SIGTERM')
  rmSync(dataDir, { recursive: true, force: true })
  return result
}
