import { afterAll, beforeAll, expect, it } from 'vitest'
import { startReceiver, type WebhookReceiver } from '../../gateway/webhooks/testing/receiver.ts'
import { createFakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { until } from '../support/until.ts'

let gateway: TestGateway
let receiver: WebhookReceiver
beforeAll(async () => {
  gateway = await startGateway()
  receiver = await startReceiver()
})
afterAll(async () => {
  await gateway.stop()
  await receiver.close()
})

it('tells receivers of people changed and deleted at a terminal, once, in our form and in that of Web API 3.0', async () => {
  const client = gateway.client()
  const Events: ('OnUserUpdated' | 'OnUserDeleted')[] = ['OnUserUpdated', 'OnUserDeleted']
  await client.call('webhooks.register', { CallbackUrl: `${receiver.url}/ours`, Events })
  await client.call('webhooks.register', {
    CallbackUrl: `${receiver.url}/older`,
    Events,
    Format: 'web-api-3',
  })
  const device = createFakeDevice(gateway.devicesUrl, 'USERS1')
  await device.handshake()
  const upload = (text: string) => device.upload('OPERLOG', text)
  // What it holds when it is adopted is no news, nor is the same row after a restart.
  await upload('USER PIN=2001\tName=Asha Rao\tPri=0\n')
  await upload('USER PIN=2001\tName=Asha Rao\tPri=0\n')
  await upload('USER PIN=2001\tName=Asha Rao-Iyer\tPri=14\n')
  await upload('OPLOG 9\t0\t2026-03-02 09:10:00\t2001\t0\t0\t0\n')
  await upload('OPLOG 9\t0\t2026-03-02 09:10:00\t2001\t0\t0\t0\n')
  await until('both receivers to hear of both', () => receiver.received.length >= 4)
  const heard = (end: string) =>
    receiver.received.filter(({ url }) => url.includes(end)).map(({ body }) => body)
  expect(heard('/ours')).toMatchObject([
    {
      Event: 'OnUserUpdated',
      EmployeeCode: '2001',
      FirstName: 'Asha',
      LastName: 'Rao-Iyer',
      UserType: 'Admin',
    },
    {
      Event: 'OnUserDeleted',
      EmployeeCode: '2001',
      OperationTime: expect.stringContaining('2026-03-02 09:10:00'),
    },
  ])
  expect(heard('/older')).toMatchObject([
    { RealTime: { SerialNumber: 'USERS1', UserUpdated: { UserID: '2001', LastName: 'Rao-Iyer' } } },
    { RealTime: { UserDeleted: { UserID: '2001' } } },
  ])
  expect(receiver.received).toHaveLength(4)
})
