import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OperationInput } from '#contract/types.ts'
import { createFakeController, type FakeController } from '../support/fake-controller.ts'
import { createFakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'

/** A Tuesday, 15:35:43 in Kolkata. */
const clock = createTestClock(Date.parse('2026-09-15T10:05:43Z'))
let running: TestGateway
beforeAll(async () => {
  running = await startGateway({ clock, timeZone: 'Asia/Kolkata' })
})
afterAll(() => running.stop())

const started = async (sn: string, doors = 4, extra = ''): Promise<FakeController> => {
  const controller = createFakeController(running.devicesUrl, sn, doors)
  await controller.handshake()
  await controller.registry(extra)
  await controller.push()
  return controller
}
type Windows = OperationInput<'doors.setSchedule'>['Windows']
const office: Windows = (['Monday', 'Tuesday', 'Wednesday'] as const).map(Day => ({
  Day,
  Start: '08:30',
  End: '18:00',
}))
const setSchedule = (
  DeviceSN: string,
  ScheduleID: number,
  EmployeeCode?: string[],
  Windows: Windows = office,
) =>
  running.client().call('doors.setSchedule', {
    DeviceSN,
    ScheduleID,
    Windows,
    ...(EmployeeCode === undefined ? {} : { EmployeeCode }),
  })
const command = async (CommandID: string) =>
  (await running.client().call('devices.commandStatus', { CommandID })).body
/** Answers everything that waits with 0, and gives back what it was. */
async function obey(controller: FakeController) {
  const { commands } = await controller.poll()
  for (const { id } of commands) await controller.result(id, 0, 'DATA UPDATE')
  return commands
}
const ask = (controller: FakeController, pin: string, door = 1, more = '') =>
  controller.request(
    'POST',
    `/iclock/cdata?SN=${controller.sn}&AuthType=device`,
    `time=2026-09-15 15:35:43\tpin=${pin}\tcardno=0\taddrtype=2\teventaddr=${door}\tevent=0\tinoutstatus=0\tverifytype=1${more}`,
  )

describe('SetAccessSchedule', () => {
  it('writes windows and rights in the terminal’s own tables, one row a command', async () => {
    const controller = await started('WINDOW1')
    await setSchedule('WINDOW1', 3, ['1001', '1002'])
    const texts = (await controller.poll()).commands.map(({ text }) => text)
    expect(texts[0]).toMatch(
      /^DATA UPDATE timezone TimezoneId=3\tSunTime1=0\t.*MonTime1=54396680\tMonTime2=0/,
    )
    expect(texts.slice(1)).toEqual([
      'DATA UPDATE userauthorize Pin=1001\tAuthorizeTimezoneId=3\tAuthorizeDoorId=15',
      'DATA UPDATE userauthorize Pin=1002\tAuthorizeTimezoneId=3\tAuthorizeDoorId=15',
    ])
  })

  it('reads back what was answered with 0, and says that the terminal holds it', async () => {
    const controller = await started('WINDOW2')
    const { body } = await setSchedule('WINDOW2', 3)
    await obey(controller)
    expect(await command(body.CommandID)).toMatchObject({
      State: 'Done',
      Result: 'Answered; being read back',
    })
    const [question] = (await controller.poll()).commands
    expect(question?.text).toBe('DATA QUERY tablename=timezone,fielddesc=*,filter=TimezoneId=3')
    const row = 'timezone timezoneid=3\tmontime1=54396680\ttuetime1=54396680\twedtime1=54396680\n'
    await controller.querydata(
      `type=tabledata&cmdid=${question?.id}&tablename=timezone&count=1&packcnt=1&packidx=1`,
      row,
    )
    await controller.result(question?.id ?? '', 1, 'DATA QUERY')
    expect(await command(body.CommandID)).toMatchObject({
      State: 'Done',
      Result: 'Read back: the terminal holds it',
    })
    expect(await quarantined('WINDOW2')).toEqual([])
  })

  it('has failed where the terminal holds something else, or nothing', async () => {
    const controller = await started('WINDOW3')
    const { body } = await setSchedule('WINDOW3', 3, ['1001'])
    const [, right] = await obey(controller)
    const questions = (await controller.poll()).commands
    await controller.querydata(
      `type=tabledata&cmdid=${questions[0]?.id}&tablename=timezone&count=1&packcnt=1&packidx=1`,
      'timezone timezoneid=3\tmontime1=54396680\n',
    )
    await controller.result(questions[0]?.id ?? '', 1, 'DATA QUERY')
    expect(await command(body.CommandID)).toMatchObject({
      State: 'Failed',
      ReturnCode: 0,
      Error: 'The terminal answered yes, but does not hold it',
      Result: 'Read back: the terminal holds something else',
    })
    expect(questions[1]?.text).toBe('DATA QUERY tablename=userauthorize,fielddesc=*,filter=Pin=1001')
    await controller.result(questions[1]?.id ?? '', 0, 'DATA QUERY')
    expect((await command(right?.id ?? '')).State).toBe('Failed')
  })

  it('says that it could not be read back where the question fails', async () => {
    const controller = await started('WINDOW4')
    const { body } = await setSchedule('WINDOW4', 3)
    await obey(controller)
    const [question] = (await controller.poll()).commands
    await controller.result(question?.id ?? '', -100, 'DATA QUERY')
    expect(await command(body.CommandID)).toMatchObject({
      State: 'Done',
      Result: 'Answered, but could not be read back',
    })
  })

  it('takes somebody off by writing anew what is left to them', async () => {
    const controller = await started('WINDOW5')
    await setSchedule('WINDOW5', 1, ['1001', '1002'])
    await setSchedule('WINDOW5', 2, ['1001'])
    await obey(controller)
    await obey(controller)
    await setSchedule('WINDOW5', 1, ['1002'])
    const texts = (await controller.poll()).commands.map(({ text }) => text)
    expect(texts.filter(text => text.includes('userauthorize') && !text.includes('QUERY'))).toEqual([
      'DATA DELETE userauthorize Pin=1001',
      'DATA UPDATE userauthorize Pin=1001\tAuthorizeTimezoneId=2\tAuthorizeDoorId=15',
    ])
  })

  it('never gives back to somebody what a newer order has taken, whatever was still open', async () => {
    const controller = await started('WINDOW9')
    await setSchedule('WINDOW9', 1, ['1001', '1002'])
    const sent = (await controller.poll()).commands
    await setSchedule('WINDOW9', 1, ['1002'])
    const later: string[] = []
    for (let minutes = 0; minutes < 12; minutes += 1) {
      const { commands } = await controller.poll()
      later.push(...commands.map(({ text }) => text).filter(text => text.includes('1001')))
      for (const { id, text } of commands) if (!text.includes('QUERY')) await controller.result(id, 0)
      clock.advance(60_000)
    }
    expect(sent.filter(({ text }) => text.includes('Pin=1001'))).toHaveLength(1)
    expect(later.filter(text => text.startsWith('DATA DELETE'))).toEqual([
      'DATA DELETE userauthorize Pin=1001',
    ])
    expect(later.filter(text => text.startsWith('DATA UPDATE'))).toEqual([])
  })

  it('refuses what the terminal cannot hold, naming it, and keeps nothing', async () => {
    await started('WINDOW6')
    const many = ['08', '10', '12', '14'].map(hour => ({
      Day: 'Friday' as const,
      Start: `${hour}:00`,
      End: `${hour}:30`,
    }))
    await expect(setSchedule('WINDOW6', 1, undefined, many)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: 'Windows',
    })
    await createFakeDevice(running.devicesUrl, 'WINDOW7').handshake()
    await expect(setSchedule('WINDOW7', 1)).rejects.toMatchObject({ code: 'NOT_SUPPORTED_BY_DEVICE' })
    const kept = await running.store.read
      .selectFrom('access_schedule')
      .select('sn')
      .where('sn', 'in', ['WINDOW6', 'WINDOW7'])
      .execute()
    expect(kept).toEqual([])
  })

  it('hands over only as much as fits into one reply, and the rest with the next polls', async () => {
    const controller = await started('WINDOW8')
    const codes = Array.from({ length: 60 }, (_, index) => String(5000 + index))
    await setSchedule('WINDOW8', 1, codes)
    const seen: string[] = []
    for (;;) {
      const { raw, commands } = await controller.poll()
      if (raw === 'OK') break
      expect(Buffer.byteLength(raw)).toBeLessThan(40_000)
      seen.push(...commands.map(({ text }) => /Pin=(\d+)/.exec(text)?.[1] ?? 'windows'))
    }
    expect(seen).toEqual(['windows', ...codes])
  })
})

describe('a terminal that asks whether to let somebody in', () => {
  it('is told nothing was decided while it has no windows', async () => {
    expect((await ask(await started('ASKING1'), '1001')).body).toMatch(/^AUTH=TIMEOUT\r\n/)
  })

  it('opens the door asked about for who has a window now, with the record echoed', async () => {
    const controller = await started('ASKING2')
    await setSchedule('ASKING2', 1, ['1001'])
    expect((await ask(controller, '1001', 3)).body).toBe(
      'AUTH=SUCCESS\r\ntime=2026-09-15 15:35:43\tpin=1001\tcardno=0\taddrtype=2\teventaddr=3\tevent=0\tinoutstatus=0\tverifytype=1\r\nCONTROL DEVICE 01030105',
    )
  })

  it('refuses who has no right, who comes at another time, and who was not recognised', async () => {
    const controller = await started('ASKING3')
    const sunday: Windows = [{ Day: 'Sunday', Start: '08:00', End: '12:00' }]
    await setSchedule('ASKING3', 1, ['1001'], sunday)
    expect((await ask(controller, '1001')).body).toMatch(/^AUTH=FAILED\r\n.*\r\n\r\nTIPS=Not at this time$/s)
    expect((await ask(controller, '2002')).body).toMatch(/^AUTH=FAILED\r\n.*\r\n\r\nTIPS=No access here$/s)
    expect((await ask(controller, '0')).body).toMatch(/^AUTH=FAILED\r\n/)
  })

  it('goes by our clock, not by that of the terminal, and opens no door that is not there', async () => {
    const controller = await started('ASKING4', 2)
    await setSchedule('ASKING4', 1, ['1001'])
    const { body } = await ask(controller, '1001', 9)
    expect(body).toMatch(/^AUTH=SUCCESS\r\n.*\r\n$/s)
    expect(body).not.toContain('CONTROL DEVICE')
  })
})

async function quarantined(sn: string) {
  return running.store.read.selectFrom('quarantine').select('reason').where('sn', '=', sn).execute()
}

describe('an error log that names a command', () => {
  it('takes back that it was carried out, in words', async () => {
    const device = createFakeDevice(running.devicesUrl, 'ERRORS1')
    await device.handshake()
    const { body } = await running.client().call('devices.ping', { DeviceSN: 'ERRORS1' })
    await device.poll()
    await device.result(body.CommandID, 0)
    const row = (id: string) =>
      `ERRORLOG ErrCode=D01E0002\tErrMsg=\tDataOrigin=cmd\tCmdId=${id}\tAdditional=\n`
    expect((await device.upload('ERRORLOG', row('999999'))).body).toBe('OK: 1')
    expect((await command(body.CommandID)).State).toBe('Done')
    expect((await device.upload('ERRORLOG', row(body.CommandID))).body).toBe('OK: 1')
    expect(await command(body.CommandID)).toMatchObject({
      State: 'Failed',
      Error: 'The terminal reports D01E0002: the face in the photo is covered',
    })
  })
})

describe('the relay bit', () => {
  it('means what it turns to while the terminal opens that door on order, and nothing before', async () => {
    const controller = await started('RELAY1', 2)
    const at = '2026-09-15 15:35:43'
    const polarity = async () =>
      (await running.client().call('devices.profile', { DeviceSN: 'RELAY1' })).body.Settings.find(
        ({ Name }) => Name === 'RelayPolarity',
      )
    await controller.state(at, '05', '03')
    await controller.state(at, '05', '02')
    await controller.state(at, '05', '03')
    expect(await polarity()).toMatchObject({ Value: 'unknown', Source: 'Default' })
    const order = await running
      .client()
      .call(
        'doors.open',
        { DeviceSN: 'RELAY1', DoorNo: 2, Seconds: 5 },
        { headers: { 'idempotency-key': crypto.randomUUID() } },
      )
    await controller.poll()
    await controller.result(order.body.CommandID, 0, 'CONTROL DEVICE')
    clock.advance(1000)
    await controller.state(at, '05', '01')
    expect(await polarity()).toMatchObject({
      Value: 'released',
      Source: 'Learned',
      Evidence: `Its relay bit of door 2 became 0 while it opened that door on order ${order.body.CommandID}`,
    })
    await controller.state(at, '05', '03')
    const { body } = await running.client().call('doors.status', { DeviceSN: 'RELAY1' })
    expect(body.Doors.map(({ LockState }) => LockState)).toEqual(['Locked', 'Locked'])
  })
})
