import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFakeDevice, type FakeDevice } from '../support/fake-device.ts'
import { localNow } from '../support/local-time.ts'
import { type ObedientTerminal, obedientTerminal } from '../support/obedient-terminal.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { until } from '../support/until.ts'

/** Somebody is deleted at the terminal itself, which says so in a row of its log. */
let running: TestGateway
let call: ReturnType<TestGateway['client']>['call']
let device: FakeDevice
let terminal: ObedientTerminal
beforeAll(async () => {
  running = await startGateway({ timeZone: 'Asia/Kolkata' })
  call = running.client().call
  device = createFakeDevice(running.devicesUrl, 'DELETED1')
  terminal = obedientTerminal(device)
  await device.handshake()
})
afterAll(() => running.stop())

const logged = (pin: string, local = localNow('Asia/Kolkata', Date.now() + 1000)) =>
  device.upload('OPERLOG', `OPLOG 9\t0\t${local}\t${pin}\t0\t0\t0\n`)
const here = async (code: string) =>
  (await call('users.list', { DeviceSN: 'DELETED1' })).body.Users.some(
    ({ EmployeeCode }) => EmployeeCode === code,
  )

it('whom the record wants there is asked for, and no longer said to be there', async () => {
  await call('users.add', { EmployeeCode: '901', DeviceSN: ['DELETED1'], FirstName: 'Asha' })
  const isInStep = async () => {
    await terminal.work()
    return (await call('users.states', { EmployeeCode: '901' })).body.States[0]?.State === 'InStep'
  }
  await until('901 in step', isInStep)
  terminal.said.length = 0
  terminal.held.delete('901')
  await logged('901')
  const state = await until('901 missed', async () => {
    await terminal.work()
    const { States } = (await call('users.states', { EmployeeCode: '901' })).body
    return States[0]?.State === 'Failed' ? States[0] : null
  })
  expect(state.ReasonCode).toBe('Different')
  expect(terminal.said).toEqual(['DATA QUERY USERINFO PIN=901'])
})

it('who is only known from there is there no more, unless the row is an old one', async () => {
  await device.upload('OPERLOG', 'USER PIN=902\tName=Ravi\tPri=0\n')
  await logged('902', '2026-01-01 08:00:00')
  expect(await here('902')).toBe(true)
  await logged('902')
  expect(await here('902')).toBe(false)
  expect((await call('users.states', { EmployeeCode: '902' })).body.States).toEqual([])
})
