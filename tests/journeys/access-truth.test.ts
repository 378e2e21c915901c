import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OperationInput } from '#contract/types.ts'
import { type DoorBench, openDoorBench } from '../support/door-bench.ts'
import { createFakeDevice } from '../support/fake-device.ts'

/** A Tuesday, 15:30 in Kolkata. */
let bench: DoorBench
beforeAll(async () => {
  bench = await openDoorBench('2026-09-15T10:00:00Z')
})
afterAll(() => bench.stop())

type Windows = OperationInput<'doors.setSchedule'>['Windows']
const office: Windows = (['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'] as const).map(Day => ({
  Day,
  Start: '08:30',
  End: '18:00',
}))
const setSchedule = (DeviceSN: string, Windows: Windows, EmployeeCode: string[]) =>
  bench.client.call('doors.setSchedule', { DeviceSN, ScheduleID: 3, Name: 'Office', Windows, EmployeeCode })

describe('who can open a door', () => {
  it('is answered for any minute, with the window that lets in', async () => {
    await bench.started('TRUTH01')
    const who = async (At?: string) =>
      (await bench.client.call('doors.whoCanOpen', { DeviceSN: 'TRUTH01', DoorNo: 1, ...(At ? { At } : {}) }))
        .body
    expect(await who()).toMatchObject({ Decided: false, People: [] })
    await setSchedule('TRUTH01', office, ['1001', '1002'])
    expect((await who()).People.map(({ EmployeeCode, Rule }) => [EmployeeCode, Rule.Window?.Day])).toEqual([
      ['1001', 'Tuesday'],
      ['1002', 'Tuesday'],
    ])
    expect(await who('2026-09-20 03:00')).toMatchObject({ Decided: true, People: [], Others: 2 })
    await bench.client.call('doors.setHolidays', {
      DeviceSN: 'TRUTH01',
      Holidays: [{ HolidayID: 1, Name: 'Founders', Date: '2026-09-15', Yearly: false, Kind: 1 }],
    })
    expect(await who()).toMatchObject({ People: [], Others: 2 })
  })
})

describe('why somebody was refused', () => {
  it('names the rule and the nearest minute it would have been yes', async () => {
    const controller = await bench.started('TRUTH02')
    await setSchedule('TRUTH02', office, ['1001'])
    await controller.events(
      { time: '2026-09-15 18:20:00', event: 22, pin: '1001', door: 1 },
      { time: '2026-09-15 15:29:00', event: 23, pin: '2002', door: 1 },
    )
    const { Events } = (
      await bench.client.call('doors.logs', {
        DeviceSN: 'TRUTH02',
        FromDate: '2026-09-15',
        ToDate: '2026-09-15',
        Event: ['Denied'],
      })
    ).body
    const why = async (code: string) =>
      (
        await bench.client.call('doors.whyDenied', {
          EventID: Events.find(({ EmployeeCode }) => EmployeeCode === code)?.EventID ?? '',
        })
      ).body
    expect(await why('1001')).toMatchObject({
      Verdict: 'outside_window',
      Terminal: 'invalid time period',
      Rules: [{ ScheduleID: 3, Name: 'Office', Window: null }],
      NearestYes: { At: '2026-09-15 18:00:00', MinutesAway: -20 },
    })
    expect(await why('2002')).toMatchObject({ Verdict: 'no_right', NearestYes: null })
  })
})

describe('a changed schedule', () => {
  it('is held against the events of the days before, before anybody is locked out', async () => {
    const controller = await bench.started('TRUTH03')
    await setSchedule('TRUTH03', office, ['1001'])
    await controller.events(
      { time: '2026-09-15 08:45:00', event: 0, pin: '1001', door: 1, direction: 0, verify: 4 },
      { time: '2026-09-15 10:45:00', event: 0, pin: '1001', door: 1, direction: 0, verify: 4 },
      { time: '2026-09-14 20:00:00', event: 22, pin: '1001', door: 1 },
    )
    const { body } = await bench.client.call('doors.previewSchedule', {
      DeviceSN: 'TRUTH03',
      ScheduleID: 3,
      Windows: (['Monday', 'Tuesday'] as const).map(Day => ({ Day, Start: '10:00', End: '21:00' })),
    })
    expect(body).toMatchObject({ Events: 3, NowDenied: 1, NowAllowed: 1 })
  })

  it('tells what a person can open, and which terminals alone know', async () => {
    await bench.started('TRUTH04', 2)
    await setSchedule('TRUTH04', office, ['4444'])
    const controller = await bench.started('TRUTH05', 1)
    await controller.tabledata('user', 'user pin=4444\tname=Asha\n', 1)
    const { Doors, Undecided } = (await bench.client.call('doors.whatCanOpen', { EmployeeCode: '4444' })).body
    expect(Doors.map(({ DeviceSN, DoorNo, Now }) => [DeviceSN, DoorNo, Now])).toEqual([
      ['TRUTH04', 1, true],
      ['TRUTH04', 2, true],
    ])
    expect(Undecided.length).toBeGreaterThan(0)
  })
})

describe('windows and holidays of terminals', () => {
  it('are read back from a controller, holidays too', async () => {
    const controller = await bench.started('TRUTH06')
    const { body } = await bench.client.call('doors.setHolidays', {
      DeviceSN: 'TRUTH06',
      Holidays: [{ HolidayID: 1, Name: 'New Year', Date: '2027-01-01', Yearly: true, Kind: 2 }],
    })
    expect(await bench.obey(controller)).toEqual([
      'DATA UPDATE holiday Holiday=20270101\tHolidayType=2\tLoop=1',
    ])
    const [question] = (await controller.poll()).commands
    expect(question?.text).toBe('DATA QUERY tablename=holiday,fielddesc=*,filter=Holiday=20270101')
    await controller.querydata(
      `type=tabledata&cmdid=${question?.id}&tablename=holiday&count=1&packcnt=1&packidx=1`,
      'holiday holiday=20270101\tholidaytype=2\tloop=1\n',
    )
    await controller.result(question?.id ?? '', 1, 'DATA QUERY')
    const status = await bench.client.call('devices.commandStatus', {
      CommandID: body.Commands[0]?.CommandID ?? '',
    })
    expect(status.body).toMatchObject({ State: 'Done', Result: 'Read back: the terminal holds it' })
  })

  it('are written to an attendance terminal in its own tables, which nobody can read back', async () => {
    const device = createFakeDevice(bench.running.devicesUrl, 'TRUTH07')
    await device.handshake()
    await device.upload('options', 'LockFunOn=1')
    const { body } = await bench.client.call('doors.setSchedule', {
      DeviceSN: 'TRUTH07',
      ScheduleID: 2,
      Windows: [{ Day: 'Monday', Start: '08:00', End: '18:00' }],
      GroupID: 5,
    })
    const { commands } = await device.poll()
    expect(commands.map(({ text }) => text.split('\t')[0])).toEqual([
      'DATA UPDATE AccTimeZone UID=2',
      'DATA UPDATE AccGroup ID=5',
    ])
    for (const { id } of commands) await device.result(id, 0)
    expect(
      (await bench.client.call('devices.commandStatus', { CommandID: body.CommandID })).body,
    ).toMatchObject({
      State: 'Done',
      Result: 'Answered, but could not be read back',
    })
    await expect(
      bench.client.call('doors.setSchedule', {
        DeviceSN: 'TRUTH07',
        ScheduleID: 2,
        Windows: [{ Day: 'Holiday1', Start: '08:00', End: '18:00' }],
      }),
    ).rejects.toMatchObject({ code: 'NOT_SUPPORTED_BY_DEVICE', field: 'Windows' })
  })
})

describe('the log of doors as a file', () => {
  it('holds every row of the range, however many pages that takes', async () => {
    const controller = await bench.started('TRUTH08')
    for (let minute = 0; minute < 5; minute += 1)
      await controller.events(
        ...Array.from({ length: 60 }, (_, second) => ({
          time: `2026-09-10 10:0${minute}:${String(second).padStart(2, '0')}`,
          event: 27,
          door: 1,
        })),
      )
    const reply = await fetch(
      `${bench.running.apiUrl}/v3/ExportDoorLogs?DeviceSN=TRUTH08&FromDate=2026-09-10&ToDate=2026-09-10&Format=csv`,
      { headers: { AuthToken: bench.running.token } },
    )
    expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect((await reply.text()).trim().split('\r\n')).toHaveLength(301)
  })
})
