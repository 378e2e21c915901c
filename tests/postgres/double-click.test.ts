import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { createPostgresDatabase } from '../support/postgres-database.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

let running: TestGateway
beforeAll(async () => {
  running = await startGateway({ databaseUrl: await createPostgresDatabase() })
})
afterAll(() => running.stop())

it('gives both of two orders with the same key at the same moment the same command', async () => {
  const device = createFakeDevice(running.devicesUrl, 'TWINS001')
  await device.handshake()
  await device.upload('options', 'LockFunOn=1')
  await device.poll()
  for (let pair = 0; pair < 10; pair += 1) {
    const idempotencyKey = `pair-number-${pair}`
    const open = () => running.client().call('doors.open', { DeviceSN: 'TWINS001' }, { idempotencyKey })
    const [one, two] = await Promise.all([open(), open()])
    expect(one.body.CommandID).toBe(two.body.CommandID)
  }
})

it('keeps text with a NUL instead of refusing the batch for ever', async () => {
  const device = createFakeDevice(running.devicesUrl, 'NULTEXT1')
  expect((await device.upload('ATTLOG', '70\t2026-03-02 08:00:00\t0\t1\tx\u0000y\n')).body).toBe('OK: 1')
  expect((await device.upload('OPERLOG', 'USER PIN=70\tName=A\u0000B\n')).status).toBe(200)
  expect((await device.upload('options', '~DeviceName=A\u0000B')).status).toBe(200)
})
