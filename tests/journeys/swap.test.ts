import { afterAll, beforeAll, expect, it } from 'vitest'
import { openSimulatorBench } from '../support/simulator-bench.ts'

type Bench = Awaited<ReturnType<typeof openSimulatorBench>>

const codes = ['2001', '2002', '2003', '2004', '2005']
const people = codes.map(code => ({ code, firstName: `Ravi${code}` }))
let bench: Bench
let broken: ReturnType<Bench['switchOn']>
let fresh: ReturnType<Bench['switchOn']>
beforeAll(async () => {
  bench = await openSimulatorBench()
  broken = bench.switchOn('BROKEN1', { personalities: [], people, knowsBy: 1 })
  await bench.wait('the people of the terminal', async () => {
    const { People } = (await bench.client.call('users.directory', {})).body
    return People.length === 5 && People.every(({ Fingerprints }) => Fingerprints === 1)
  })
})
afterAll(async () => {
  await Promise.all([broken.stop(), fresh?.stop()])
  await bench.stop()
})

const replacement = async (DeviceSN: string) =>
  (await bench.client.call('devices.replacement', { DeviceSN })).body
const statesAt = async (DeviceSN: string) =>
  (await bench.client.call('users.states', { DeviceSN })).body.States

it('the terminal that takes the place of a broken one is given its people, and proves that it holds them', async () => {
  const { client } = bench
  await client.call('devices.tag', { DeviceSN: ['BROKEN1'], Add: ['entrance'] })
  await bench.running.store.write(write =>
    write.insertInto('door_zone_member').values({ zone: 'Perimeter', sn: 'BROKEN1', door_no: 1 }).execute(),
  )
  await client.call('users.suspend', { EmployeeCode: '2005' })
  await broken.stop()

  const { body } = await client.call('devices.replace', { DeviceSN: 'BROKEN1', TargetDeviceSN: 'FRESH1' })
  const of = (what: string, checks: typeof body.Checks) => checks.find(({ What }) => What === what)
  expect(of('People', body.Checks)).toMatchObject({ Old: '5', New: '5', Equal: true })
  expect(of('Groups', body.Checks)).toMatchObject({ Old: 'Perimeter 1', New: 'Perimeter 1' })
  expect(of('ReadBack', body.Checks)).toMatchObject({ Equal: false, New: expect.stringMatching(/^0 · /) })
  expect(body.AllEqual).toBe(false)
  expect((await statesAt('FRESH1')).map(({ EmployeeCode }) => EmployeeCode)).toEqual(codes)
  expect(await statesAt('BROKEN1')).toEqual([])

  fresh = bench.switchOn('FRESH1', { personalities: [], people: [] })
  const proven = await bench.wait('everything to be over', async () => {
    const now = await replacement('FRESH1')
    return now.AllEqual ? now : null
  })
  expect(fresh.terminal.users().size).toBe(4)
  expect(fresh.terminal.templates()).toBe(4)
  const readBack = of('ReadBack', proven.Checks)
  expect(readBack?.Old).toMatch(/^4 · [0-9a-f]{12}$/)
  expect(readBack?.New).toBe(readBack?.Old)
  expect(of('Templates', proven.Checks)?.New).toMatch(/^4 · /)
})
