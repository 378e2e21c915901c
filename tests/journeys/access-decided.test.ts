import { afterAll, beforeAll, expect, it } from 'vitest'
import { openSimulatorBench } from '../support/simulator-bench.ts'

type Bench = Awaited<ReturnType<typeof openSimulatorBench>>

let bench: Bench
let doors: ReturnType<Bench['switchControllerOn']>
beforeAll(async () => {
  bench = await openSimulatorBench()
  doors = bench.switchControllerOn('DECIDED1', { people: {} })
  await bench.wait('its options', async () => {
    const { Devices } = (await bench.client.call('devices.list', {})).body
    return Devices.some(({ Online }) => Online) && (await bench.infoOf('DECIDED1')).Capacity.Users !== null
  })
})
afterAll(async () => {
  await doors.stop()
  await bench.stop()
})

const add = (EmployeeCode: string) =>
  bench.client.call('users.add', { EmployeeCode, FirstName: 'Meera', DeviceSN: ['DECIDED1'] })
const inStep = (code: string) =>
  bench.wait(`${code} in step`, async () => {
    const { States } = (await bench.client.call('users.states', { EmployeeCode: code })).body
    return States.every(({ State }) => State === 'InStep') && States.length === 1
  })
/** Who may pass by which schedule, as the terminal has it. */
const rights = () =>
  doors.controller
    .rows('userauthorize')
    .map(row =>
      /pin=(\d+).*authorizetimezoneid=(\d+)/i.exec(row.replaceAll('\t', ' '))?.slice(1).join(' by '),
    )
    .sort()
const hasRights = (...wanted: readonly string[]) =>
  bench.wait(`the terminal lets in ${wanted.join(', ') || 'nobody'}`, async () => {
    return rights().join() === wanted.join()
  })
const letIn = (EmployeeCode: string[]) =>
  bench.client.call('doors.setSchedule', {
    DeviceSN: 'DECIDED1',
    ScheduleID: 3,
    Windows: [{ Day: 'Monday', Start: '09:00', End: '17:00' }],
    EmployeeCode,
  })
const mayOpen = async (EmployeeCode: string) =>
  (await bench.client.call('doors.whatCanOpen', { EmployeeCode })).body.Doors.length > 0

it('lets in by its own schedule only while it has none of ours, and then nobody who is in none of these', async () => {
  await add('3001')
  await add('3002')
  await inStep('3001')
  await inStep('3002')
  expect(rights()).toEqual(['3001 by 1', '3002 by 1'])
  const { body } = await letIn(['3001'])
  await hasRights('3001 by 3')
  await bench.wait('the windows to be read back', async () => {
    const { Result } = (await bench.client.call('devices.commandStatus', { CommandID: body.CommandID })).body
    return Result === 'Read back: the terminal holds it'
  })
  await inStep('3002')
  expect([await mayOpen('3001'), await mayOpen('3002')]).toEqual([true, false])
})

it('gives no right to who comes later, nor back to who was taken off', async () => {
  await add('3003')
  await inStep('3003')
  expect(rights()).toEqual(['3001 by 3'])
  await letIn(['3003'])
  await hasRights('3003 by 3')
  await bench.client.call('users.save', { EmployeeCode: '3001', FirstName: 'Mira' })
  await bench.wait('the new name', async () => doors.controller.rows('user').join().includes('name=Mira'))
  await inStep('3001')
  expect(rights()).toEqual(['3003 by 3'])
  await letIn(['3001', '3003'])
  await hasRights('3001 by 3', '3003 by 3')
})
