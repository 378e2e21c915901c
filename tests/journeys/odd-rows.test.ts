import { expect, it } from 'vitest'
import { oneTerminal } from '../support/one-terminal.ts'

/** Rows that are written otherwise than documented: read for what they mean, or kept where somebody can see them. */
const own = oneTerminal('ROWS1')

const reasonsOf = async () =>
  (await own().call('devices.quarantine', { DeviceSN: 'ROWS1' })).body.Lines.map(({ Line, Reason }) => [
    Line,
    Reason,
  ])
const templatesOf = async (EmployeeCode: string) =>
  (await own().call('users.record', { EmployeeCode })).body.Person.Credentials

it('reads a person whose row is parted by spaces, and takes no row for a person', async () => {
  const reply = await own().device.upload(
    'OPERLOG',
    'USER PIN=801 Name=Asha Rao Pri=14\nUSER PIN=802 Name=A\tPri=0\n',
  )
  expect(reply).toMatchObject({ status: 200, body: 'OK: 2' })
  const { Users } = (await own().call('users.list', { DeviceSN: 'ROWS1' })).body
  expect(Users).toMatchObject([
    { EmployeeCode: '801', FirstName: 'Asha', LastName: 'Rao', UserType: 'Admin' },
  ])
  expect(await reasonsOf()).toEqual([[2, 'bad-pin']])
})

it('keeps a good template when a damaged one comes, or one of no finger', async () => {
  await own().device.upload('OPERLOG', 'FP PIN=803\tFID=0\tSize=8\tValid=1\tTMP=AAAABBBB\n')
  const before = await templatesOf('803')
  expect(before).toHaveLength(1)
  const damaged = 'FP PIN=803\tFID=0\tSize=8\tValid=1\tTMP=AAAAB\nFP PIN=803\tSize=8\tValid=1\tTMP=CCCCDDDD\n'
  expect(await own().device.upload('OPERLOG', damaged)).toMatchObject({ status: 200, body: 'OK: 2' })
  expect(await templatesOf('803')).toEqual(before)
  expect((await reasonsOf()).slice(0, 2)).toEqual([
    [2, 'missing-finger'],
    [1, 'bad-base64'],
  ])
})

it.each(['USERINFO', 'USER'])('reads people under the table %s', async table => {
  const code = `804-${table}`
  expect(await own().device.upload(table, `PIN=${code}\tName=Ravi\n`)).toMatchObject({ body: 'OK: 1' })
  expect((await own().call('users.get', { EmployeeCode: code })).body.User.FirstName).toBe('Ravi')
})

it.each(['FACE', 'FVEIN'])('reads templates under the table %s', async table => {
  const code = `805-${table}`
  const row = `PIN=${code}\tFID=1\tIndex=0\tValid=1\tSize=4\tTMP=AAAA\n`
  expect(await own().device.upload(table, row)).toMatchObject({ body: 'OK: 1' })
  expect(await templatesOf(code)).toHaveLength(1)
})
