import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { localNow } from '../support/local-time.ts'
import { productEnvironment, runCommand, type Spawned, spawnProduct } from '../support/spawn-product.ts'
import { signIn } from '../support/start-all.ts'
import { until } from '../support/until.ts'

let dataDir: string
let elsewhere: Spawned
let here: Spawned
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-remote-'))
  const there = productEnvironment(join(dataDir, 'there'))
  elsewhere = await spawnProduct(['gateway'], there)
  const { token } = JSON.parse((await runCommand(['token', 'create', '--json'], there)).out) as {
    token: string
  }
  // The address and the token are all it takes; the product around the gateway elsewhere is the ordinary start.
  here = await spawnProduct(
    ['start'],
    productEnvironment(join(dataDir, 'here'), {
      GATEHOUSE_GATEWAY_URL: `${elsewhere.ready.gateway}/v3/`,
      GATEHOUSE_GATEWAY_TOKEN: token,
    }),
  )
})
afterAll(async () => {
  await here.end('SIGTERM')
  await elsewhere.end('SIGTERM')
  rmSync(dataDir, { recursive: true, force: true })
})

it('works against a gateway elsewhere by its address and token only: reads, orders and live punches', async () => {
  expect(here.ready.devices).toBeUndefined()
  const password = /^ {4}admin +(\S+)$/m.exec(here.said())?.[1] ?? ''
  const admin = await signIn({ url: here.ready.dashboard ?? '', passwords: { admin: password } }, 'admin')
  expect((await admin.get('/api/session')).body.Gateway).toBe('remote')
  const stream = await admin.events()
  const device = createFakeDevice(elsewhere.ready.devices ?? '', 'REMOTE01')
  await device.handshake()
  await device.upload('options', 'LockFunOn=1')
  await device.poll()
  await until('a punch in the stream', async () => {
    await device.punch('42', localNow('Asia/Kolkata'))
    return stream.frames.some(
      ({ event, data }) =>
        event === 'OnAttendance' && (data as { EmployeeCode: string }).EmployeeCode === '42',
    )
  })
  const order = await admin.post(
    '/api/v3/OpenDoor',
    { DeviceSN: 'REMOTE01' },
    { 'idempotency-key': crypto.randomUUID() },
  )
  expect([order.status, order.body.State]).toEqual([200, 'Queued'])
  expect((await device.poll()).commands.map(({ text }) => text)).toEqual(['AC_UNLOCK'])
  stream.close()
})
