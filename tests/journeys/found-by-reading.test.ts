import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { unseal } from '../../gateway/store/seal.ts'
import { createFakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'
import { until } from '../support/until.ts'

const sealKey = randomBytes(32)
let running: TestGateway
beforeAll(async () => {
  running = await startGateway({ sealKey })
})
afterAll(() => running.stop())

const punchesOf = async (sn: string) =>
  (
    await running.client().call('attendance.byDevice', {
      DeviceSN: sn,
      FromDate: '2000-01-01',
      ToDate: '2099-12-31',
      Limit: 1000,
    })
  ).body.Attendance

it('reads the whole body behind a request line with a space, in however many pieces it comes', async () => {
  const body = ['1', '2', '3'].map(pin => `${pin}\t2026-03-02 08:00:00\t0\t1\n`).join('')
  const head = `POST /iclock/cdata?SN=PIECES01&table=ATTLOG&Stamp=2026-03-01 10:00:00 HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`
  const { hostname, port } = new URL(running.devicesUrl)
  const reply = await new Promise<string>((resolve, reject) => {
    let received = ''
    const socket = connect(Number(port), hostname, () => {
      socket.write(head, () =>
        setImmediate(() =>
          socket.write(body.slice(0, 20), () => setImmediate(() => socket.write(body.slice(20)))),
        ),
      )
    })
    socket.setNoDelay(true)
    socket.on('data', chunk => {
      received += chunk.toString()
    })
    socket.on('close', () => resolve(received))
    socket.on('error', reject)
  })
  expect(reply.endsWith('OK: 3')).toBe(true)
  expect(await punchesOf('PIECES01')).toHaveLength(3)
})

it('keeps junk of any size in few steps, and other terminals do not wait for it', async () => {
  const junk = createFakeDevice(running.devicesUrl, 'JUNK0001')
  const neighbour = createFakeDevice(running.devicesUrl, 'NEXTDOOR')
  const [thrown, punched] = await Promise.all([
    junk.upload('ATTLOG', 'a\n'.repeat(60_000)),
    neighbour.punch('5', '2026-03-02 08:00:00'),
  ])
  expect([thrown.body, punched.body]).toEqual(['OK: 60000', 'OK: 1'])
  const rows = await running.store.read
    .selectFrom('quarantine')
    .select(['line', 'reason'])
    .where('sn', '=', 'JUNK0001')
    .execute()
  expect(rows).toEqual([{ line: 0, reason: 'many-rejects' }])
})

it('stores a punch sent as epoch seconds once, even when the zone of the terminal was corrected between', async () => {
  const device = createFakeDevice(running.devicesUrl, 'EPOCH001')
  await device.upload('ATTLOG', '7\t1772438400\t0\t1\n')
  await running.client().call('devices.adopt', { DeviceSN: 'EPOCH001', TimeZone: 'Europe/Lisbon' })
  await device.upload('ATTLOG', '7\t1772438400\t0\t1\n')
  expect(await punchesOf('EPOCH001')).toHaveLength(1)
})

it('keeps text that no database would take', async () => {
  const device = createFakeDevice(running.devicesUrl, 'ODDTEXT1')
  expect((await device.upload('OPERLOG', 'USER PIN=70\tName=A\u0000B\n')).status).toBe(200)
  expect((await device.upload('ATTLOG', '70\t2026-03-02 08:00:00\t0\t1\tx\u0000y\n')).body).toBe('OK: 1')
})

it('loses no upload that arrives while its terminal is being adopted', async () => {
  const asking = await startGateway({ adopt: 'ask' })
  const device = createFakeDevice(asking.devicesUrl, 'RACING01')
  await device.handshake()
  const uploads = Array.from({ length: 40 }, (_, index) =>
    device.punch(`${index + 1}`, '2026-03-02 08:00:00'),
  )
  await Promise.all([...uploads, asking.client().call('devices.adopt', { DeviceSN: 'RACING01' })])
  const { body } = await asking.client().call('devices.info', { DeviceSN: 'RACING01' })
  const stored = await asking
    .client()
    .call('attendance.byDevice', { DeviceSN: 'RACING01', FromDate: '2026-03-02', ToDate: '2026-03-02' })
  expect([body.HeldUploads, stored.body.ActualRowCount]).toEqual([0, 40])
  await asking.stop()
})

it('calls a repeatable command that was handed over and never answered unconfirmed, not expired', async () => {
  const clock = createTestClock(Date.parse('2026-03-02T06:00:00Z'))
  const clocked = await startGateway({ clock })
  const device = createFakeDevice(clocked.devicesUrl, 'SILENT01')
  await device.handshake()
  const { body } = await clocked.client().call('devices.ping', { DeviceSN: 'SILENT01' })
  expect((await device.poll()).commands).toHaveLength(1)
  clock.advance(31_000)
  const state = async () =>
    (await clocked.client().call('devices.commandStatus', { CommandID: body.CommandID })).body.State
  await until('it waits for another try', async () => (await state()) === 'Queued')
  clock.advance(60_000)
  await until('it is unconfirmed', async () => (await state()) === 'Unconfirmed')
  await clocked.stop()
})

it('refuses a range that runs backwards, naming the field', async () => {
  await expect(
    running.client().call('attendance.byDate', { FromDate: '2026-03-02', ToDate: '2026-03-01' }),
  ).rejects.toMatchObject({ code: 'INVALID_DATE', field: 'ToDate' })
})

it('takes a value with a question mark whole, and a field named like a built-in', async () => {
  const reply = await fetch(`${running.apiUrl}/v3/ListDevices?OperationID=a?b&constructor=1&__proto__=2`, {
    headers: { AuthToken: running.token },
  })
  expect([reply.status, ((await reply.json()) as { OperationID: string }).OperationID]).toEqual([200, 'a?b'])
})

it('keeps a packed upload in one piece, byte for byte', async () => {
  const device = createFakeDevice(running.devicesUrl, 'PACKED01')
  const bodies = [
    gzipSync(Buffer.from('USER PIN=7\tName=Asha\n'.repeat(3000) + Array.from({ length: 4000 }, Math.random))),
    Buffer.from('LZO1\n \n\0\n\t\nabc\n', 'latin1'),
  ]
  for (const body of bodies)
    expect(
      await device.request(
        'POST',
        '/iclock/cdata?SN=PACKED01&table=OPERLOG&ContentType=tgz&Stamp=9999',
        body,
      ),
    ).toMatchObject({ status: 200, body: 'OK: 1' })
  const rows = await running.store.read
    .selectFrom('quarantine')
    .select(['line', 'reason', 'raw'])
    .where('sn', '=', 'PACKED01')
    .orderBy('id')
    .execute()
  expect(
    rows.map(({ line, reason, raw }) => [line, reason, unseal(sealKey, raw).toString('base64')]),
  ).toEqual(bodies.map(body => [0, 'packed', body.toString('base64')]))
})

it('never says OK to who asks whether to let somebody in, nor keeps the code they typed', async () => {
  const asked = 'PIN=7\tSize=4\tTMP=80246357\n'
  for (const AuthType of ['PWD', 'CARD', 'FP', 'FACE', 'device']) {
    const device = createFakeDevice(running.devicesUrl, 'ASKING01')
    const { status, body } = await device.request(
      'POST',
      `/iclock/cdata?SN=ASKING01&AuthType=${AuthType}`,
      asked,
    )
    expect([status, body]).toEqual([200, 'AUTH=TIMEOUT'])
  }
  for (const table of ['quarantine', 'held_upload'] as const)
    expect(
      await running.store.read.selectFrom(table).select('id').where('sn', '=', 'ASKING01').execute(),
    ).toEqual([])
})
