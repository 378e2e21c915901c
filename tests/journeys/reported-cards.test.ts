import { expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { obedientTerminal } from '../support/obedient-terminal.ts'
import { oneTerminal } from '../support/one-terminal.ts'
import { until } from '../support/until.ts'

/** What rows of people say of cards, and what they leave open. */
const own = oneTerminal('CARDS1')

const report = (row: string, by = own().device) => by.upload('OPERLOG', `USER ${row}\n`)
const cardOf = async (EmployeeCode: string) =>
  (await own().call('users.get', { EmployeeCode })).body.User.Card

it('forgets a card that was taken off at its terminal, and at no other', async () => {
  const other = createFakeDevice(own().running.devicesUrl, 'CARDS2')
  await other.handshake()
  await report('PIN=701\tName=Asha\tPri=0\tCard=4711')
  await report('PIN=701\tName=Asha\tPri=0\tCard=', other)
  expect(await cardOf('701'), 'the other terminal never had it').toBe('4711')
  await report('PIN=701\tName=Asha\tPri=0\tCard=[0000000000]')
  expect(await cardOf('701')).toBeNull()
  await report('PIN=702\tName=Ravi\tCard=4712')
  await report('PIN=702\tName=Ravi\tCard=4712', other)
  await report('PIN=702\tName=Ravi\tCard=0')
  expect(await cardOf('702'), 'the other terminal holds it still').toBe('4712')
  await report('PIN=703\tName=Meera\tCard=4713')
  await report('PIN=703\tName=Meera\tPri=0')
  expect(await cardOf('703'), 'the row does not speak of cards').toBe('4713')
})

it.each([
  ['a row without a card', 'Pri=0\tGrp=1', true],
  ['a card filled up with zeros', 'Card=0005832914', true],
  ['a card by its bytes', 'Card=[D2005900]', true],
  ['a name cut after eight bytes', 'Name=Алек', true],
  ['another card', 'Card=99', false],
  ['no card', 'Card=', false],
])('%s: the same as wanted is %s', async (_, said, isSame) => {
  const one = createFakeDevice(own().running.devicesUrl, 'CARDS3')
  const terminal = obedientTerminal(one)
  await one.handshake()
  const EmployeeCode = '710'
  await own().call('users.add', { EmployeeCode, DeviceSN: ['CARDS3'], FirstName: 'Александр' })
  await own().call('users.assignCard', { EmployeeCode, DeviceSN: ['CARDS3'], CardNumber: '0005832914' })
  const stateOf = async () => (await own().call('users.states', { EmployeeCode })).body.States[0]
  await until('the person in step', async () => {
    await terminal.work()
    return (await stateOf())?.State === 'InStep'
  })
  await report(`PIN=${EmployeeCode}\t${said}`, one)
  expect((await stateOf())?.Items[0]).toMatchObject({ Item: 'User', State: isSame ? 'InStep' : 'Different' })
})

it('takes no row for proof of what it leaves open and nobody has written', async () => {
  const one = createFakeDevice(own().running.devicesUrl, 'CARDS4')
  await one.handshake()
  const EmployeeCode = '720'
  const order = (text: string) =>
    until(`the order ${text}`, async () =>
      (await one.poll()).commands.find(given => given.text.includes(text)),
    )
  await own().call('users.add', { EmployeeCode, DeviceSN: ['CARDS4'], FirstName: 'Meera' })
  await one.result((await order('DATA UPDATE')).id, 0)
  const question = await order('DATA QUERY')
  await own().call('users.setPassword', { EmployeeCode, DeviceSN: ['CARDS4'], Password: '80246357' })
  await report(`PIN=${EmployeeCode}\tName=Meera\tPri=0\tPasswd=`, one)
  await one.result(question.id, 0)
  expect((await order('DATA UPDATE')).text).toContain('Passwd=80246357')
})
