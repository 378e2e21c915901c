import { afterAll, beforeAll, expect, it } from 'vitest'
import { openSimulatorBench } from '../support/simulator-bench.ts'

type Bench = Awaited<ReturnType<typeof openSimulatorBench>>

let bench: Bench
let gate: ReturnType<Bench['switchOn']>
let reader: ReturnType<Bench['switchOn']>
let doors: ReturnType<Bench['switchControllerOn']>
beforeAll(async () => {
  bench = await openSimulatorBench()
  gate = bench.switchOn('GATE1', { personalities: [] })
  reader = bench.switchOn('READER1', { personalities: [], people: [], newer: true })
  doors = bench.switchControllerOn('DOORS1', { people: {} })
  await bench.wait('all to be known', async () => {
    const { Devices } = (await bench.client.call('devices.list', {})).body
    return Devices.filter(({ Online }) => Online).length === 3 && gate.terminal.greeted()
  })
  await bench.wait('their options', async () => {
    const { Options } = await bench.infoOf('READER1')
    const { Capacity } = await bench.infoOf('DOORS1')
    return Options.UserValidTimeFun === '1' && Capacity.Users !== null
  })
})
afterAll(async () => {
  await Promise.all([gate.stop(), reader.stop(), doors.stop()])
  await bench.stop()
})

const statesOf = async (EmployeeCode: string) =>
  (await bench.client.call('users.states', { EmployeeCode })).body.States
const stateAt = async (EmployeeCode: string, sn: string) =>
  (await statesOf(EmployeeCode)).find(({ DeviceSN }) => DeviceSN === sn)
const inStep = (code: string, sns: readonly string[]) =>
  bench.wait(`${code} in step on ${sns.join(', ')}`, async () => {
    const states = await statesOf(code)
    return sns.every(sn => states.find(({ DeviceSN }) => DeviceSN === sn)?.State === 'InStep')
  })
const all = ['GATE1', 'READER1', 'DOORS1']

it('puts a person with card, code and validity on terminals of both flavours, and reads them back', async () => {
  const added = await bench.client.call('users.add', {
    EmployeeCode: '2001',
    FirstName: 'Meera',
    LastName: 'Kulkarni',
    ValidTo: '2099-06-30',
    DeviceSN: all,
  })
  expect(added.status).toBe(200)
  expect(added.body.Results.map(({ DeviceSN, Status }) => [DeviceSN, Status])).toEqual(
    all.map(sn => [sn, 'queued']),
  )
  await bench.client.call('users.assignCard', {
    EmployeeCode: '2001',
    DeviceSN: all,
    CardNumber: '0004711',
  })
  await bench.client.call('users.setPassword', { EmployeeCode: '2001', DeviceSN: all, Password: '2468' })
  await inStep('2001', all)
  expect(gate.terminal.users().get('2001')).toMatchObject({
    Name: 'Meera Kulkarni',
    Card: '4711',
    Passwd: '2468',
  })
  expect(reader.terminal.users().get('2001')).toMatchObject({
    Expires: '1',
    EndDatetime: '2099-06-30T23:59:59',
  })
  expect(doors.controller.rows('user').join()).toContain('name=Meera Kulkarni')
  expect(doors.controller.rows('userauthorize').join()).toContain('pin=2001')
  for (const state of await statesOf('2001'))
    expect([state.DeviceSN, state.Items.find(({ Item }) => Item === 'User')?.Proof]).toEqual([
      state.DeviceSN,
      'ReadBack',
    ])
})

it('answers done and orders nothing when everything is there already', async () => {
  const again = await bench.client.call('users.update', {
    EmployeeCode: '2001',
    FirstName: 'Meera',
    DeviceSN: all,
  })
  expect(again.body.Results.map(({ Status, CommandID }) => [Status, CommandID])).toEqual(
    all.map(() => ['done', null]),
  )
})

it('refuses a card and a keypad code that somebody else has, and shows neither', async () => {
  await bench.client.call('users.save', { EmployeeCode: '2002', FirstName: 'Ravi', Create: true })
  for (const [id, secret] of [
    ['users.assignCard', { CardNumber: '4711' }],
    ['users.setPassword', { Password: '2468' }],
    ['users.setPassword', { Password: '12' }],
  ] as const)
    await expect(
      bench.client.call(id, { EmployeeCode: '2002', DeviceSN: ['GATE1'], ...secret } as never),
    ).rejects.toMatchObject({ code: 'CREDENTIAL_REFUSED' })
  const { Changes } = (await bench.client.call('users.changes', { EmployeeCode: '2001' })).body
  expect(JSON.stringify(Changes)).not.toMatch(/2468|4711/)
})

it('enrols a finger at a terminal step by step, and the template follows to where it can be used', async () => {
  const { body } = await bench.client.call('users.enrol', {
    EmployeeCode: '2001',
    DeviceSN: 'GATE1',
    Kind: 'Fingerprint',
    Finger: 7,
  })
  const enrolment = async () =>
    (await bench.client.call('users.enrolment', { CommandID: body.CommandID })).body
  expect((await enrolment()).State).toBe('Waiting')
  const received = await bench.wait('the template', async () => {
    const now = await enrolment()
    return now.State === 'Received' ? now : null
  })
  expect(received.Algorithm).toBe('10')
  await inStep('2001', all)
  expect(doors.controller.rows('templatev10').join()).toContain('fingerid=7')
  expect((await enrolment()).Steps.map(({ State }) => State)).toEqual(Array(5).fill('Done'))
  const { Person } = (await bench.client.call('users.record', { EmployeeCode: '2001' })).body
  expect(Person.Credentials).toMatchObject([
    { Type: 'Fingerprint', Index: 7, Algorithm: '10', Source: 'GATE1' },
  ])
})

it('says which terminal cannot read a template, and why', async () => {
  await bench.running.store.write(write =>
    write.updateTable('credential').set({ major: '9' }).where('employee_code', '=', '2001').execute(),
  )
  await bench.client.call('users.retry', { EmployeeCode: '2001' })
  await bench.client.call('users.save', { EmployeeCode: '2001', LastName: 'Kulkarni-Rao' })
  const state = await bench.wait('the reader to be blocked', async () => {
    const now = await stateAt('2001', 'READER1')
    return now?.State === 'Blocked' ? now : null
  })
  expect([state.ReasonCode, state.Reason]).toEqual([
    'Algorithm',
    'Fingerprint 7 is of algorithm 9, the terminal has 10',
  ])
  await bench.running.store.write(write =>
    write.updateTable('credential').set({ major: '10' }).where('employee_code', '=', '2001').execute(),
  )
  await bench.client.call('users.retry', { EmployeeCode: '2001' })
  await inStep('2001', all)
})

it('suspends without forgetting, at one site or everywhere, and lets in again', async () => {
  expect((await bench.client.call('users.suspend', { EmployeeCode: '2001' })).body.Terminals).toBe(3)
  await bench.wait('all to have shut out', async () =>
    (await statesOf('2001')).every(
      ({ State, ReasonCode }) => State === 'Withheld' && ReasonCode === 'Suspended',
    ),
  )
  // A terminal that cannot end a validity forgets the person, one that can keeps them shut out, a controller takes the right.
  expect(gate.terminal.users().has('2001')).toBe(false)
  expect(reader.terminal.users().get('2001')).toMatchObject({ EndDatetime: '2000-01-02T23:59:59' })
  expect(doors.controller.rows('userauthorize').join()).not.toContain('pin=2001')
  expect(doors.controller.rows('user').join()).toContain('pin=2001')
  const { People } = (await bench.client.call('users.directory', { Status: ['Suspended'] })).body
  expect(People.map(({ EmployeeCode }) => EmployeeCode)).toEqual(['2001'])
  await bench.client.call('users.resume', { EmployeeCode: '2001' })
  await inStep('2001', all)
  expect(gate.terminal.users().has('2001')).toBe(true)
  expect(doors.controller.rows('userauthorize').join()).toContain('pin=2001')
})

it('removes a leaver from every terminal, tick by tick, and ends in a certificate', async () => {
  const { Deletion } = (await bench.client.call('users.offboard', { EmployeeCode: '2001' })).body
  expect([Deletion.State, Deletion.Terminals.map(({ State }) => State)]).toEqual([
    'Open',
    ['Open', 'Open', 'Open'],
  ])
  await expect(
    bench.client.call('users.certificate', { DeletionID: Deletion.DeletionID }),
  ).rejects.toMatchObject({ code: 'DELETION_OPEN' })
  const done = await bench.wait('the last terminal', async () => {
    const { Deletions } = (await bench.client.call('users.deletions', { EmployeeCode: '2001' })).body
    return Deletions[0]?.State === 'Done' ? Deletions[0] : null
  })
  expect(done.Terminals.map(({ DeviceSN, Proof }) => [DeviceSN, Proof]).sort()).toEqual(
    all.map(sn => [sn, 'ReadBack']).sort(),
  )
  expect(gate.terminal.users().has('2001')).toBe(false)
  expect(reader.terminal.users().has('2001')).toBe(false)
  expect(doors.controller.rows('user').join()).not.toContain('pin=2001')
  const { Certificate } = (await bench.client.call('users.certificate', { DeletionID: Deletion.DeletionID }))
    .body
  expect(Certificate.Hash).toMatch(/^[0-9a-f]{64}$/)
  expect((await bench.client.call('users.record', { EmployeeCode: '2001' })).body.Person.Status).toBe('Left')
})

it('lists cards that were shown and belong to nobody, until somebody gets one', async () => {
  const pass = { pin: undefined, door: 1, direction: 2, verify: 4, heldMs: 1000 } as const
  doors.controller.pass({ ...pass, card: '987654' })
  doors.controller.pass({ ...pass, card: '987654', door: 2 })
  const cards = async () => (await bench.client.call('users.unknownCards', {})).body.Cards
  const [card] = await bench.wait('the card', async () => {
    const shown = await cards()
    return shown[0]?.Times === 2 ? shown : null
  })
  expect(card).toMatchObject({ CardNumber: '987654', DeviceSN: 'DOORS1' })
  await bench.client.call('users.assignCard', {
    EmployeeCode: '2002',
    DeviceSN: ['DOORS1'],
    CardNumber: '987654',
  })
  expect(await cards()).toEqual([])
})
