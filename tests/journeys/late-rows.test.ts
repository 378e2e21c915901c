import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock, type TestClock } from '../support/test-clock.ts'
import { until } from '../support/until.ts'

/**
 * Asked whom they hold, some terminals say yes first and upload the rows behind it: nothing may be concluded from the
 * rows that have not come yet.
 */
let running: TestGateway
let clock: TestClock
let call: ReturnType<TestGateway['client']>['call']
beforeAll(async () => {
  clock = createTestClock(Date.parse('2026-09-15T10:00:00Z'))
  running = await startGateway({ clock })
  call = running.client().call
})
afterAll(() => running.stop())

const minute = 60_000

function terminal(sn: string) {
  const device = createFakeDevice(running.devicesUrl, sn)
  const order = (text: string) =>
    until(`the order ${text}`, async () => {
      clock.advance(100)
      return (await device.poll()).commands.find(command => command.text.startsWith(text))
    })
  return {
    device,
    order,
    async obey(text: string) {
      const { id } = await order(text)
      await device.result(id, 0)
    },
    /** Says yes to the next question, and nothing more. */
    async answerEmpty() {
      const { id } = await order('DATA QUERY USERINFO')
      await device.result(id, 0)
    },
    report: (code: string) => device.upload('OPERLOG', `USER PIN=${code}\tName=Asha\tPri=0\n`),
    async stateOf(code: string) {
      const { States } = (await call('users.states', { EmployeeCode: code })).body
      return States.find(({ DeviceSN }) => DeviceSN === sn)
    },
  }
}

async function hired(sn: string, code: string) {
  const one = terminal(sn)
  await one.device.handshake()
  await call('users.add', { EmployeeCode: code, DeviceSN: [sn], FirstName: 'Asha' })
  await one.obey('DATA UPDATE USERINFO')
  return one
}

const passing = <T>(what: string, condition: () => Promise<T>) =>
  until(what, () => {
    clock.advance(100)
    return condition()
  })

describe('somebody who was written', () => {
  it('is in step with the row that comes behind the answer, and never said to be missing', async () => {
    const one = await hired('LATE1', '501')
    await one.answerEmpty()
    expect(await one.stateOf('501')).toMatchObject({ State: 'Pending', ReasonCode: 'Verifying' })
    await one.report('501')
    const state = await passing('501 in step', async () => {
      const now = await one.stateOf('501')
      expect(now?.State).not.toBe('Failed')
      return now?.State === 'InStep' ? now : null
    })
    expect(state.Items).toMatchObject([{ Item: 'User', Proof: 'ReadBack' }])
  })

  it('is missing where no row comes at all', async () => {
    const one = await hired('LATE2', '502')
    await one.answerEmpty()
    clock.advance(minute)
    await passing('502 missing', async () => (await one.stateOf('502'))?.State === 'Failed')
    expect(await one.stateOf('502')).toMatchObject({
      ReasonCode: 'Different',
      Reason: 'The terminal answered yes, but does not hold the person',
    })
  })
})

describe('somebody who was removed', () => {
  const certificateOf = async (EmployeeCode: string) =>
    (await call('users.deletions', { EmployeeCode })).body.Deletions[0]

  it('is not certified as gone while the row may still come, and is removed again when it does', async () => {
    const one = await hired('LATE3', '503')
    await one.answerEmpty()
    await one.report('503')
    await passing('503 in step', async () => (await one.stateOf('503'))?.State === 'InStep')
    await call('users.remove', { EmployeeCode: '503', DeviceSN: ['LATE3'] })
    await one.obey('DATA DELETE USERINFO')
    await one.answerEmpty()
    expect((await certificateOf('503'))?.Terminals).toMatchObject([{ State: 'Open' }])
    await one.report('503')
    clock.advance(minute)
    await one.order('DATA DELETE USERINFO')
    expect((await certificateOf('503'))?.Terminals).toMatchObject([{ State: 'Open' }])
  })

  it('is gone when none has come', async () => {
    const one = await hired('LATE4', '504')
    await one.answerEmpty()
    await one.report('504')
    await passing('504 in step', async () => (await one.stateOf('504'))?.State === 'InStep')
    await call('users.remove', { EmployeeCode: '504', DeviceSN: ['LATE4'] })
    await one.obey('DATA DELETE USERINFO')
    await one.answerEmpty()
    clock.advance(minute)
    const tick = await passing('504 gone', async () =>
      (await certificateOf('504'))?.Terminals.find(({ State }) => State === 'Confirmed'),
    )
    expect(tick.Proof).toBe('ReadBack')
  })
})
