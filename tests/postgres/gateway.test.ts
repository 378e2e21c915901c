import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { localNow } from '../support/local-time.ts'
import { createPostgresDatabase } from '../support/postgres-database.ts'
import { signIn, startAll, type TestSystem } from '../support/start-all.ts'
import { startGateway } from '../support/start-gateway.ts'
import { until } from '../support/until.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startAll({ databaseUrl: await createPostgresDatabase(), accounts: { admin: ['admin'] } })
})
afterAll(() => system.stop())

it('carries a punch to the stream and a door order to its end on PostgreSQL', async () => {
  const admin = await signIn(system, 'admin')
  const stream = await admin.events()
  const device = createFakeDevice(system.gateway.devicesUrl, 'POSTGRES1')
  await device.handshake()
  await device.upload('options', 'LockFunOn=1')
  await device.poll()
  expect((await device.punch('00042', localNow('Asia/Kolkata'))).body).toBe('OK: 1')
  await until('the punch in the stream', () => stream.frames.some(({ event }) => event === 'OnAttendance'))
  const order = await admin.post(
    '/api/v3/OpenDoor',
    { DeviceSN: 'POSTGRES1' },
    { 'idempotency-key': crypto.randomUUID() },
  )
  const { commands } = await device.poll()
  expect(commands.map(({ text }) => text)).toEqual(['AC_UNLOCK'])
  await device.result(String(order.body.CommandID), 0)
  expect(
    (await admin.get(`/api/v3/GetCommandStatus?CommandID=${String(order.body.CommandID)}`)).body.State,
  ).toBe('Done')
  expect((await admin.get('/readyz')).status).toBe(200)
  stream.close()
})

it('lets two gateways share one database: each command goes to one poll, each repeat is stored once', async () => {
  const databaseUrl = await createPostgresDatabase()
  const sealKey = Buffer.alloc(32, 7)
  const one = await startGateway({ databaseUrl, sealKey })
  const two = await startGateway({ databaseUrl, sealKey })
  const at = (url: string) => createFakeDevice(url, 'SHARED01')
  await at(one.devicesUrl).handshake()
  const line = '5\t2026-03-02 08:00:00\t0\t1\n'
  await Promise.all(
    [one, two].flatMap(({ devicesUrl }) =>
      Array.from({ length: 5 }, () => at(devicesUrl).upload('ATTLOG', line)),
    ),
  )
  const { body } = await two
    .client()
    .call('attendance.byDevice', { DeviceSN: 'SHARED01', FromDate: '2026-03-02', ToDate: '2026-03-02' })
  expect(body.ActualRowCount).toBe(1)
  for (let order = 0; order < 5; order += 1) await one.client().call('devices.ping', { DeviceSN: 'SHARED01' })
  const polls = await Promise.all(
    [one, two].flatMap(({ devicesUrl }) => Array.from({ length: 4 }, () => at(devicesUrl).poll())),
  )
  expect(polls.flatMap(({ commands }) => commands)).toHaveLength(5)
  await two.stop()
  await one.stop()
})
