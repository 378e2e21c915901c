import { mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { insertDevice, newDevice } from '../gateway/store/devices.ts'
import { createStore } from '../gateway/store/index.ts'
import { productEnvironment, runCommand, spawnProduct } from '../tests/support/spawn-product.ts'
import { send } from './ingest/load.ts'
import { openBrowser, openShell } from './open-browser.ts'
import { percentile } from './percentile.ts'

const terminals = 2000
const everyMs = 10_000
const runs = 5
const watchMs = 20_000

/**
 * The list of 2,000 terminals that all ask every ten seconds, in the browser of somebody of IT: until a row can be
 * opened, and every task over 50 ms while the list is left open and its terminals go on talking. Needs `npm run build`.
 */
export async function fleetPage(): Promise<object> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'))
  const environment = productEnvironment(dataDir, { GATEHOUSE_SITE: 'empty', GATEHOUSE_ADOPT: 'ask' })
  const first = await spawnProduct(['start'], environment)
  const { password } = JSON.parse(
    (await runCommand(['user', 'add', '--name', 'bench', '--role', 'it', '--json'], environment)).out,
  ) as { password: string }
  await first.end('SIGTERM')
  await fill(dataDir)
  const running = await spawnProduct(['start'], environment)
  const stop = new AbortController()
  const talking = talk(running.ready.devices ?? '', stop.signal)
  const browser = await openBrowser()
  const usable: number[] = []
  let watched: object = {}
  for (let run = 0; run < runs; run += 1) {
    const page = await openShell(browser, running.ready.dashboard ?? '', password)
    usable.push(await open(page))
    if (run === runs - 1) watched = await watch(page)
    await page.context().close()
  }
  await browser.close()
  stop.abort()
  await talking
  await running.end('SIGTERM')
  rmSync(dataDir, { recursive: true, force: true })
  return {
    terminals,
    'a row can be opened, ms (p50, worst)': [
      Math.round(percentile(usable, 0.5)),
      Math.round(Math.max(...usable)),
    ],
    ...watched,
  }
}

async function fill(dataDir: string): Promise<void> {
  const store = await createStore({ file: join(dataDir, 'gateway.db') })
  const now = Date.now()
  await store.write(async write => {
    for (let at = 0; at < terminals; at += 1) {
      const site = `Site ${at % 40}`
      const device = newDevice(`FLEET${at}`, { state: 'adopted', zone: 'Asia/Kolkata', site, now })
      await insertDevice(write, { ...device, label: `Gate ${at}` })
    }
  })
  await store.close()
}

/** Everybody asks in turn, and every tenth has a punch to tell. */
async function talk(devices: string, signal: AbortSignal): Promise<void> {
  const { hostname, port } = new URL(devices)
  const agent = new Agent({ keepAlive: false })
  const one = async (at: number) => {
    await delay((everyMs * at) / terminals, undefined, { signal }).catch(() => undefined)
    for (let turn = 0; !signal.aborted; turn += 1) {
      const path = `/iclock/getrequest?SN=FLEET${at}`
      await send({ agent, hostname, port, method: 'GET', path }, '')
      if ((at + turn) % 10 === 0) {
        const time = new Date(Date.now() + 19_800_000).toISOString().slice(0, 19).replace('T', ' ')
        const table = `/iclock/cdata?SN=FLEET${at}&table=ATTLOG&Stamp=9999`
        await send(
          { agent, hostname, port, method: 'POST', path: table },
          `${1000 + at}\t${time}\t0\t1\t0\t0\n`,
        )
      }
      await delay(everyMs, undefined, { signal }).catch(() => undefined)
    }
  }
  await Promise.all(Array.from({ length: terminals }, (_, at) => one(at)))
  agent.destroy()
}

/** By the router, as a press on the tab would; the page's own clock measures from there. */
function open(page: Page): Promise<number> {
  return page.evaluate<number>(`new Promise(done => {
    const start = performance.now()
    history.pushState({}, '', '/devices')
    dispatchEvent(new PopStateEvent('popstate'))
    const look = () => {
      if (document.querySelector('main a[href^="/devices/FLEET"]')) done(performance.now() - start)
      else requestAnimationFrame(look)
    }
    look()
  })`)
}

async function watch(page: Page): Promise<object> {
  const tasks = await page.evaluate<number[]>(`new Promise(done => {
    const tasks = []
    new PerformanceObserver(list => list.getEntries().forEach(({ duration }) => tasks.push(duration)))
      .observe({ type: 'longtask' })
    setTimeout(() => done(tasks), ${watchMs})
  })`)
  return {
    'seconds watched': watchMs / 1000,
    'tasks over 50 ms': tasks.length,
    'longest, ms': Math.round(Math.max(0, ...tasks)),
  }
}
