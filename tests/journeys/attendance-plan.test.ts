import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPeople } from '../../gateway/attendance/read-people.ts'
import { createFakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'

const clock = createTestClock(Date.parse('2026-03-20T06:30:00Z'))
let running: TestGateway
let call: ReturnType<TestGateway['client']>['call']
beforeAll(async () => {
  running = await startGateway({ clock, timeZone: 'Asia/Kolkata' })
  call = running.client().call
  const gate = createFakeDevice(running.devicesUrl, 'PLAN1')
  await gate.handshake()
  await gate.upload(
    'OPERLOG',
    ['100', '200', '0300', '400'].map(code => `USER PIN=${code}\tName=Person ${code}\tPri=0`).join('\n'),
  )
  await gate.upload(
    'ATTLOG',
    [
      '100\t2026-03-02 09:20:00\t0\t15',
      '100\t2026-03-02 18:00:00\t1\t15',
      '100\t2026-03-03 09:00:00\t0\t15',
      '100\t2026-03-03 17:00:00\t1\t15',
      '200\t2026-03-02 22:05:00\t0\t1',
      '200\t2026-03-03 06:00:00\t1\t1',
      '200\t2026-03-04 06:00:00\t0\t1',
      '200\t2026-03-04 14:00:00\t1\t1',
      '0300\t2026-03-05 13:00:00\t0\t1',
      '0300\t2026-03-05 18:00:00\t1\t1',
      '',
    ].join('\n'),
  )
  await gate.poll()
  await call('attendance.saveShift', {
    ShiftID: 'day',
    Name: 'Day',
    Periods: [{ StartMinute: 540, EndMinute: 1080 }],
    Rules: { LateGraceMinutes: 10 },
  })
  await call('attendance.saveShift', {
    ShiftID: 'night',
    Name: 'Night',
    Periods: [{ StartMinute: 1320, EndMinute: 1800 }],
  })
  await call('attendance.saveShift', {
    ShiftID: 'early',
    Name: 'Early',
    Periods: [{ StartMinute: 360, EndMinute: 840 }],
  })
})
afterAll(() => running.stop())

/** Days as the rules judge them, also of those who were not seen. */
async function days(fromDate: string, toDate: string) {
  const found: Record<string, string> = {}
  const request = {
    range: { fromDate, toDate },
    devices: null,
    employeeCode: undefined,
    fromCode: '',
    nowMs: clock.now(),
    planned: true,
  }
  for await (const { employeeCode, days: own } of readPeople(running.store.read, request))
    for (const day of own) {
      const { status, lateMinutes, earlyLeaveMinutes } = day
      found[`${employeeCode} ${day.date.slice(5)}`] =
        `${status} ${lateMinutes}/${earlyLeaveMinutes} ${day.shifts[0]?.name ?? '-'}`
    }
  return found
}
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: { code: string; field: string; message: string }) =>
      `${error.code} ${error.field}: ${error.message}`,
  )

describe('a plan', () => {
  it('makes somebody late, early and absent, by the department or by the person', async () => {
    const { body } = await call('attendance.saveDepartment', { Name: 'Head office', Site: 'Main site' })
    expect(body.Department).toMatchObject({ DepartmentID: 'head-office', People: 0 })
    await call('attendance.moveMembers', {
      EmployeeCode: ['100', '0300', '400'],
      DepartmentID: 'head-office',
      FromDate: '2026-01-01',
    })
    await call('attendance.saveAssignment', {
      DepartmentID: 'head-office',
      ShiftID: 'day',
      FromDate: '2026-02-01',
    })
    expect(await days('2026-03-02', '2026-03-03')).toMatchObject({
      '100 03-02': 'present 20/0 Day',
      '100 03-03': 'present 0/60 Day',
      '0300 03-02': 'absent 0/0 Day',
      '400 03-03': 'absent 0/0 Day',
    })
  })

  it('lets a night belong to the evening it starts on, and a rotation turn with the days', async () => {
    const { body } = await call('attendance.saveRotation', {
      Name: 'Night, off, early',
      Anchor: '2026-03-02',
      Days: [['night'], [], ['early']],
    })
    await call('attendance.saveAssignment', {
      EmployeeCode: '200',
      RotationID: body.Rotation.RotationID,
      FromDate: '2026-03-01',
      Site: 'Main site',
    })
    expect(await days('2026-03-02', '2026-03-04')).toMatchObject({
      '200 03-02': 'present 0/0 Night',
      '200 03-03': 'day_off 0/0 -',
      '200 03-04': 'present 0/0 Early',
    })
    const { body: summary } = await call('attendance.summary', {
      FromDate: '2026-03-02',
      ToDate: '2026-03-04',
      EmployeeCode: '200',
    })
    expect(summary.Summary.map(row => [row.Date, row.FirstIn, row.LastOut, row.Hours])).toEqual([
      ['2026-03-02', '2026-03-02 22:05:00', '2026-03-03 06:00:00', 7.92],
      ['2026-03-04', '2026-03-04 06:00:00', '2026-03-04 14:00:00', 8],
    ])
  })

  it('knows holidays of the site, and leave of a person, whole and half', async () => {
    const { body } = await call('attendance.saveCalendar', { Name: 'India', Sites: ['Main site'] })
    await call('attendance.saveCalendarDays', {
      CalendarID: body.CalendarID,
      Days: [{ Date: '2026-03-04', Name: 'Holi' }],
    })
    await call('attendance.saveLeave', {
      EmployeeCode: '0300',
      FromDate: '2026-03-05',
      ToDate: '2026-03-05',
      Kind: 'vacation',
      Portion: 'first_half',
    })
    await call('attendance.saveLeave', {
      EmployeeCode: '400',
      FromDate: '2026-03-05',
      ToDate: '2026-03-06',
      Kind: 'sick',
    })
    expect(await days('2026-03-04', '2026-03-06')).toMatchObject({
      '100 03-04': 'holiday 0/0 Day',
      '0300 03-05': 'present 0/0 Day',
      '0300 03-06': 'absent 0/0 Day',
      '400 03-05': 'leave 0/0 Day',
      '400 03-06': 'leave 0/0 Day',
    })
  })

  it('changes from a date on and leaves the days before as they were', async () => {
    await call('attendance.saveShift', {
      ShiftID: 'day',
      Name: 'Day',
      FromDate: '2026-03-03',
      Periods: [{ StartMinute: 480, EndMinute: 1020 }],
    })
    expect(await days('2026-03-02', '2026-03-03')).toMatchObject({
      '100 03-02': 'present 20/0 Day',
      '100 03-03': 'present 60/0 Day',
    })
    const { body } = await call('attendance.shifts', { Date: '2026-03-02' })
    const day = body.Shifts.find(shift => shift.ShiftID === 'day')
    expect(day?.Periods).toEqual([{ StartMinute: 540, EndMinute: 1080 }])
    expect(day?.History.map(version => version.FromDate)).toEqual(['0001-01-01', '2026-03-03'])
  })

  it('has a policy of its own from a date on', async () => {
    const before = await call('attendance.policy', {})
    expect(before.body.FromDate).toBeNull()
    expect(before.body.Policy).toEqual(before.body.Defaults)
    await call('attendance.savePolicy', { FromDate: '2026-03-03', LateGraceMinutes: 90 })
    expect(await days('2026-03-02', '2026-03-03')).toMatchObject({
      '100 03-02': 'present 20/0 Day',
      '100 03-03': 'present 0/0 Day',
    })
  })

  it('says which days of whom have to be judged again', async () => {
    await running.store.write(write => write.deleteFrom('stale_days').execute())
    await call('attendance.saveShift', {
      ShiftID: 'early',
      Name: 'Early',
      FromDate: '2026-03-10',
      Periods: [{ StartMinute: 300, EndMinute: 780 }],
    })
    const stale = await running.store.read
      .selectFrom('stale_days')
      .select(['employee_code', 'from_day'])
      .execute()
    expect(stale).toEqual([{ employee_code: '200', from_day: '2026-03-10' }])
  })

  it('does not lose what is in use', async () => {
    expect(await refused(call('attendance.removeShift', { ShiftID: 'night' }))).toBe(
      'PLAN_IN_USE ShiftID: The rotation night-off-early has the shift night',
    )
    expect(await refused(call('attendance.removeShift', { ShiftID: 'day' }))).toBe(
      'PLAN_IN_USE ShiftID: The department head-office is assigned to the shift day until further notice',
    )
    expect(await refused(call('attendance.removeDepartment', { DepartmentID: 'head-office' }))).toBe(
      'PLAN_IN_USE DepartmentID: 3 people belong to the department head-office',
    )
  })

  it('takes away a shift that was made by mistake, as if it had never been, and brings it back', async () => {
    const shift = { Name: 'Mistake', Periods: [{ StartMinute: 0, EndMinute: 60 }] }
    const { body } = await call('attendance.saveShift', shift)
    const { ShiftID, FromDate } = body.Shift
    const ids = async () => (await call('attendance.shifts', {})).body.Shifts.map(each => each.ShiftID)
    await call('attendance.removeShift', { ShiftID, FromDate })
    expect(await ids()).not.toContain(ShiftID)
    await call('attendance.saveShift', { ...shift, ShiftID, FromDate })
    expect(await ids()).toContain(ShiftID)
  })

  it('takes back an assignment, and gives it again under its own number', async () => {
    const { body } = await call('attendance.assignments', { EmployeeCode: '200' })
    const [one] = body.Assignments
    if (!one) throw new Error('no assignment')
    await call('attendance.removeAssignment', { AssignmentID: one.AssignmentID })
    expect((await days('2026-03-02', '2026-03-02'))['200 03-02']).toBe('present 0/0 -')
    const again = await call('attendance.saveAssignment', {
      AssignmentID: one.AssignmentID,
      EmployeeCode: '200',
      RotationID: one.RotationID ?? '',
      FromDate: one.FromDate,
      Site: 'Main site',
    })
    expect(again.body.Assignment).toEqual({ ...one, SavedAt: again.body.Assignment.SavedAt })
    expect((await days('2026-03-02', '2026-03-02'))['200 03-02']).toBe('present 0/0 Night')
  })

  it('names the field that is wrong', async () => {
    const shift = { Name: 'X', Periods: [{ StartMinute: 540, EndMinute: 500 }] }
    expect(await refused(call('attendance.saveShift', shift))).toMatch(
      /^INVALID_INPUT Periods: Periods must end after it begins/,
    )
    expect(
      await refused(
        call('attendance.saveAssignment', { EmployeeCode: '100', ShiftID: 'dya', FromDate: '2026-03-01' }),
      ),
    ).toBe('PLAN_NOT_FOUND ShiftID: There is no shift dya')
    expect(
      await refused(
        call('attendance.saveAssignment', {
          EmployeeCode: '100',
          FromDate: '2026-03-02',
          ToDate: '2026-03-01',
        }),
      ),
    ).toMatch(/^INVALID_DATE ToDate/)
    expect(await refused(call('attendance.savePolicy', { LateGraceMinutes: -1 }))).toMatch(
      /^INVALID_INPUT LateGraceMinutes/,
    )
  })

  it('is nothing for a token of one terminal to change', async () => {
    const own = running.client(await running.makeToken({ devices: ['PLAN1'] }))
    expect(await refused(own.call('attendance.savePolicy', { Direction: 'keys' }))).toMatch(
      /^DEVICE_NOT_ALLOWED/,
    )
  })
})

describe('an import', () => {
  const text = [
    'employee code;Shift;Weekdays;From Date',
    '100;Early;Mon-Fri;2026-06-01',
    '300;Early;;2026-06-01',
    '400;Erly;;2026-06-01',
    '0300;early;12;2026-06-31',
  ].join('\r\n')

  it('says first what each row would do, and writes nothing', async () => {
    const { body } = await call('attendance.importPlan', { Kind: 'assignments', Text: text })
    expect(body.Rows.map(row => [row.Line, row.Outcome, row.Field, row.Fault])).toEqual([
      [2, 'add', null, null],
      [3, 'fault', 'EmployeeCode', 'No person 300 is known; 0300 is known, leading zeros count'],
      [4, 'fault', 'Shift', 'There is no shift "Erly"'],
      [5, 'fault', 'FromDate', 'FromDate must be a real date as YYYY-MM-DD, but was "2026-06-31"'],
    ])
    expect(body).toMatchObject({ DryRun: true, Added: 1, Faults: 3, Written: false })
    expect((await call('attendance.assignments', { ShiftID: 'early' })).body.Assignments).toEqual([])
  })

  it('writes nothing at all while a row is wrong, everything once they are right, and the second time nothing', async () => {
    const bad = await call('attendance.importPlan', { Kind: 'assignments', Text: text, DryRun: false })
    expect(bad.body.Written).toBe(false)
    const good = text
      .replace('\n300;', '\n0300;')
      .replace('Erly', 'Early')
      .replace('\r\n0300;early;12;2026-06-31', '\r\n0300;early;12;2026-07-01')
    const accepted = await call('attendance.importPlan', { Kind: 'assignments', Text: good, DryRun: false })
    expect(accepted.body).toMatchObject({ Added: 4, Faults: 0, Written: true })
    const { body } = await call('attendance.assignments', { ShiftID: 'early' })
    expect(body.Assignments.map(row => [row.EmployeeCode, row.Weekdays.join(''), row.FromDate])).toEqual([
      ['100', '12345', '2026-06-01'],
      ['0300', '12345', '2026-06-01'],
      ['400', '12345', '2026-06-01'],
      ['0300', '12', '2026-07-01'],
    ])
    const again = await call('attendance.importPlan', { Kind: 'assignments', Text: good, DryRun: false })
    expect(again.body).toMatchObject({ Added: 0, Changed: 0, Same: 4 })
  })

  it('brings departments with their people, leave and holidays', async () => {
    const run = (Kind: 'departments' | 'leave' | 'holidays', Text: string) =>
      call('attendance.importPlan', { Kind, Text, DryRun: false }).then(({ body }) => [
        body.Added,
        body.Written,
      ])
    expect(
      await run('departments', 'Department,Site,EmployeeCode\nStore,Main site,200\nStore,Main site,100\n'),
    ).toEqual([2, true])
    expect(await run('leave', 'EmployeeCode,FromDate,Kind\n100,2026-08-03,Sick\n')).toEqual([1, true])
    expect(await run('holidays', 'Calendar,Date,Name\nindia,2026-08-15,"Independence, day"\n')).toEqual([
      1,
      true,
    ])
    const { body } = await call('attendance.departments', {})
    expect(body.Departments.map(row => [row.Name, row.People])).toEqual([
      ['Head office', 2],
      ['Store', 2],
    ])
  })

  it('reads holidays of an iCalendar file: several days, every year, less the cancelled', async () => {
    const Text = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'BEGIN:VEVENT',
      'UID:1',
      'DTSTART;VALUE=DATE:20200815',
      'RRULE:FREQ=YEARLY',
      'SUMMARY:Independence Day',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:2',
      'DTSTART;VALUE=DATE:20261224',
      'DTEND;VALUE=DATE:20261227',
      'SUMMARY:Christmas',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:3',
      'DTSTART;VALUE=DATE:20261001',
      'STATUS:CANCELLED',
      'SUMMARY:Not this one',
      'END:VEVENT',
      'END:VCALENDAR',
    ].join('\r\n')
    const input = { CalendarID: 'india', Text, FromDate: '2026-01-01', ToDate: '2027-12-31' }
    const dry = await call('attendance.importCalendar', input)
    expect(dry.body.Days.map(day => `${day.Date} ${day.Name} ${day.Outcome}`)).toEqual([
      '2026-08-15 Independence Day change',
      '2026-12-24 Christmas add',
      '2026-12-25 Christmas add',
      '2026-12-26 Christmas add',
      '2027-08-15 Independence Day add',
    ])
    expect((await call('attendance.importCalendar', { ...input, DryRun: false })).body.Written).toBe(true)
    const { body } = await call('attendance.calendars', { FromDate: '2026-12-01', ToDate: '2026-12-31' })
    expect(body.Calendars[0]?.Days.map(day => day.Date)).toEqual(['2026-12-24', '2026-12-25', '2026-12-26'])
  })
})
