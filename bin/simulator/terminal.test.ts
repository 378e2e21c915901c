import type { Agent } from 'undici'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { simulatedTime } from './simulated-time.ts'
import { createTerminal, type Terminal, type TerminalDeps } from './terminal.ts'
import { attlogLine, type TerminalIdentity, userRowOf } from './terminal-lines.ts'
import { type DevicePort, openDevicePort, until } from './test-device-port.ts'
import { connectionsTo, wireOf } from './wire.ts'

const serial = 'SIM-TEST-01'
const identity: TerminalIdentity = {
  serial,
  model: 'SpeedFace-V5L',
  firmware: 'ZAM180-NF-Ver1.1.17',
  hasDoor: true,
  zone: 'Asia/Kolkata',
  clockOffsetSeconds: 0,
  mac: '00:00:5E:00:53:01',
  address: '192.0.2.1',
  newer: false,
}
const people = ['1001', '00302'].map(code => ({
  code,
  firstName: 'Inês',
  lastName: `Of ${code}`,
  card: `9${code}`,
}))

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

/** Switches a terminal on; its seconds pass in a millisecond. */
function switchOn(more: Partial<TerminalDeps> = {}): Terminal {
  const terminal = createTerminal({
    identity,
    users: new Map(people.map(person => [person.code, userRowOf(person)])),
    wire: wireOf({ devicesUrl: `${port.url}/`, agent, serial, signal: stop.signal }),
    time: simulatedTime({ speed: 1000 }),
    log: () => {},
    ...more,
  })
  running = terminal.run(stop.signal)
  return terminal
}

const line = (second: number, code = '1001') =>
  attlogLine(identity, {
    code,
    local: `2026-09-15 09:00:${String(second).padStart(2, '0')}`,
    status: 0,
    verify: 15,
  })

describe('a terminal', () => {
  it('shakes hands, states its options and names, and introduces itself at the first poll', async () => {
    switchOn({ sendUsers: true })
    await until(() => port.seen.filter(({ path }) => path === '/iclock/getrequest').length >= 2)
    const [hello, options, names, poll, nextPoll] = port.seen
    expect(hello?.query.get('options')).toBe('all')
    expect(hello?.serial).toBe(serial)
    expect(options?.query.get('table')).toBe('options')
    expect(options?.body).toContain('~DeviceName=SpeedFace-V5L,')
    expect(options?.body).toContain('LockFunOn=1')
    expect(names?.body).toContain('USER PIN=00302\tName=Inês Of 00302\tPri=0\t')
    expect(poll?.query.get('INFO')).toMatch(/^ZAM180-NF-Ver1.1.17,2,/)
    expect(nextPoll?.query.has('INFO')).toBe(false)
  })

  it('uploads a live punch as one line at once', async () => {
    const terminal = switchOn()
    await until(() => port.seen.some(({ path }) => path === '/iclock/getrequest'))
    terminal.punch('1001', line(1))
    await until(() => port.lines('ATTLOG').length === 1)
    expect(port.lines('ATTLOG')).toEqual(['1001\t2026-09-15 09:00:01\t0\t15\t0\t0\t0'])
    await until(() => terminal.waiting() === 0)
  })

  it('keeps punches through refusals, odd replies and broken lines, and repeats the same batch', async () => {
    const answers = [
      { status: 503, body: 'OK' },
      { status: 200, body: 'later' },
      'hang up',
      { status: 201, body: 'OK' },
    ] as const
    let refused = 0
    port.answer(({ query }) => (query.get('table') === 'ATTLOG' ? answers[refused++] : undefined))
    const terminal = switchOn()
    terminal.punch('1001', line(1))
    terminal.punch('00302', line(2, '00302'))
    await until(() => refused > 0)
    terminal.punch('1001', line(3))
    await until(() => terminal.waiting() === 0)
    const posts = port.seen.filter(({ query }) => query.get('table') === 'ATTLOG')
    expect(posts).toHaveLength(6)
    expect(new Set(posts.slice(0, 5).map(({ body }) => body))).toEqual(
      new Set([`${line(1)}\n${line(2, '00302')}\n`]),
    )
    expect(port.lines('ATTLOG')).toEqual([line(1), line(2, '00302'), line(3)])
  })

  it('uploads history in batches of the size asked for', async () => {
    const lines = Array.from({ length: 25 }, (_, second) => line(second))
    const terminal = switchOn({ batchLines: 10 })
    terminal.load(lines, true)
    await until(() => terminal.waiting() === 0)
    expect(port.lines('ATTLOG')).toEqual(lines)
    expect(port.seen.filter(({ query }) => query.get('table') === 'ATTLOG')).toHaveLength(3)
  })

  it('shakes hands again when the server has forgotten it', async () => {
    let forgotten = false
    port.answer(({ path }) => {
      if (path !== '/iclock/getrequest' || forgotten) return undefined
      forgotten = true
      return { status: 200, body: 'UNKNOWN DEVICE' }
    })
    switchOn()
    await until(() => port.seen.filter(({ query }) => query.get('options') === 'all').length === 2)
  })

  it('answers a door command, then reports the door open and closed', async () => {
    switchOn()
    const id = port.command(serial, 'AC_UNLOCK')
    await until(() => port.lines('OPERLOG').length === 2)
    expect(port.result(id)).toBe(`ID=${id}&Return=0&CMD=AC_UNLOCK\n`)
    const [open, closed] = port.lines('OPERLOG').map(row => row.split('\t'))
    expect(open?.[0]).toBe('OPLOG 3')
    expect(open?.[3]).toBe('51')
    expect(closed?.[3]).toBe('50')
    const heldMs = Date.parse(`${closed?.[2]}Z`) - Date.parse(`${open?.[2]}Z`)
    expect(heldMs).toBeGreaterThanOrEqual(3000)
    expect(heldMs).toBeLessThanOrEqual(7000)
    const result = port.seen.findIndex(({ path }) => path.endsWith('devicecmd'))
    expect(port.seen.findIndex(({ body }) => body.startsWith('OPLOG 3'))).toBeGreaterThan(result)
  })

  it('refuses a door command when it has no door', async () => {
    switchOn({ identity: { ...identity, hasDoor: false } })
    const id = port.command(serial, 'AC_UNLOCK')
    await until(() => port.result(id) !== undefined)
    expect(port.result(id)).toContain('Return=-1002')
  })

  it('restarts on command: answers, is silent for a while, shakes hands again', async () => {
    const restarts: string[] = []
    const time = simulatedTime({ speed: 100 })
    switchOn({ time, log: text => restarts.push(text) })
    const id = port.command(serial, 'REBOOT')
    await until(() => port.result(id) !== undefined)
    const answeredAt = time.now()
    await until(() => port.seen.filter(({ query }) => query.get('options') === 'all').length === 2)
    expect(time.now() - answeredAt).toBeGreaterThan(6000)
    expect(restarts).toEqual([`${serial} restarts`])
    await until(() => port.lines('OPERLOG').some(row => row.startsWith('OPLOG 0\t')))
  })

  it('hands out what it is asked for and keeps the people it is told about', async () => {
    const terminal = switchOn()
    terminal.load([line(1), line(2), line(3)], false)
    const range = port.command(
      serial,
      'DATA QUERY ATTLOG StartTime=2026-09-15 09:00:02\tEndTime=2026-09-15T09:00:03',
    )
    const added = port.command(serial, 'DATA UPDATE USERINFO PIN=0077\tName=Rui=1\tCard=5')
    const gone = port.command(serial, 'DATA DELETE USERINFO PIN=1001')
    const unknown = port.command(serial, 'DATA DELETE USERINFO PIN=1001')
    const users = port.command(serial, 'DATA QUERY USERINFO')
    const info = port.command(serial, 'INFO')
    const option = port.command(serial, 'GET OPTION FROM FWVersion')
    const odd = port.command(serial, 'SELF DESTRUCT')
    await until(() => port.result(odd) !== undefined)
    expect(port.lines('ATTLOG')).toEqual([line(2), line(3)])
    expect(port.lines('OPERLOG').map(row => row.split('\t')[0])).toEqual(['USER PIN=00302', 'USER PIN=0077'])
    expect([range, added, gone, users].map(id => port.result(id))).toEqual(
      [range, added, gone, users].map(id => `ID=${id}&Return=0&CMD=DATA\n`),
    )
    expect(port.result(unknown)).toContain('Return=-10&')
    expect(port.result(info)).toMatch(/^ID=\d+&Return=0&CMD=INFO\n~DeviceName=SpeedFace-V5L\n/)
    expect(port.result(option)).toContain('\nFWVersion=ZAM180-NF-Ver1.1.17\n')
    expect(port.result(odd)).toContain('Return=-1002&CMD=SELF')

    terminal.punch('1001', line(9))
    await until(() => port.lines('OPERLOG').some(row => row.startsWith('OPLOG 2\t')))
    expect(port.lines('ATTLOG')).not.toContain(line(9))
  })

  it('says nothing while it is off the network and comes back with what it kept', async () => {
    let silent = true
    const time = simulatedTime({ speed: 1000 })
    const terminal = switchOn({ time, silentUntil: at => (silent ? at + 5 : undefined) })
    terminal.punch('1001', line(1))
    terminal.punch('1001', line(2))
    const quietFrom = time.now()
    await until(() => time.now() > quietFrom + 20_000)
    expect(port.seen).toEqual([])
    silent = false
    await until(() => terminal.waiting() === 0)
    expect(port.seen.find(({ query }) => query.get('table') === 'ATTLOG')?.body).toBe(
      `${line(1)}\n${line(2)}\n`,
    )
  })

  it('ends at once when aborted, even in the middle of a request, and leaves no line open', async () => {
    const terminal = switchOn({ time: simulatedTime() })
    await until(() => port.seen.some(({ path }) => path === '/iclock/getrequest'))
    const began = performance.now()
    stop.abort()
    await running
    expect(performance.now() - began).toBeLessThan(500)
    const heard = port.seen.length
    terminal.punch('1001', line(1))
    await agent.destroy()
    await until(() => port.openSockets() === 0)
    expect(port.seen).toHaveLength(heard)
  })
})
