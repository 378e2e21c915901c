import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertDevice, newDevice } from '../../gateway/store/devices.ts'
import { createFakeController } from '../support/fake-controller.ts'
import { createFakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'

const minute = 60_000
const clock = createTestClock(Date.parse('2026-03-02T06:30:00Z'))
let running: TestGateway
beforeAll(async () => {
  running = await startGateway({ clock, timeZone: 'Asia/Kolkata' })
})
afterAll(() => running.stop())

const client = () => running.client()
const incidents = async (DeviceSN: string) =>
  (await client().call('devices.incidents', { DeviceSN })).body.Incidents
const punches = async (DeviceSN: string) =>
  (
    await client().call('attendance.byDevice', {
      DeviceSN,
      FromDate: '2026-03-01',
      ToDate: '2026-03-03',
    })
  ).body.Attendance.map(({ EmployeeCode }) => EmployeeCode)
const line = (pin: string) => `${pin}\t2026-03-02 12:00:00\t0\t1\n`

/** A request from another address of this computer. */
function from(localAddress: string, method: string, path: string, body = ''): Promise<[number, string]> {
  const { hostname, port } = new URL(running.devicesUrl)
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, method, path, localAddress }, incoming => {
      let text = ''
      incoming.on('data', chunk => {
        text += String(chunk)
      })
      incoming.on('end', () => resolve([incoming.statusCode ?? 0, text]))
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

describe('a communication key', () => {
  const upload = (address: string, pin: string, more = '') =>
    from(address, 'POST', `/iclock/cdata?SN=KEYED1&table=ATTLOG&Stamp=9999${more}`, line(pin))

  it('is asked for once it is set: what comes without it is held, and nothing of the terminal is given away', async () => {
    const device = createFakeDevice(running.devicesUrl, 'KEYED1')
    await device.handshake()
    await client().call('devices.setKey', { DeviceSN: 'KEYED1', Key: '24682468' })
    await client().call('devices.ping', { DeviceSN: 'KEYED1' })
    expect(await upload('127.0.0.2', '1')).toEqual([200, 'OK: 1'])
    expect(await from('127.0.0.2', 'GET', '/iclock/getrequest?SN=KEYED1')).toEqual([200, 'OK'])
    expect(await punches('KEYED1')).toEqual([])
    expect(await incidents('KEYED1')).toEqual([
      expect.objectContaining({
        Kind: 'WrongKey',
        Detail: 'A request from 127.0.0.2 showed no key; what it sends is held',
      }),
    ])
  })

  it('shown at the handshake speaks for the address it came from, and for no other', async () => {
    await from('127.0.0.2', 'GET', '/iclock/cdata?SN=KEYED1&options=all&pushcommkey=24682468')
    expect(await upload('127.0.0.2', '2')).toEqual([200, 'OK: 1'])
    expect((await from('127.0.0.2', 'GET', '/iclock/getrequest?SN=KEYED1'))[1]).toMatch(/^C:\d+:INFO\n$/)
    expect(await upload('127.0.0.9', '3')).toEqual([200, 'OK: 1'])
    expect(await upload('127.0.0.9', '4', '&ComKey=00000000')).toEqual([200, 'OK: 1'])
    expect(await punches('KEYED1')).toEqual(['2'])
  })

  it('may come with every request, from wherever', async () => {
    expect(await upload('127.0.0.10', '5', '&ComKey=24682468')).toEqual([200, 'OK: 1'])
    expect(await punches('KEYED1')).toEqual(['2', '5'])
  })

  it('shown through a proxy on this computer speaks for nobody behind it', async () => {
    const device = createFakeDevice(running.devicesUrl, 'KEYED1')
    await device.handshake('&pushcommkey=24682468')
    expect(await upload('127.0.0.1', '9')).toEqual([200, 'OK: 1'])
    expect(await punches('KEYED1')).toEqual(['2', '5'])
    await from('127.0.0.2', 'GET', '/iclock/cdata?SN=KEYED1&options=all&pushcommkey=24682468')
  })

  it('keeps what was held until somebody takes it in or throws it away', async () => {
    clock.advance(minute)
    expect(await punches('KEYED1')).toEqual(['2', '5'])
    const renamed = await client().call('devices.adopt', { DeviceSN: 'KEYED1', LabelName: 'Gate' })
    expect(renamed.body.TakenIn).toBe(0)
    const { body } = await client().call('devices.adopt', { DeviceSN: 'KEYED1', TakeHeld: true })
    expect(body.TakenIn).toBe(4)
    expect((await punches('KEYED1')).sort()).toEqual(['1', '2', '3', '4', '5', '9'])
    await upload('127.0.0.9', '10')
    const discarded = await client().call('devices.discardHeld', { DeviceSN: 'KEYED1' })
    expect(discarded.body.Discarded).toBe(1)
  })

  it('is not found out by trying: after ten wrong ones the right one is not looked at for a while', async () => {
    await createFakeDevice(running.devicesUrl, 'KEYED3').handshake()
    await client().call('devices.setKey', { DeviceSN: 'KEYED3', Key: '00000011' })
    const guess = (key: number) =>
      from(
        '127.0.0.66',
        'POST',
        `/iclock/cdata?SN=KEYED3&table=ATTLOG&ComKey=${String(key).padStart(8, '0')}`,
        line(String(key)),
      )
    for (let key = 1; key <= 11; key += 1) await guess(key)
    expect(await punches('KEYED3')).toEqual([])
    const own = '/iclock/cdata?SN=KEYED3&table=ATTLOG&ComKey=00000011'
    await from('127.0.0.67', 'POST', own, line('1'))
    expect(await punches('KEYED3')).toEqual(['1'])
    clock.advance(11 * minute)
    await guess(11)
    expect(await punches('KEYED3')).toEqual(['1', '11'])
  })

  it('is shown by an access terminal when it registers', async () => {
    const controller = createFakeController(running.devicesUrl, 'KEYED2')
    await controller.start()
    await client().call('devices.setKey', { DeviceSN: 'KEYED2', Key: 'gate-7' })
    const call = (method: string, path: string, body = '') =>
      from('127.0.0.21', method, `/iclock/${path}`, body)
    const row = 'time=2026-03-02 12:00:00\tsensor=55\trelay=00\talarm=0000000000000000\n'
    const state = () => call('POST', 'cdata?SN=KEYED2&table=rtstate', row)
    const registry = (key: string) =>
      call('POST', 'registry?SN=KEYED2', `DeviceType=acc,LockCount=4,authKey=${key}`)
    const seen = async () =>
      (await client().call('doors.status', { DeviceSN: 'KEYED2' })).body.Doors[0]?.SeenAt ?? null
    await state()
    expect(await seen()).toBeNull()
    expect(await call('GET', 'cdata?SN=KEYED2&options=all&DeviceType=acc')).toEqual([200, 'OK'])
    expect(await registry('gate-8')).toEqual([406, 'REFUSED'])
    await state()
    expect(await seen()).toBeNull()
    expect((await registry('gate-7'))[1]).toMatch(/^RegistryCode=/)
    await state()
    expect(await seen()).not.toBeNull()
  })

  it('is nowhere in the store, in clear or in what was held', async () => {
    await upload('127.0.0.11', '6', '&ComKey=13571357')
    const held = await running.store.read
      .selectFrom('held_upload')
      .select('raw_url')
      .where('sn', '=', 'KEYED1')
      .execute()
    expect(held.map(({ raw_url }) => raw_url)).toEqual([
      '/iclock/cdata?SN=KEYED1&table=ATTLOG&Stamp=9999&ComKey=***',
    ])
    const [key] = await running.store.read.selectFrom('device_key').selectAll().execute()
    expect(JSON.stringify(key)).not.toContain('24682468')
  })

  it('is asked for no more when it is taken away', async () => {
    await client().call('devices.setKey', { DeviceSN: 'KEYED1', Key: '' })
    await upload('127.0.0.12', '7')
    expect(await punches('KEYED1')).toContain('7')
  })
})

describe('one serial number', () => {
  it('that two addresses use by turns is told, once for the pair', async () => {
    for (const address of ['127.0.0.1', '127.0.0.2', '127.0.0.1', '127.0.0.2', '127.0.0.1'])
      await from(address, 'GET', '/iclock/getrequest?SN=TWICE1')
    expect(await incidents('TWICE1')).toEqual([
      expect.objectContaining({ Kind: 'SharedSerial', EndedAt: null }),
    ])
  })

  it('that moves to another address once is nobody’s business', async () => {
    for (const address of ['127.0.0.1', '127.0.0.1', '127.0.0.2', '127.0.0.2'])
      await from(address, 'GET', '/iclock/getrequest?SN=MOVED1')
    expect(await incidents('MOVED1')).toEqual([])
  })

  it('never fetches what waits for another terminal', async () => {
    for (const sn of ['MINE1', 'YOURS1']) await createFakeDevice(running.devicesUrl, sn).handshake()
    const { body } = await client().call('devices.ping', { DeviceSN: 'MINE1' })
    const yours = createFakeDevice(running.devicesUrl, 'YOURS1')
    expect((await yours.poll()).raw).toBe('OK')
    await yours.result(body.CommandID, 0)
    const { body: after } = await client().call('devices.commandStatus', { CommandID: body.CommandID })
    expect(after.State).toBe('Queued')
  })
})

describe('the secret in the path', () => {
  it('is the only way in where one is set', async () => {
    const guarded = await startGateway({ clock, devicePathSecret: 'north-gate-7' })
    const inside = createFakeDevice(`${guarded.devicesUrl}/north-gate-7`, 'SECRET1')
    expect(await inside.handshake()).toContain('GET OPTION FROM: SECRET1')
    expect((await inside.punch('1', '2026-03-02 12:00:00')).body).toBe('OK: 1')
    for (const path of ['', '/north-gate-8', '/NORTH-GATE-7', '/north-gate-77', '/iclock/north-gate-7']) {
      const outside = createFakeDevice(`${guarded.devicesUrl}${path}`, 'SECRET2')
      expect(await outside.punch('1', '2026-03-02 12:00:00')).toMatchObject({
        status: 404,
        body: 'NOT FOUND',
      })
    }
    const known = await guarded.store.read.selectFrom('device').select('sn').execute()
    expect(known).toEqual([{ sn: 'SECRET1' }])
    await guarded.stop()
  })
})

describe('limits', () => {
  it('turn a terminal away that floods us, which keeps its records, and let its neighbour go on', async () => {
    const narrow = await startGateway({ clock, deviceLimits: { requestsPerSecond: 1 } })
    const flood = createFakeDevice(narrow.devicesUrl, 'FLOOD1')
    const replies: number[] = []
    for (let pin = 0; pin < 13; pin += 1)
      replies.push((await flood.punch(String(pin), '2026-03-02 12:00:00')).status)
    expect(replies).toEqual([...Array(10).fill(200), 503, 503, 503])
    expect((await createFakeDevice(narrow.devicesUrl, 'CALM1').punch('1', '2026-03-02 12:00:00')).body).toBe(
      'OK: 1',
    )
    clock.advance(2000)
    expect((await flood.punch('10', '2026-03-02 12:00:00')).body).toBe('OK: 1')
    await narrow.stop()
  })

  it('bound the bytes that are received at once', async () => {
    const narrow = await startGateway({ clock, deviceLimits: { bodyBytesAtOnce: 1000 } })
    const device = createFakeDevice(narrow.devicesUrl, 'LARGE1')
    expect(await device.upload('OPERLOG', 'x'.repeat(2000))).toMatchObject({ status: 503, body: 'BUSY' })
    expect((await device.punch('1', '2026-03-02 12:00:00')).body).toBe('OK: 1')
    await narrow.stop()
  })
})

describe('a crowd of strangers', () => {
  it('ends the waiting: the next one keeps its records, or is refused where it would register for ever', async () => {
    const crowded = await startGateway({ clock, adopt: 'ask' })
    const about = { state: 'waiting', zone: 'Asia/Kolkata', site: 'Main site', now: clock.now() } as const
    await crowded.store.write(async write => {
      for (let at = 0; at < 500; at += 1) await insertDevice(write, newDevice(`CROWD${at}`, about))
    })
    const late = createFakeDevice(crowded.devicesUrl, 'LATE1')
    expect(await late.punch('1', '2026-03-02 12:00:00')).toMatchObject({ status: 503, body: 'BUSY' })
    const registry = await late.request('POST', '/iclock/registry?SN=LATE1', 'DeviceType=acc,LockCount=1')
    expect(registry).toMatchObject({ status: 406, body: 'REFUSED' })
    await crowded.stop()
  })
})
