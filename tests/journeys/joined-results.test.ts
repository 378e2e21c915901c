import { expect, it } from 'vitest'
import { oneTerminal } from '../support/one-terminal.ts'

/** Results of several orders that come in one request, with whatever between them, are each taken for its order. */
const own = oneTerminal('JOINED1')

it.each([
  ['line ends', (a: string, b: string) => `ID=${a}&Return=0&CMD=INFO\nID=${b}&Return=-1002&CMD=CHECK`],
  ['an ampersand', (a: string, b: string) => `ID=${a}&Return=0&CMD=INFO&ID=${b}&Return=-1002&CMD=CHECK`],
  ['nothing', (a: string, b: string) => `ID=${a}&Return=0&CMD=INFOID=${b}&Return=-1002&CMD=CHECK`],
  [
    'a carriage return',
    (a: string, b: string) => `ID=${a}&Return=0&CMD=INFO\rID=${b}&Return=-1002&CMD=CHECK`,
  ],
])('with %s between them', async (_, bodyOf) => {
  const ping = (await own().call('devices.ping', { DeviceSN: 'JOINED1' })).body.CommandID
  const sync = (await own().call('devices.syncTime', { DeviceSN: 'JOINED1' })).body.CommandID
  expect((await own().device.poll()).commands.map(({ id }) => id)).toEqual([ping, sync])
  const reply = await own().device.request('POST', '/iclock/devicecmd?SN=JOINED1', bodyOf(ping, sync))
  expect(reply).toMatchObject({ status: 200, body: 'OK' })
  const stateOf = async (CommandID: string) => (await own().call('devices.commandStatus', { CommandID })).body
  expect(await stateOf(ping)).toMatchObject({ State: 'Done', ReturnCode: 0 })
  expect(await stateOf(sync)).toMatchObject({ State: 'Failed', ReturnCode: -1002, Error: 'not supported' })
})
