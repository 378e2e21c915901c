import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { productEnvironment, runCommand, spawnProduct } from '../tests/support/spawn-product.ts'
import { until } from '../tests/support/until.ts'
import { openBrowser } from './open-browser.ts'
import { percentile } from './percentile.ts'

const people = 50_000
const perUpload = 1000
const apiRuns = 20
const jumps = 40

/**
 * A directory of 50,000 people: its first page, a page in the middle and a search at the API, and a browser that
 * scrolls it to its end by wheel and by jumps while every task over 50 ms is counted. Needs `npm run build` before.
 */
export async function peopleDirectory(): Promise<object> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'))
  const env = productEnvironment(dataDir)
  const running = await spawnProduct(['start'], env)
  const { token } = JSON.parse((await runCommand(['token', 'create', '--json'], env)).out) as {
    token: string
  }
  const added = JSON.parse(
    (await runCommand(['user', 'add', '--name', 'bench', '--role', 'hr', '--json'], env)).out,
  ) as { password: string }
  const { gateway = '', devices = '', dashboard = '' } = running.ready
  await fill(devices)
  const ask = async (query: string) => {
    const reply = await fetch(`${gateway}/v3/ListDirectory?${query}`, { headers: { AuthToken: token } })
    return (await reply.json()) as { ActualRowCount: number }
  }
  await until('everybody is there', async () => (await ask('Limit=1')).ActualRowCount === people, 120_000)
  const timed = async (query: string) => {
    const times: number[] = []
    for (let run = 0; run < apiRuns; run += 1) {
      const started = performance.now()
      await ask(query)
      times.push(performance.now() - started)
    }
    return Math.round(percentile(times, 0.5) * 10) / 10
  }
  const api = {
    'first page, ms': await timed('Limit=100'),
    'page at row 40,000, ms': await timed('Limit=100&OffSet=40000'),
    'first page by name, ms': await timed('Limit=100&Sort=Name'),
    'search in names, ms': await timed('Limit=100&Search=erson%20499'),
  }
  const scrolled = await scroll(dashboard, added.password)
  await running.end('SIGTERM')
  rmSync(dataDir, { recursive: true, force: true })
  return { ...api, ...scrolled }
}

/** People as a terminal reports them. */
async function fill(devices: string): Promise<void> {
  const sn = 'BENCHPEOPLE'
  await fetch(`${devices}/iclock/cdata?SN=${sn}&options=all&pushver=2.4.1&DeviceType=att`)
  for (let first = 0; first < people; first += perUpload) {
    const lines = Array.from({ length: perUpload }, (_, at) => {
      const code = String(first + at).padStart(6, '0')
      return `USER PIN=${code}\tName=Person ${code}\tPri=0\tPasswd=\tCard=${10_000_000 + first + at}\tGrp=1\tTZ=0000000000000000\n`
    })
    await fetch(`${devices}/iclock/cdata?SN=${sn}&table=OPERLOG&Stamp=9999`, {
      method: 'POST',
      body: lines.join(''),
    })
  }
}

async function scroll(dashboard: string, password: string): Promise<object> {
  const browser = await openBrowser()
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.request.post(`${dashboard}/api/session`, {
    data: { Name: 'bench', Password: password },
    headers: { origin: dashboard },
  })
  await page.goto(`${dashboard}/people`)
  const grid = page.getByRole('grid')
  await grid.getByText('000000', { exact: true }).waitFor()
  await page.evaluate(
    "window.longTasks = []; new PerformanceObserver(list => list.getEntries().forEach(({ duration }) => window.longTasks.push(duration))).observe({ type: 'longtask' })",
  )
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] })
  await grid.hover()
  for (let turn = 0; turn < 150; turn += 1) await page.mouse.wheel(0, 400)
  for (let jump = 1; jump <= jumps; jump += 1) {
    await grid.evaluate((element, part) => {
      ;(element as unknown as { scrollTop: number; scrollHeight: number }).scrollTop =
        (element as unknown as { scrollHeight: number }).scrollHeight * part
    }, jump / jumps)
    await page.evaluate('new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))')
  }
  await grid.getByText('049999', { exact: true }).waitFor()
  const tasks = await page.evaluate<number[]>('window.longTasks')
  const traced = readTasks(await browser.stopTracing())
  await browser.close()
  return {
    'tasks over 50 ms while scrolling': tasks.length,
    'longest of them, ms': Math.round(Math.max(0, ...tasks)),
    'tasks over 50 ms of processor time': traced.filter(ms => ms > 50).length,
    'longest task in processor time, ms': Math.round(Math.max(0, ...traced)),
  }
}

/** Processor time of each task of the trace, ms: on a shared computer the clock also counts what others did meanwhile. */
function readTasks(trace: Buffer): number[] {
  const { traceEvents } = JSON.parse(trace.toString()) as {
    traceEvents: { name: string; tdur?: number }[]
  }
  return traceEvents.flatMap(({ name, tdur }) =>
    (name === 'RunTask' || name === 'ThreadControllerImpl::RunTask') && tdur !== undefined
      ? [tdur / 1000]
      : [],
  )
}
