import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClient } from '#contract/client.ts'
import { operations } from '#contract/operations/index.ts'
import type { OperationInput } from '#contract/types.ts'
import { createFakeDevice, type FakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'

const clock = createTestClock(Date.parse('2026-03-10T06:30:00Z'))
let running: TestGateway
let gate: FakeDevice
beforeAll(async () => {
  running = await startGateway({ clock, timeZone: 'Asia/Kolkata' })
  gate = createFakeDevice(running.devicesUrl, 'FIX1')
  await gate.handshake()
  await gate.upload(
    'ATTLOG',
    [
      '100\t2026-03-02 08:00:00\t0\t15',
      '100\t2026-03-02 12:00:00\t0\t15',
      '100\t2026-03-02 17:00:00\t1\t15',
      '200\t2026-03-02 08:00:00\t0\t15',
      '',
    ].join('\n'),
  )
  await gate.poll()
})
afterAll(() => running.stop())

/** The contract as somebody of the dashboard speaks it. */
const as = (actor: string) =>
  createClient({
    baseUrl: `${running.apiUrl}/v3`,
    fetch,
    facts: operations,
    headers: () => ({ AuthToken: running.token, 'x-actor': actor }),
  })
const anna = () => as('anna')
const bert = () => as('bert')
const add = async (
  input: Omit<OperationInput<'attendance.addCorrection'>, 'EmployeeCode'> & { EmployeeCode?: string },
  by = anna(),
) => (await by.call('attendance.addCorrection', { EmployeeCode: '100', ...input })).body.Correction
const day = async (EmployeeCode = '100') =>
  (await anna().call('attendance.summary', { FromDate: '2026-03-02', ToDate: '2026-03-02', EmployeeCode }))
    .body.Summary[0]
const punchAt = async (time: string, EmployeeCode = '100') => {
  const { Attendance } = (
    await anna().call('attendance.byEmployee', {
      FromDate: '2026-03-02',
      ToDate: '2026-03-02',
      EmployeeCode,
    })
  ).body
  const found = Attendance.find(({ AttendanceLog }) => AttendanceLog.endsWith(time))
  if (!found) throw new Error(`no punch at ${time}`)
  return found
}

describe('a correction', () => {
  it('adds a forgotten exit as a fact of its own, and is taken back by another', async () => {
    expect((await day('200'))?.Hours).toBeNull()
    const added = await add({
      EmployeeCode: '200',
      Kind: 'AddPunch',
      AttendanceLog: '2026-03-02 16:30',
      Direction: 'CheckOut',
      Reason: 'Asked the guard',
    })
    expect(added).toMatchObject({
      State: 'in_force',
      By: 'anna',
      TimeZone: 'Asia/Kolkata',
      Date: '2026-03-02',
    })
    expect(await day('200')).toMatchObject({ Hours: 8.5, LastOut: '2026-03-02 16:30:00', PunchCount: 2 })
    const { body } = await bert().call('attendance.withdrawCorrection', {
      CorrectionID: added.CorrectionID,
      Reason: 'It was the day after',
    })
    expect(body.Correction).toMatchObject({ Kind: 'Withdraw', TargetID: added.CorrectionID, By: 'bert' })
    expect((await day('200'))?.Hours).toBeNull()
    const { Corrections } = (
      await anna().call('attendance.corrections', { EmployeeCode: '200', Order: 'asc' })
    ).body
    expect(Corrections.map(({ Kind, State, WithdrawnBy }) => [Kind, State, WithdrawnBy])).toEqual([
      ['AddPunch', 'withdrawn', 'bert'],
      ['Withdraw', 'in_force', null],
    ])
  })

  it('turns a direction and says what it was; the punch itself stays as it was sent', async () => {
    const noon = await punchAt('12:00:00')
    const turned = await add({
      Kind: 'SetDirection',
      PunchID: noon.OperationID,
      Direction: 'BreakOut',
      Reason: 'Wrong key',
    })
    expect(turned).toMatchObject({ Before: 'CheckIn', After: 'BreakOut', LocalTime: '2026-03-02 12:00:00' })
    expect(await punchAt('12:00:00')).toEqual(noon)
    const ignored = await add({ Kind: 'IgnorePunch', PunchID: noon.OperationID, Reason: 'Not theirs' })
    expect(await day()).toMatchObject({ PunchCount: 2, Hours: 9 })
    await anna().call('attendance.withdrawCorrection', {
      CorrectionID: ignored.CorrectionID,
      Reason: 'Was theirs',
    })
    expect((await day())?.PunchCount).toBe(3)
  })

  it('pressed twice is one', async () => {
    const said = {
      EmployeeCode: '200',
      Kind: 'AddPunch',
      AttendanceLog: '2026-03-02 18:00',
      Direction: 'CheckOut',
      Reason: 'Asked',
    } as const
    const [one, other] = [await add(said), await add(said)]
    expect(other.CorrectionID).toBe(one.CorrectionID)
    await anna().call('attendance.withdrawCorrection', { CorrectionID: one.CorrectionID, Reason: 'Undo' })
    expect((await add(said)).CorrectionID).not.toBe(one.CorrectionID)
  })

  it('names what is missing, what is not there, and whose punch it is not', async () => {
    const noon = await punchAt('12:00:00')
    await expect(add({ Kind: 'AddPunch', Direction: 'CheckIn', Reason: 'Why not' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: 'AttendanceLog',
    })
    await expect(
      add({ Kind: 'IgnorePunch', EmployeeCode: '200', PunchID: noon.OperationID, Reason: 'Why not' }),
    ).rejects.toMatchObject({ code: 'PUNCH_NOT_FOUND', field: 'PunchID' })
    await expect(add({ Kind: 'IgnorePunch', PunchID: noon.OperationID, Reason: '' })).rejects.toMatchObject({
      field: 'Reason',
    })
    await expect(
      anna().call('attendance.withdrawCorrection', { CorrectionID: 'c-999', Reason: 'Nobody' }),
    ).rejects.toMatchObject({ code: 'CORRECTION_NOT_FOUND' })
  })
})

describe('where two people are asked for', () => {
  const decide = async (CorrectionID: string, by = bert(), Decision: 'approve' | 'refuse' = 'approve') =>
    (await by.call('attendance.decideCorrection', { CorrectionID, Decision, Reason: 'Looked at it' })).body
      .Correction
  const propose = (time: string) =>
    add({
      EmployeeCode: '200',
      Kind: 'AddPunch',
      AttendanceLog: `2026-03-02 ${time}`,
      Direction: 'CheckOut',
      Reason: 'Forgot',
    })
  beforeAll(async () => {
    await anna().call('attendance.saveControl', { TwoPersons: true })
    const { Corrections } = (
      await anna().call('attendance.corrections', { EmployeeCode: '200', State: 'in_force' })
    ).body
    for (const { CorrectionID, Kind } of Corrections)
      if (Kind === 'AddPunch') {
        const taken = await anna().call('attendance.withdrawCorrection', {
          CorrectionID,
          Reason: 'Start anew',
        })
        await decide(taken.body.Correction.CorrectionID)
      }
  })

  it('a proposal counts for nothing until somebody else agrees', async () => {
    const proposed = await propose('16:00')
    expect([proposed.State, proposed.MayDecide, (await day('200'))?.Hours]).toEqual(['pending', false, null])
    await expect(decide(proposed.CorrectionID, anna())).rejects.toMatchObject({ code: 'SAME_PERSON' })
    expect((await day('200'))?.Hours).toBeNull()
    expect(await decide(proposed.CorrectionID)).toMatchObject({
      State: 'in_force',
      DecidedBy: 'bert',
      By: 'anna',
    })
    expect((await day('200'))?.Hours).toBe(8)
    await expect(decide(proposed.CorrectionID)).rejects.toMatchObject({ code: 'CORRECTION_SETTLED' })
  })

  it('taking back what counts needs the second person as well, taking back a proposal does not', async () => {
    const { Corrections } = (
      await bert().call('attendance.corrections', { EmployeeCode: '200', State: 'in_force' })
    ).body
    const exit = Corrections.find(({ Kind }) => Kind === 'AddPunch')
    if (!exit) throw new Error('nothing in force')
    const withdrawal = (
      await bert().call('attendance.withdrawCorrection', {
        CorrectionID: exit.CorrectionID,
        Reason: 'Mistaken',
      })
    ).body.Correction
    expect([withdrawal.State, (await day('200'))?.Hours]).toEqual(['pending', 8])
    await decide(withdrawal.CorrectionID, anna())
    expect((await day('200'))?.Hours).toBeNull()
    const proposed = await propose('15:00')
    const taken = await anna().call('attendance.withdrawCorrection', {
      CorrectionID: proposed.CorrectionID,
      Reason: 'Undo',
    })
    expect(taken.body.Correction.State).toBe('in_force')
    await expect(decide(proposed.CorrectionID)).rejects.toMatchObject({ code: 'CORRECTION_SETTLED' })
  })

  it('a refusal needs a reason and leaves everything as it was', async () => {
    const proposed = await propose('14:00')
    await expect(
      bert().call('attendance.decideCorrection', { CorrectionID: proposed.CorrectionID, Decision: 'refuse' }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'Reason' })
    expect((await decide(proposed.CorrectionID, bert(), 'refuse')).State).toBe('refused')
    expect((await day('200'))?.Hours).toBeNull()
  })

  it('switching the rule off takes two people too', async () => {
    const off = async (by = anna()) => (await by.call('attendance.saveControl', { TwoPersons: false })).body
    expect(await off()).toMatchObject({ TwoPersons: true, OffAskedBy: 'anna' })
    expect(await off()).toMatchObject({ TwoPersons: true })
    expect(await off(bert())).toMatchObject({ TwoPersons: false, OffAskedBy: null })
  })
})
