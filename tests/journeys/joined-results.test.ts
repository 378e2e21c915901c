import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeDevice, type FakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

/** Results of several orders that come in one request, with whatever between them, are each taken for its order. */
let running: TestGateway
let call: ReturnType<TestGateway['client']>['call']
let device: FakeDevice
beforeAll(async () => {
  running = await startGateway()
  call = running.client().call
  device = createFakeDevice(running.devicesUrl, 'JOINED1')
  await device.handshake()
})
afterAll(() => running.stop())

it.each([
  ['line ends', (a: string, b: string) => `ID=${a}&Return=0&CMD=INFO\nID=${b}&Return=-1002&CMD=CHECK`],
  ['an ampersand', (a: string, b: string) => `ID=${a}&Return=0&CMD=INFO&ID=${b}&Return=-1002&CMD=CHECK`],
  ['nothing', (a: string, b: string) => `ID=${a}&Return=0&CMD=INFOID=${b}&Return=-1002&CMD=CHECK`],
  [
    'a carriage return',
    (a: string, b: string) => `ID=${a}&Return=0&CMD=INFO\rID=${b}&Return=-1002&CMD=CHECK`,
  ],
])('with %s between them', async (_, bodyOf) => {
  const ping = (await call('devices.ping', { DeviceSN: 'JOINED1' })).body.CommandID
  const sync = (await call('devices.syncTime', { DeviceSN: 'JOINED1' })).body.CommandID
  expect((await device.poll()).commands.map(({ id }) => id)).toEqual([ping, sync])
  const reply = await device.request('POST', '/iclock/devicecmd?SN=JOINED1', bodyOf(ping, sync))
  expect(reply).toMatchObject({ status: 200, body: 'OK' })
  const stateOf = async (CommandID: string) => (await call('devices.commandStatus', { CommandID })).body
  expect(await stateOf(ping)).toMatchObject({ State: 'Done', ReturnCode: 0 })
  expect(await stateOf(sync)).toMatchObject({ State: 'Failed', ReturnCode: -1002, Error: 'not supported' })
})
