import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeDevice, type FakeDevice } from '../support/fake-device.ts'
import { localNow } from '../support/local-time.ts'
import { type SignedIn, signIn, startAll, type TestSystem } from '../support/start-all.ts'
import { startGateway } from '../support/start-gateway.ts'
import { createTestClock, type TestClock } from '../support/test-clock.ts'
import { until } from '../support/until.ts'

let system: TestSystem
let guard: SignedIn
beforeAll(async () => {
  system = await startAll({ accounts: { security: ['security'], hr: ['hr'], it: ['it'], admin: ['admin'] } })
  guard = await signIn(system, 'security')
})
afterAll(() => system.stop())

const key = () => crypto.randomUUID()

/** A terminal with a relay, adopted and here. */
async function doorTerminal(sn: string): Promise<FakeDevice> {
  const device = createFakeDevice(system.gateway.devicesUrl, sn)
  await device.handshake()
  await device.upload('options', '~DeviceName=ProFace X,LockFunOn=1,FWVersion=Ver 1')
  await device.poll()
  return device
}

const open = (sn: string, idempotencyKey = key(), by = guard) =>
  by.post('/api/v3/OpenDoor', { DeviceSN: sn, DoorNo: 1 }, { 'idempotency-key': idempotencyKey })
const commandState = async (id: unknown) =>
  (await guard.get(`/api/v3/GetCommandStatus?CommandID=${String(id)}`)).body.State

describe('a door opened from the browser', () => {
  it('is queued, fetched, answered, and told to everyone who may know, with the sensor beside it', async () => {
    const device = await doorTerminal('DOOR0001')
    const stream = await guard.events()
    const order = await open('DOOR0001')
    expect([order.status, order.body.State, order.body.Operation]).toEqual([200, 'Queued', 'OpenDoor'])
    const { commands } = await device.poll()
    expect(commands).toEqual([{ id: String(order.body.CommandID), text: 'AC_UNLOCK' }])
    expect(await commandState(order.body.CommandID)).toBe('Sent')
    expect(await device.result(String(order.body.CommandID), 0, 'AC_UNLOCK')).toBe('OK')
    await until('the state in the stream', () =>
      stream.frames.some(
        ({ event, data }) => event === 'OnCommand' && (data as { State: string }).State === 'Done',
      ),
    )
    const local = localNow('Asia/Kolkata')
    await device.upload('OPERLOG', `OPLOG 3\t0\t${local}\t51\t0\t0\t0\n`)
    await until('the sensor in the stream', () =>
      stream.frames.some(
        ({ event, data }) => event === 'OnDoor' && (data as { DoorEvent: string }).DoorEvent === 'Opened',
      ),
    )
    expect((await guard.get('/api/v3/GetDoorStatus?DeviceSN=DOOR0001')).body.Doors).toMatchObject([
      { State: 'Open', Reason: 'reported' },
    ])
    await device.upload(
      'OPERLOG',
      `OPLOG 3\t0\t${localNow('Asia/Kolkata', Date.now() + 1000)}\t50\t0\t0\t0\n`,
    )
    expect((await guard.get('/api/v3/GetDoorStatus?DeviceSN=DOOR0001')).body.Doors).toMatchObject([
      { State: 'Closed' },
    ])
    stream.close()
  })

  it.each([
    [7, 'Failed', 'the device is busy'],
    [1, 'Unconfirmed', 'The terminal answered 1, which says neither yes nor no'],
  ])('is not said to be open where the terminal answers %d', async (code, State, words) => {
    const device = await doorTerminal(`DOORCODE${code}`)
    const order = await open(`DOORCODE${code}`)
    await device.poll()
    await device.result(String(order.body.CommandID), code, 'AC_UNLOCK')
    const { body } = await guard.get(`/api/v3/GetCommandStatus?CommandID=${String(order.body.CommandID)}`)
    expect(body).toMatchObject({ State, ReturnCode: code, Error: words })
  })

  it('ends in the audit with what happened, not with what was asked', async () => {
    const device = await doorTerminal('DOOR0002')
    const order = await open('DOOR0002')
    await device.poll()
    await device.result(String(order.body.CommandID), -1, 'AC_UNLOCK')
    const admin = await signIn(system, 'admin')
    const entry = await until('the outcome in the audit', async () => {
      const { body } = await admin.get('/api/audit?Action=doors.open')
      return (body.Entries as { CommandID: string; Outcome: string; Subject: string; Actor: string }[]).find(
        ({ CommandID, Outcome }) => CommandID === order.body.CommandID && Outcome === 'failed',
      )
    })
    expect(entry).toMatchObject({ Subject: 'DOOR0002', Actor: 'security' })
  })

  it('opens once for a double click, and refuses the key for another door', async () => {
    const device = await doorTerminal('DOOR0003')
    await doorTerminal('DOOR0004')
    const same = key()
    const [first, second] = await Promise.all([open('DOOR0003', same), open('DOOR0003', same)])
    expect(first.body.CommandID).toBe(second.body.CommandID)
    expect((await device.poll()).commands).toHaveLength(1)
    expect((await device.poll()).commands).toHaveLength(0)
    expect((await open('DOOR0004', same)).body.code).toBe('IDEMPOTENCY_KEY_REUSED')
  })

  it('repeats nothing when the terminal reports its result twice, and ignores results that are not its own', async () => {
    const device = await doorTerminal('DOOR0005')
    const other = await doorTerminal('DOOR0006')
    const order = await open('DOOR0005')
    const id = String(order.body.CommandID)
    await device.poll()
    await other.result(id, 0)
    expect(await commandState(id)).toBe('Sent')
    await device.result(id, 0)
    await device.result(id, -1)
    expect(await commandState(id)).toBe('Done')
  })
})

describe('a door order that must not be carried out', () => {
  it('is refused for those without the right, in the proxy and on record', async () => {
    await doorTerminal('DOOR0010')
    const hr = await signIn(system, 'hr')
    const refused = await open('DOOR0010', key(), hr)
    expect([refused.status, refused.body.code]).toEqual([403, 'PERMISSION_DENIED'])
    expect(
      ((await system.gateway.client().call('devices.status', { DeviceSN: 'DOOR0010' })).body.Commands ?? [])
        .length,
    ).toBe(0)
  })

  it('is refused without an idempotency key, from another site, and without a session', async () => {
    await doorTerminal('DOOR0011')
    expect((await guard.post('/api/v3/OpenDoor', { DeviceSN: 'DOOR0011' })).body.code).toBe(
      'IDEMPOTENCY_KEY_MISSING',
    )
    const foreign = await guard.post(
      '/api/v3/OpenDoor',
      { DeviceSN: 'DOOR0011' },
      { 'idempotency-key': key(), origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    )
    expect([foreign.status, foreign.body.code]).toEqual([403, 'ORIGIN_REFUSED'])
    const nobody = await fetch(`${system.url}/api/v3/OpenDoor`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key() },
      body: '{"DeviceSN":"DOOR0011"}',
    })
    expect(nobody.status).toBe(401)
  })

  it('answers 404 for a terminal without a door and for a door it does not have', async () => {
    const device = createFakeDevice(system.gateway.devicesUrl, 'NODOOR01')
    await device.handshake()
    expect((await open('NODOOR01')).body.code).toBe('DOOR_NOT_FOUND')
    await doorTerminal('DOOR0012')
    expect(
      (
        await guard.post(
          '/api/v3/OpenDoor',
          { DeviceSN: 'DOOR0012', DoorNo: 2 },
          { 'idempotency-key': key() },
        )
      ).body,
    ).toMatchObject({ code: 'DOOR_NOT_FOUND', field: 'DoorNo' })
  })
})

describe('by the clock', () => {
  async function clocked(
    use: (at: {
      clock: TestClock
      device: FakeDevice
      client: ReturnType<Awaited<ReturnType<typeof startGateway>>['client']>
      restart: () => Promise<void>
    }) => Promise<void>,
  ) {
    const clock = createTestClock(Date.parse('2026-03-02T06:00:00Z'))
    let running = await startGateway({ clock })
    const device = createFakeDevice(running.devicesUrl, 'CLOCK001')
    await device.handshake()
    await device.upload('options', 'LockFunOn=1')
    const restart = async () => {
      await running.stop({ keep: true })
      running = await startGateway({ clock, dataDir: running.dataDir })
    }
    try {
      await use({
        clock,
        device: {
          ...device,
          poll: () => createFakeDevice(running.devicesUrl, 'CLOCK001').poll(),
          result: (...args) => createFakeDevice(running.devicesUrl, 'CLOCK001').result(...args),
          handshake: () => createFakeDevice(running.devicesUrl, 'CLOCK001').handshake(),
        },
        get client() {
          return running.client()
        },
        restart,
      })
    } finally {
      await running.stop()
    }
  }
  const stateOf = async (
    client: {
      call: Awaited<ReturnType<typeof startGateway>>['client'] extends () => infer C
        ? C extends { call: infer F }
          ? F
          : never
        : never
    },
    id: string,
  ) => (await client.call('devices.commandStatus', { CommandID: id })).body.State

  it('an order nobody fetched within seconds expires and is never handed over', () =>
    clocked(async at => {
      const order = await at.client.call('doors.open', { DeviceSN: 'CLOCK001' })
      at.clock.advance(20_000)
      await until('it expires', async () => (await stateOf(at.client, order.body.CommandID)) === 'Expired')
      expect((await at.device.poll()).commands).toEqual([])
    }))

  it('an order is not handed over late even before anybody swept', () =>
    clocked(async at => {
      await at.client.call('doors.open', { DeviceSN: 'CLOCK001' })
      at.clock.advance(16_000)
      expect((await at.device.poll()).commands).toEqual([])
    }))

  it('an order that was handed over and never answered ends unconfirmed, and a late answer still counts', () =>
    clocked(async at => {
      const { body } = await at.client.call('doors.open', { DeviceSN: 'CLOCK001' })
      await at.device.poll()
      at.clock.advance(16_000)
      await until(
        'it is unconfirmed',
        async () => (await stateOf(at.client, body.CommandID)) === 'Unconfirmed',
      )
      expect((await at.device.poll()).commands).toEqual([])
      await at.device.result(body.CommandID, 0)
      expect(await stateOf(at.client, body.CommandID)).toBe('Done')
    }))

  it('a terminal that is away gets no door order, and the refusal is on record', () =>
    clocked(async at => {
      at.clock.advance(600_000)
      await until(
        'it is away',
        async () => !(await at.client.call('devices.status', { DeviceSN: 'CLOCK001' })).body.Online,
      )
      const order = await at.client.call('doors.open', { DeviceSN: 'CLOCK001' })
      expect([order.status, order.body.State]).toEqual([409, 'Expired'])
      expect((await at.device.poll()).commands).toEqual([])
    }))

  it('a restart order waits for a terminal that is away, survives our own restart, and is confirmed by its new session', () =>
    clocked(async at => {
      at.clock.advance(600_000)
      await until(
        'it is away',
        async () => !(await at.client.call('devices.status', { DeviceSN: 'CLOCK001' })).body.Online,
      )
      const order = await at.client.call('devices.restart', { DeviceSN: 'CLOCK001' })
      expect([order.status, order.body.State]).toEqual([409, 'Queued'])
      await at.restart()
      expect((await at.device.poll()).commands.map(({ text }) => text)).toEqual(['REBOOT'])
      await at.device.handshake()
      expect(await stateOf(at.client, order.body.CommandID)).toBe('Done')
    }))

  it('a door order in flight when the process dies ends unconfirmed, never sent again', () =>
    clocked(async at => {
      const { body } = await at.client.call('doors.open', { DeviceSN: 'CLOCK001' })
      await at.device.poll()
      await at.restart()
      expect((await at.device.poll()).commands).toEqual([])
      at.clock.advance(16_000)
      await until(
        'it is unconfirmed',
        async () => (await stateOf(at.client, body.CommandID)) === 'Unconfirmed',
      )
    }))
})
