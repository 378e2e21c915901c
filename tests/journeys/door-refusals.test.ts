import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeController, type FakeController } from '../support/fake-controller.ts'
import { type SignedIn, signIn, startAll, type TestSystem } from '../support/start-all.ts'

let system: TestSystem
let guard: SignedIn
beforeAll(async () => {
  system = await startAll({ accounts: { security: ['security'], viewer: ['viewer'] } })
  guard = await signIn(system, 'security')
})
afterAll(() => system.stop())

async function started(sn: string): Promise<FakeController> {
  const controller = createFakeController(system.gateway.devicesUrl, sn, 1)
  await controller.handshake()
  await controller.registry(',AccSupportFunList=001000000000')
  await controller.push()
  await controller.poll()
  return controller
}
const key = () => ({ 'idempotency-key': crypto.randomUUID() })
const orders = (sn: string) =>
  [
    ['OpenDoor', { DeviceSN: sn, DoorNo: 1 }],
    ['LockDoor', { DeviceSN: sn, DoorNo: 1, Mode: 'Lock' }],
    ['StartEmergency', { Kind: 'Evacuation', Door: `${sn}/1` }],
  ] as const

describe('a form of another site', () => {
  it('moves no relay, whatever it orders and however it is written', async () => {
    const controller = await started('REFUSE01')
    for (const [name, body] of orders('REFUSE01')) {
      const foreign = await guard.post(`/api/v3/${name}`, body, {
        ...key(),
        origin: 'https://evil.example',
        'sec-fetch-site': 'cross-site',
      })
      expect([name, foreign.status, foreign.body.code]).toEqual([name, 403, 'ORIGIN_REFUSED'])
      const form = await guard.post(`/api/v3/${name}`, body, {
        ...key(),
        'content-type': 'application/x-www-form-urlencoded',
      })
      expect([name, form.status, form.body.code]).toEqual([name, 415, 'MEDIA_TYPE_REFUSED'])
      const link = await guard.get(`/api/v3/${name}?DeviceSN=REFUSE01&Kind=Lockdown&Mode=Lock`)
      expect([name, link.status]).toEqual([name, 405])
    }
    expect((await controller.poll()).commands).toEqual([])
  })
})

describe('a request sent again', () => {
  it('moves no relay a second time, not even after it was carried out', async () => {
    const controller = await started('REFUSE02')
    for (const [name, body] of orders('REFUSE02')) {
      const same = key()
      expect((await guard.post(`/api/v3/${name}`, body, same)).status).toBe(200)
      const { commands } = await controller.poll()
      expect(commands.length).toBeGreaterThan(0)
      for (const { id } of commands) await controller.result(id, 0, 'CONTROL DEVICE')
      expect((await guard.post(`/api/v3/${name}`, body, same)).status).toBe(200)
      expect((await controller.poll()).commands).toEqual([])
    }
  })
})

describe('who may only look', () => {
  it('is refused every order, and asked for nothing more', async () => {
    const controller = await started('REFUSE03')
    const viewer = await signIn(system, 'viewer')
    for (const [name, body] of orders('REFUSE03'))
      expect((await viewer.post(`/api/v3/${name}`, body, key())).body.code).toBe('PERMISSION_DENIED')
    expect((await controller.poll()).commands).toEqual([])
    expect((await viewer.get('/api/actors')).status).toBe(403)
    const known = (await guard.get('/api/actors')).body.Actors as { Name: string; Roles: string[] }[]
    expect(known.map(({ Name, Roles }) => [Name, Roles])).toContainEqual(['security', ['security']])
  })
})
