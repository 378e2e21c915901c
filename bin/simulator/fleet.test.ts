import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FleetOptions, type FleetSummary, runFleet } from './fleet.ts'
import { personalityList, readPersonality } from './fleet-personality.ts'
import { arrivalAt, punchesPerMinute } from './fleet-profile.ts'
import { randomFor } from './random.ts'
import { type DevicePort, openDevicePort, until } from './test-device-port.ts'

let port: DevicePort
let stop: AbortController
let logged: string[]
let running: Promise<FleetSummary>

beforeEach(async () => {
  port = await openDevicePort()
  stop = new AbortController()
  logged = []
})

afterEach(async () => {
  stop.abort()
  await running
  await port.close()
})

function start(more: Partial<FleetOptions>): void {
  running = runFleet({
    devicesUrl: port.url,
    devices: 3,
    profile: 'storm',
    signal: stop.signal,
    log: line => logged.push(line),
    ...more,
  })
}

describe('a fleet', () => {
  it('in a storm posts as fast as replies come, singly and in bursts, and never the same line twice', async () => {
    start({ profile: 'storm' })
    await until(() => port.lines('ATTLOG').length > 3000, 15_000)
    stop.abort()
    const summary = await running
    const lines = port.seen.flatMap(({ serial, body }) => body.split('\n').map(line => `${serial} ${line}`))
    const punches = lines.filter(line => line.includes('\t'))
    expect(new Set(punches).size).toBe(punches.length)
    expect(new Set(port.seen.map(({ serial }) => serial)).size).toBe(3)
    const sizes = new Set(
      port.seen.filter(({ body }) => body.includes('\t')).map(({ body }) => body.split('\n').length - 1),
    )
    expect([...sizes].sort((one, other) => one - other)).toEqual([1, 50])
    // What was under way when it stopped has been received and not yet acknowledged: one burst a terminal at most.
    expect(summary.acknowledged).toBeGreaterThanOrEqual(3000 - 3 * 50)
    expect(summary.sent).toBeGreaterThanOrEqual(summary.acknowledged)
    expect(summary.retried).toBe(0)
    expect(summary.p95Ms).toBeGreaterThanOrEqual(summary.p50Ms)
    expect(logged.at(-1)).toMatch(
      /^fleet: \d+ sent, \d+ acknowledged, 0 retried, p50 [\d.]+ ms, p95 [\d.]+ ms$/,
    )
  }, 20_000)

  it('in a storm repeats what was refused, unchanged', async () => {
    let refused = 0
    port.answer(({ query }) =>
      query.get('table') === 'ATTLOG' && refused++ < 2 ? { status: 503, body: 'busy' } : undefined,
    )
    start({ devices: 1 })
    await until(() => port.lines('ATTLOG').length > 5)
    stop.abort()
    expect((await running).retried).toBe(2)
    const posts = port.seen.filter(({ query }) => query.get('table') === 'ATTLOG')
    expect(new Set(posts.slice(0, 3).map(({ body }) => body)).size).toBe(1)
  })

  it('at turnstiles lets many people through, on the clock the server gave', async () => {
    start({
      profile: 'turnstile',
      speed: 600,
      zone: 'Europe/Lisbon',
      now: () => Date.UTC(2026, 8, 16, 3, 30) + performance.now(),
    })
    await until(() => port.lines('ATTLOG').length > 100)
    expect(port.lines('OPERLOG').filter(row => row.startsWith('USER PIN='))).toHaveLength(120)
    // TimeZone=330 in the handshake; 03:30 UTC is 09:00 there.
    expect(port.lines('ATTLOG')[0]?.split('\t')[1]).toMatch(/^2026-09-16 09:/)
  })
})

describe('a fleet with a personality', () => {
  it('of controllers registers, and people go through its doors', async () => {
    start({ profile: 'turnstile', speed: 600, personality: { kind: 'controllers' } })
    await until(() => port.lines('rtlog').filter(line => line.includes('\tevent=0\t')).length > 50)
    expect(port.seen.filter(({ path }) => path.endsWith('registry'))).toHaveLength(3)
    expect(port.lines('tabledata').filter(line => line.startsWith('user '))).toHaveLength(120)
    const events = new Set(port.lines('rtlog').map(line => /\tevent=(\d+)/.exec(line)?.[1]))
    for (const event of ['0', '200', '201']) expect(events).toContain(event)
    stop.abort()
    const { sent, acknowledged } = await running
    expect(sent).toBeGreaterThan(0)
    expect(acknowledged).toBeGreaterThan(0)
  })

  it('may have several at once', async () => {
    const personality = readPersonality('old-firmware, gbk-names')
    if ('unknown' in personality) throw new Error(personality.unknown)
    start({ profile: 'turnstile', speed: 600, devices: 1, personality })
    await until(() => port.lines('ATTLOG').length > 10)
    expect(port.seen[0]?.line).toBe('1.0 close')
    const names = port.seen.find(({ body }) => body.startsWith('USER '))
    expect(new TextDecoder('gbk', { fatal: true }).decode(names?.bytes)).toContain('Name=张伟')
  })

  it('is one that is known, and a controller is nothing else besides', () => {
    expect(readPersonality('door-controller')).toEqual({ kind: 'controllers' })
    expect(readPersonality('sleeper,grumpy')).toEqual({ unknown: 'grumpy' })
    expect(readPersonality('sleeper,door-controller')).toEqual({ unknown: 'door-controller' })
    expect(personalityList()).toHaveLength(10)
  })
})

describe('a profile', () => {
  it('has its peaks where people come and go', () => {
    const busiest = (profile: 'office' | 'night') =>
      Array.from({ length: 1440 }, (_, minute) => minute).reduce((best, minute) =>
        punchesPerMinute(profile, minute) > punchesPerMinute(profile, best) ? minute : best,
      )
    expect(Math.floor(busiest('office') / 60)).toBe(8)
    expect(Math.floor(busiest('night') / 60)).toBe(21)
    const random = randomFor('test')
    const ins = (profile: 'office' | 'night', minute: number) =>
      Array.from({ length: 200 }, () => arrivalAt(profile, minute, random)).filter(
        ({ status }) => status === 0,
      ).length
    expect(ins('office', 535)).toBeGreaterThan(180)
    expect(ins('office', 1085)).toBeLessThan(20)
    expect(ins('night', 1310)).toBeGreaterThan(180)
    expect(ins('night', 365)).toBeLessThan(20)
  })
})
