import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { insertDevice, newDevice } from '../gateway/store/devices.ts'
import { createStore } from '../gateway/store/index.ts'
import { insertManyPeople } from '../tests/support/many-people.ts'
import { productEnvironment, runCommand, spawnProduct } from '../tests/support/spawn-product.ts'
import { openBrowser, openShell } from './open-browser.ts'
import { percentile } from './percentile.ts'

const people = 1000
const runs = 5
const monthUrl = '/attendance/grid?from=2026-03-01&to=2026-03-31'

/** A month of a thousand people: until the first cells answer the keyboard, until all are there, and frames while scrolling. */
export async function monthGrid(): Promise<object> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'))
  const environment = productEnvironment(dataDir, { GATEHOUSE_SITE: 'empty', GATEHOUSE_ADOPT: 'ask' })
  const first = await spawnProduct(['start'], environment)
  const { password } = JSON.parse(
    (await runCommand(['user', 'add', '--name', 'bench', '--role', 'hr', '--json'], environment)).out,
  ) as { password: string }
  await first.end('SIGTERM')
  const store = await createStore({ file: join(dataDir, 'gateway.db') })
  const punches = await fill(store)
  await store.close()
  const running = await spawnProduct(['start'], environment)
  const browser = await openBrowser()
  const interactive: number[] = []
  const whole: number[] = []
  let frames: object = {}
  for (let run = 0; run < runs; run += 1) {
    const page = await openShell(browser, running.ready.dashboard ?? '', password)
    const measured = await open(page)
    interactive.push(measured.interactive)
    whole.push(measured.whole)
    if (run === runs - 1)
      frames = { 'a row a frame': await scroll(page, 40), 'three rows a frame': await scroll(page, 120) }
    await page.context().close()
  }
  await browser.close()
  await running.end('SIGTERM')
  rmSync(dataDir, { recursive: true, force: true })
  return {
    people,
    punches,
    'a cell takes the focus, ms (p50, worst)': [
      Math.round(percentile(interactive, 0.5)),
      Math.round(Math.max(...interactive)),
    ],
    'all people loaded, ms (p50)': Math.round(percentile(whole, 0.5)),
    scrolling: frames,
  }
}

async function fill(store: Awaited<ReturnType<typeof createStore>>): Promise<number> {
  await store.write(write =>
    insertDevice(
      write,
      newDevice('BENCH1', { state: 'adopted', zone: 'Asia/Kolkata', site: 'Main', now: 1 }),
    ),
  )
  return insertManyPeople(store, { sn: 'BENCH1', people, fromDay: '2026-03-01', days: 31 })
}

interface Opened {
  readonly interactive: number
  readonly whole: number
}

/** By the router, as a press on the tab would; the page's own clock measures from there. */
function open(page: Page): Promise<Opened> {
  return page.evaluate<Opened>(`new Promise(done => {
    const start = performance.now()
    history.pushState({}, '', ${JSON.stringify(monthUrl)})
    dispatchEvent(new PopStateEvent('popstate'))
    let interactive = 0
    const look = () => {
      const cell = document.querySelector('[role=gridcell][tabindex="0"]')
      if (interactive === 0 && cell) {
        cell.focus()
        if (document.activeElement === cell) interactive = performance.now() - start
      }
      // The shell has status regions of its own in the page.
      const said = [...document.querySelectorAll('main [role=status]')].map(each => each.textContent)
      const status = said.find(text => text.includes(' people')) ?? 'loading'
      if (interactive > 0 && /1,000/.test(status) && !status.includes('loading'))
        done({ interactive, whole: performance.now() - start })
      else requestAnimationFrame(look)
    }
    look()
  })`)
}

/** Lengths of frames while the grid is scrolled by so many pixels a frame; a row is 40. */
async function scroll(page: Page, pixels: number): Promise<object> {
  await page.evaluate("document.querySelector('[role=grid]').scrollTop = 0")
  await page.waitForTimeout(500)
  const lengths = await page.evaluate<number[]>(`new Promise(done => {
    const grid = document.querySelector('[role=grid]')
    const lengths = []
    let last = performance.now()
    const step = now => {
      lengths.push(now - last)
      last = now
      grid.scrollTop += ${pixels}
      if (lengths.length < 240) requestAnimationFrame(step)
      else done(lengths.slice(5))
    }
    requestAnimationFrame(step)
  })`)
  return {
    'frame, ms (p50)': Math.round(percentile(lengths, 0.5) * 10) / 10,
    'frame, ms (p95)': Math.round(percentile(lengths, 0.95) * 10) / 10,
    'frames over 34 ms': lengths.filter(length => length > 34).length,
    frames: lengths.length,
  }
}
