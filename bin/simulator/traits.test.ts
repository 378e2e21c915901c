import type { Agent } from 'undici'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decodeTime, encodeTime } from './encoded-time.ts'
import { chineseNames, encodeGbk } from './gbk.ts'
import { readOldReply } from './old-wire.ts'
import { readCommandsOfOld } from './poll-reply.ts'
import { simulatedTime } from './simulated-time.ts'
import { createTerminal, type Terminal, type TerminalDeps } from './terminal.ts'
import { createTerminalClock } from './terminal-clock.ts'
import { attlogLine, type TerminalIdentity, userRowOf } from './terminal-lines.ts'
import { type DevicePort, openDevicePort, until } from './test-device-port.ts'
import { type PersonalityName, traitsOf, wireFor } from './traits.ts'
import { connectionsTo } from './wire.ts'

const serial = 'SIM-TEST-02'
const identity: TerminalIdentity = {
  serial,
  model: 'F22',
  firmware: 'Ver 8.0.4.2-20230711',
  hasDoor: false,
  zone: 'Asia/Kolkata',
  clockOffsetSeconds: 0,
  mac: '00:00:5E:00:53:02',
  address: '192.0.2.2',
  newer: false,
}

let port: DevicePort
let agent: Agent
let stop: AbortController
let running: Promise<void>

beforeEach(async () => {
  port = await openDevicePort()
  agent = connectionsTo(2)
  stop = new AbortController()
  running = Promise.resolve()
})

afterEach(async () => {
  stop.abort()
  await running
  await agent.destroy()
  await port.close()
})

/** Switches a terminal on whose seconds pass in a millisecond. */
function switchOn(names: readonly PersonalityName[], more: Partial<TerminalDeps> = {}): Terminal {
  const traits = traitsOf(names)
  const person = { code: '7', firstName: chineseNames[0] ?? '', lastName: '', card: '97' }
  const terminal = createTerminal({
    identity,
    users: new Map([['7', userRowOf(person)]]),
    wire: wireFor(traits, { devicesUrl: port.url, agent, serial, signal: stop.signal }),
    time: simulatedTime({ speed: 1000 }),
    traits,
    log: () => {},
    ...more,
  })
  running = terminal.run(stop.signal)
  return terminal
}

const line = (second: number) => {
  const local = `2026-09-15 09:00:${String(second).padStart(2, '0')}`
  return attlogLine(identity, { code: '7', local, status: 0, verify: 1 })
}
const punchPosts = () => port.seen.filter(({ query }) => query.get('table') === 'ATTLOG')
const handshakes = () => port.seen.filter(({ query }) => query.get('options') === 'all')

describe('a terminal of old firmware', () => {
  it('says nothing of itself, and opens a connection for each request', async () => {
    const terminal = switchOn(['old-firmware'])
    terminal.punch('7', line(5))
    await until(() => terminal.waiting() === 0)
    expect([...(handshakes()[0]?.query.keys() ?? [])]).toEqual(['SN', 'options'])
    expect(port.seen.some(({ query }) => query.get('table') === 'options')).toBe(false)
    expect(new Set(port.seen.map(seen => seen.line))).toEqual(new Set(['1.0 close']))
    expect(punchPosts()[0]?.query.get('Stamp')).toBe(String(encodeTime('2026-09-15 09:00:05')))
  })

  it('asks with GET where an answer has no rows', async () => {
    switchOn(['old-firmware'])
    const id = port.command(
      serial,
      'DATA QUERY ATTLOG StartTime=2026-01-01 00:00:00\tEndTime=2026-01-02 00:00:00',
    )
    await until(() => port.result(id) !== undefined)
    expect(punchPosts().map(({ method, body }) => [method, body])).toEqual([['GET', '']])
  })

  it('sends again what is newer than the stamp of the next handshake', async () => {
    const terminal = switchOn(['old-firmware'])
    for (const second of [1, 2, 3]) terminal.punch('7', line(second))
    await until(() => terminal.waiting() === 0)
    const stamp = encodeTime('2026-09-15 09:00:01')
    port.answer(({ query }) =>
      query.get('options') === 'all' ? { status: 200, body: `ATTLOGStamp=${stamp}\n` } : undefined,
    )
    port.command(serial, 'CHECK')
    await until(() => punchPosts().length === 2)
    expect(punchPosts()[1]?.body).toBe(`${line(2)}\n${line(3)}\n`)
  })

  it('takes no reply that is not spelled as it knows it', () => {
    const read = (text: string) => readOldReply(Buffer.from(text))
    const date = 'Date: Tue, 15 Sep 2026 10:05:43 GMT'
    const good = `HTTP/1.1 200 OK\r\n${date}\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nOK`
    expect(read(good)).toEqual({ status: 200, body: 'OK', dateMs: Date.UTC(2026, 8, 15, 10, 5, 43) })
    for (const bad of [
      good.replace('Content-Length', 'content-length'),
      good.replace('Content-Type', 'content-type'),
      good.replace('Date:', 'date:'),
      good.replace('text/plain', 'application/json'),
      good.replace('HTTP/1.1', 'HTTP/2'),
      good.replace('200 OK', '200'),
      good.replace(date, `${date}\r\nX-Frame-Options: ${'x'.repeat(1100)}`),
      good.replace(date, `${date}${'\r\nX-Some: header'.repeat(150)}`),
      'HTTP/1.1 200 OK',
    ])
      expect(read(bad).status).toBe(0)
    expect(read(good.replace('200 OK', '201 Created')).status).toBe(201)
  })

  it('runs no command without an end, and knows OK only bare', () => {
    expect(readCommandsOfOld('OK')).toEqual([])
    expect(readCommandsOfOld('OK\n')).toBeUndefined()
    expect(readCommandsOfOld('C:1:INFO\nC:2:REBOOT')).toEqual([{ id: '1', text: 'INFO' }])
    expect(readCommandsOfOld('C:1:INFO\r\n')).toEqual([{ id: '1', text: 'INFO' }])
    expect(readCommandsOfOld('Welcome\n')).toBeUndefined()
  })
})

describe('a terminal', () => {
  it('with a taste of its own sends the same until it gets it', async () => {
    let times = 0
    port.answer(({ query }) => {
      if (query.get('table') !== 'ATTLOG') return undefined
      times += 1
      return { status: 200, body: times < 4 ? 'OK: 1' : 'OK' }
    })
    const terminal = switchOn(['bare-ok'], { time: simulatedTime({ speed: 1 }) })
    terminal.punch('7', line(1))
    await until(() => terminal.waiting() === 0)
    expect(punchPosts().map(({ body }) => body)).toEqual(Array.from({ length: 4 }, () => `${line(1)}\n`))
  })

  it('of Chinese language writes names in GBK, and what it does not know as a question mark', async () => {
    switchOn(['gbk-names'], { sendUsers: true })
    await until(() => port.seen.some(({ query }) => query.get('table') === 'OPERLOG'))
    const names = port.seen.find(({ query }) => query.get('table') === 'OPERLOG')
    expect(new TextDecoder('gbk', { fatal: true }).decode(names?.bytes)).toContain(
      `Name=${chineseNames[0]}\t`,
    )
    expect(handshakes()[0]?.query.get('language')).toBe('83')
    for (const name of chineseNames) expect(new TextDecoder('gbk').decode(encodeGbk(name))).toBe(name)
    expect(Buffer.from(encodeGbk('Zoë')).toString()).toBe('Zo?')
  })

  it('that repeats itself does so at once, later, and from the beginning', async () => {
    const terminal = switchOn(['duplicate-sender'])
    for (let second = 0; second < 40; second += 1) {
      terminal.punch('7', line(second))
      await until(() => terminal.waiting() === 0)
    }
    await until(() => punchPosts().some(({ query }) => query.get('Stamp') === '0'))
    const bodies = punchPosts().map(({ body }) => body)
    expect(bodies.length).toBeGreaterThan(45)
    expect(new Set(port.lines('ATTLOG')).size).toBe(40)
    for (const body of bodies) expect(bodies.filter(other => other === body).length).toBeLessThanOrEqual(3)
  })

  it('that forgets keeps what was punched in silence until it is asked', async () => {
    let silent = true
    const terminal = switchOn(['forgetful-sleeper'], { silentUntil: at => (silent ? at + 5 : undefined) })
    terminal.punch('7', line(1))
    expect(terminal.waiting()).toBe(0)
    silent = false
    await until(() => port.seen.some(({ path }) => path.endsWith('getrequest')))
    terminal.punch('7', line(2))
    await until(() => terminal.waiting() === 0)
    expect(port.lines('ATTLOG')).toEqual([line(2)])
    const id = port.command(
      serial,
      'DATA QUERY ATTLOG StartTime=2026-09-15 09:00:00\tEndTime=2026-09-15 09:01:00',
    )
    await until(() => port.result(id) !== undefined)
    expect(port.lines('ATTLOG')).toEqual([line(2), line(1), line(2)])
  })

  it('is set by SyncTime and DateTime where its clock gains', async () => {
    const date = Date.UTC(2026, 8, 15, 4, 30)
    const start = { ...identity, clockOffsetSeconds: 3600 }
    const began = performance.now()
    // Of the speed of life for the terminal, which a Date header may then set; its seconds are short all the same.
    const { wait } = simulatedTime({ speed: 1000 })
    const time = { speed: 1, now: () => Math.floor(date + (performance.now() - began) * 1000), wait }
    const asked = { status: 200, body: 'GET OPTION FROM: x\nDelay=1\nSyncTime=3600\n' }
    const terminal = switchOn(['drifting-clock'], { identity: start, time })
    const shown = () => terminal.localAt(date).slice(0, 16)
    expect(shown()).toBe('2026-09-15 11:00')
    await until(() => port.seen.some(({ path }) => path.endsWith('getrequest')))
    expect(shown()).toBe('2026-09-15 11:00')
    port.command(serial, `SET OPTIONS DateTime=${encodeTime('2026-09-15 10:20:30')}`)
    await until(() => /^2026-09-15 10:[12]/.test(shown()))
    port.answer(({ query }) => (query.get('options') === 'all' ? asked : undefined))
    port.command(serial, 'CHECK')
    await until(() => handshakes().length === 2)
    // The Date header of this computer is what SyncTime means.
    await until(() => shown().slice(0, 10) === new Date(Date.now() + 19_800_000).toISOString().slice(0, 10))
  })
})

describe('a clock', () => {
  it('gains by the day from when it was set, in its own zone', () => {
    const at = Date.UTC(2026, 8, 15)
    const clock = createTerminalClock({ zone: 'Asia/Kathmandu', aheadMs: 5000, gainsPerDay: 40, atMs: at })
    expect(clock.localAt(at)).toBe('2026-09-15 05:45:05')
    expect(clock.localAt(at + 2 * 86_400_000)).toBe('2026-09-17 05:46:25')
    clock.followDate(at + 2 * 86_400_000, at + 2 * 86_400_000)
    expect(clock.localAt(at + 3 * 86_400_000)).toBe('2026-09-18 05:45:40')
    clock.setTo('2026-09-18 05:45:00', at + 3 * 86_400_000)
    expect(clock.localAt(at + 3 * 86_400_000)).toBe('2026-09-18 05:45:00')
    expect(encodeTime('2026-09-15 15:35:43')).toBe(858353743)
    expect(decodeTime(858353743)).toBe('2026-09-15 15:35:43')
    expect(decodeTime(838339200)).toBe('2026-02-01 00:00:00')
  })
})
