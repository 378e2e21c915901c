import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runSimulatedSite, type SimulatedSiteOptions } from './run-site.ts'
import { simulatedSite } from './site.ts'
import { type DevicePort, openDevicePort, until } from './test-device-port.ts'

// A Wednesday, 10:00 in Pune and 05:30 in Lisbon.
const present = Date.UTC(2026, 8, 16, 4, 30)

let port: DevicePort
let stop: AbortController
let running: Promise<void>
let progress: { sent: number; total: number }[]
let logged: string[]

beforeEach(async () => {
  port = await openDevicePort()
  stop = new AbortController()
  running = Promise.resolve()
  progress = []
  logged = []
})

afterEach(async () => {
  stop.abort()
  await running
  await port.close()
})

function start(more: Partial<SimulatedSiteOptions> = {}): void {
  const began = performance.now()
  running = runSimulatedSite({
    devicesUrl: port.url,
    days: 3,
    signal: stop.signal,
    log: line => logged.push(line),
    onProgress: step => progress.push(step),
    now: () => present + performance.now() - began,
    ...more,
  })
}

/** Every punch the port has acknowledged, however often it came and in whatever flavour. */
const punches = () =>
  new Set([...port.lines('ATTLOG'), ...port.lines('rtlog').filter(line => line.includes('\tevent=0\t'))])
const before = (lines: ReadonlySet<string>) => [...lines].filter(line => !line.includes('2026-09-16')).sort()
const finished = () => progress.some(({ sent, total }) => sent === total)

describe('the simulated site', () => {
  it('seeds every terminal with names and history, each line once', async () => {
    start()
    await until(finished, 15_000)
    const terminals = simulatedSite().sites.flatMap(site => site.terminals)
    expect(new Set(port.seen.map(({ serial }) => serial))).toEqual(
      new Set(terminals.map(({ serial }) => serial)),
    )
    const { total } = progress.at(-1) ?? { total: 0 }
    expect(total).toBeGreaterThan(1500)
    // Life goes on behind the last line of history, a punch or two in these seconds.
    expect(punches().size).toBeGreaterThanOrEqual(total)
    expect(punches().size).toBeLessThan(total + 10)
    expect(port.lines('OPERLOG', 'SIM-LIS-01').filter(row => row.startsWith('USER '))).toHaveLength(70)
    const sent = progress.map(step => step.sent)
    expect(sent).toEqual([...sent].sort((one, other) => one - other))
    const times = port.lines('ATTLOG', 'SIM-PUN-01').map(line => line.split('\t')[1] ?? '')
    expect(times[0]?.slice(0, 10)).toBe('2026-09-13')
    expect(times.at(-1) ?? '').toMatch(/^2026-09-16 09/)
  }, 20_000)

  it('tells the same history to the next server', async () => {
    start()
    await until(finished, 15_000)
    stop.abort()
    await running
    const first = before(punches())
    await port.close()
    port = await openDevicePort()
    stop = new AbortController()
    progress = []
    start()
    await until(finished, 15_000)
    expect(before(punches())).toEqual(first)
    expect(first.length).toBeGreaterThan(1000)
  }, 20_000)

  it('has personalities that settle: names in GBK, a taste that is found out, four doors that are stated', async () => {
    start()
    await until(finished, 15_000)
    await until(() => port.lines('rtstate', 'SIM-PUN-05').length > 0)
    expect(port.lines('rtstate', 'SIM-PUN-05')[0]).toContain('sensor=55\t')
    expect(port.lines('rtlog', 'SIM-PUN-05').length).toBeGreaterThan(100)
    const names = port.seen.find(
      ({ serial, query, body }) =>
        serial === 'SIM-PUN-07' && query.get('table') === 'OPERLOG' && body.includes('USER '),
    )
    expect(new TextDecoder('gbk').decode(names?.bytes)).toContain('\tName=张伟\t')
    const posts = port.seen.filter(
      ({ serial, query }) => serial === 'SIM-PUN-06' && query.get('table') === 'ATTLOG',
    )
    expect(posts.filter(({ body }) => body === posts[0]?.body)).toHaveLength(3)
    const old = port.seen.filter(({ serial }) => serial === 'SIM-PUN-03')
    expect(new Set(old.map(({ line }) => line))).toEqual(new Set(['1.0 close']))
  }, 20_000)

  it('fills the gap since the last run and no more, without names', async () => {
    start({ historyFrom: present - 3_600_000, seed: false })
    await until(finished, 15_000)
    const lines = port.lines('ATTLOG')
    expect(lines.length).toBeGreaterThan(10)
    expect(lines.every(line => (line.split('\t')[1] ?? '') >= '2026-09-16 04:10')).toBe(true)
    expect(port.lines('OPERLOG').filter(row => row.startsWith('USER '))).toEqual([])
  }, 20_000)

  it('sends no history when not asked to, yet has it when queried', async () => {
    start({ seed: false })
    const id = port.command(
      'SIM-PUN-01',
      'DATA QUERY ATTLOG StartTime=2026-09-15 00:00:00\tEndTime=2026-09-15 23:59:59',
    )
    await until(() => port.result(id) !== undefined)
    expect(progress).toEqual([{ sent: 0, total: 0 }])
    expect(port.lines('ATTLOG').length).toBeGreaterThan(50)
    expect(port.lines('ATTLOG').every(line => line.includes('\t2026-09-15 '))).toBe(true)
  }, 20_000)

  it('then lives: punches arrive when they are due, and the flaky gate comes back with a batch', async () => {
    const speed = 3600
    start({ seed: false, speed, now: () => present + performance.now() })
    await until(() => port.lines('ATTLOG').length > 100, 15_000)
    await until(() => logged.some(line => /^SIM-PUN-03 is back with \d+ punches$/.test(line)), 15_000)
    const [first] = port
      .lines('ATTLOG')
      .map(line => line.split('\t')[1] ?? '')
      .sort()
    expect(first ?? '').toMatch(/^2026-09-16/)
    expect(logged).toContain(`simulated site: live at ${speed} times real speed`)
  }, 30_000)

  it('waits for a server that is not there yet, and ends at once when aborted', async () => {
    const { url } = port
    await port.close()
    start({ devicesUrl: url, speed: 1000, now: Date.now })
    await until(() => logged.filter(line => line.includes('cannot reach the device port')).length === 12)
    const began = performance.now()
    stop.abort()
    await running
    expect(performance.now() - began).toBeLessThan(500)
    port = await openDevicePort()
  })
})
