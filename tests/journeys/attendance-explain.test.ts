import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'

const clock = createTestClock(Date.parse('2026-03-10T06:30:00Z'))
let running: TestGateway
beforeAll(async () => {
  running = await startGateway({ clock, timeZone: 'Asia/Kolkata' })
  const gate = createFakeDevice(running.devicesUrl, 'GRID1')
  await gate.handshake()
  await gate.upload('OPERLOG', 'USER PIN=100\tName=Asha Rao\tPri=0\n')
  await gate.upload(
    'ATTLOG',
    [
      '100\t2026-03-02 08:00:00\t0\t15',
      '100\t2026-03-02 08:01:10\t0\t15',
      '100\t2026-03-02 17:00:00\t1\t15',
      '100\t2026-03-03 08:00:00\t0\t15',
      '200\t2026-03-02 22:00:00\t0\t1',
      '200\t2026-03-03 06:15:00\t0\t1',
      '0300\t2026-03-03 09:00:00\t0\t1',
      '',
    ].join('\n'),
  )
  const side = createFakeDevice(running.devicesUrl, 'GRID2')
  await side.handshake()
  await side.upload('ATTLOG', '400\t2026-03-03 09:00:00\t0\t1\n400\t2026-03-03 18:00:00\t1\t1\n')
  await gate.poll()
  await side.poll()
})
afterAll(() => running.stop())

const march = { FromDate: '2026-03-01', ToDate: '2026-03-05' }
const days = async (input: Record<string, unknown> = {}, token?: string) =>
  (await running.client(token).call('attendance.days', { ...march, ...input })).body
const codes = ({ People }: Awaited<ReturnType<typeof days>>) => People.map(person => person.EmployeeCode)
const explain = async (EmployeeCode: string, day: string) =>
  (await running.client().call('attendance.explain', { EmployeeCode, Date: day })).body.Day

describe('the days of people', () => {
  it('come person by person, with times that carry their offset, and sums', async () => {
    const { People, ActualRowCount, OffSet } = await days()
    expect([ActualRowCount, OffSet]).toEqual([4, ''])
    const asha = People.find(person => person.EmployeeCode === '100')
    expect(asha).toMatchObject({
      EmployeeName: 'Asha Rao',
      TimeZone: 'Asia/Kolkata',
      Sums: { Worked: 540, MissingPunches: 1, Present: 2 },
    })
    expect(asha?.Days[0]).toEqual({
      Date: '2026-03-02',
      Status: 'present',
      Certainty: 'complete',
      In: '2026-03-02T08:00:00+05:30',
      Out: '2026-03-02T17:00:00+05:30',
      Punches: 2,
      Worked: 540,
      Flags: ['double_punch', 'late_punch'],
    })
    const night = People.find(person => person.EmployeeCode === '200')
    expect(night?.Days.map(day => [day.Date, day.Out])).toEqual([['2026-03-02', '2026-03-03T06:15:00+05:30']])
  })

  it('are paged by person, each person whole, with the same total on every page', async () => {
    const seen: string[] = []
    let OffSet: string | undefined
    do {
      const page = await days({ Limit: 3, ...(OffSet ? { OffSet } : {}) })
      expect(page.ActualRowCount).toBe(4)
      seen.push(...codes(page))
      OffSet = page.OffSet
    } while (OffSet !== '')
    expect(seen).toEqual(['0300', '100', '200', '400'])
    expect(codes(await days({ OffSet: '2' }))).toEqual(['200', '400'])
  })

  it('are narrowed to people with a day that fits', async () => {
    expect(codes(await days({ Flag: 'missing_out' }))).toEqual(['0300', '100'])
    expect(codes(await days({ Flag: ['double_punch', 'late'] }))).toEqual(['100'])
    expect(codes(await days({ DeviceSN: 'GRID2' }))).toEqual(['400'])
    expect(codes(await days({ EmployeeCode: '200', Status: 'present' }))).toEqual(['200'])
    expect(codes(await days({ Status: 'absent' }))).toEqual([])
    await expect(days({ Flag: 'nonsense' })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(days({ ToDate: '2026-06-01' })).rejects.toMatchObject({ code: 'INVALID_DATE' })
  })

  it('hold nothing of terminals a token may not see', async () => {
    const narrow = await running.makeToken({ devices: ['GRID2'] })
    expect(codes(await days({}, narrow))).toEqual(['400'])
  })
})

describe('days as a file', () => {
  const file = async (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${running.apiUrl}/v3/ExportAttendanceDays?${new URLSearchParams({ ...march, ...fields })}`, {
      headers: { AuthToken: running.token, ...headers },
    })

  it('hold what the list finds, each day with its offset and certainty', async () => {
    const reply = await file({ Flag: 'double_punch' })
    expect(reply.headers.get('content-disposition')).toContain('attendance_days_2026-03-01_2026-03-05.csv')
    const [head, first, ...rest] = (await reply.text()).trimEnd().split('\r\n')
    expect(head).toMatch(/^Date,EmployeeCode,/)
    expect(first).toContain('2026-03-02,100,Asha Rao,')
    expect(first).toContain('2026-03-02 08:00:00,2026-03-02 17:00:00,UTC+05:30,Asia/Kolkata,9,0,0,0,0,0,2')
    expect(rest).toHaveLength(1)
  })

  it('or one row per person, and without names for those who may not see them', async () => {
    const rows = (await (await file({ Content: 'summary' })).text()).trimEnd().split('\r\n')
    expect(rows).toHaveLength(5)
    expect(rows[2]).toMatch(/^100,Asha Rao,/)
    const covered = await (
      await file({ Content: 'summary' }, { 'x-hidden-fields': 'EmployeeCode,EmployeeName' })
    ).text()
    expect(covered).not.toContain('Asha')
  })

  it.each(['days', 'summary'])('%s are a workbook and a page to print as well', async Content => {
    const pdf = Buffer.from(await (await file({ Content, Format: 'pdf' })).arrayBuffer())
    expect([pdf.subarray(0, 5).toString(), pdf.subarray(-6).toString().trim()]).toEqual(['%PDF-', '%%EOF'])
    const xlsx = Buffer.from(await (await file({ Content, Format: 'xlsx' })).arrayBuffer())
    expect(xlsx.subarray(0, 2).toString()).toBe('PK')
    const json = (await (await file({ Content, Format: 'json' })).json()) as { ReturnRowCount: number }
    expect(json.ReturnRowCount).toBe(Content === 'days' ? 5 : 4)
  })
})

describe('an explanation', () => {
  it('names every punch of the day, which counted, and why others did not', async () => {
    const day = await explain('100', '2026-03-02')
    expect(day.Cell).toMatchObject({ Worked: 540, Flags: ['double_punch', 'late_punch'] })
    expect([day.From, day.To]).toEqual(['2026-03-02T00:00:00+05:30', '2026-03-03T00:00:00+05:30'])
    expect(day.Punches.map(punch => [punch.At.slice(11, 19), punch.Used, punch.Role, punch.WhyNot])).toEqual([
      ['08:00:00', true, 'in', null],
      ['08:01:10', false, null, 'double'],
      ['17:00:00', true, 'out', null],
    ])
    expect(day.Punches[0]).toMatchObject({
      LabelName: 'GRID1',
      Type: 'face',
      Pressed: 'CheckIn',
      Deliveries: [],
    })
    expect(day.Steps.map(step => step.Code)).toEqual(expect.arrayContaining(['double_collapsed', 'worked']))
    expect(day.Shifts).toMatchObject([
      { Planned: false, Bands: [{ Kind: 'worked', From: '2026-03-02T08:00:00+05:30' }] },
    ])
  })

  it('of a day nobody knows anything of is empty, and of nobody is refused', async () => {
    expect(await explain('100', '2026-03-08')).toMatchObject({ Punches: [], Steps: [], Shifts: [] })
    await expect(explain('999', '2026-03-02')).rejects.toMatchObject({ code: 'USER_NOT_FOUND' })
    await expect(explain('100', 'yesterday')).rejects.toMatchObject({ code: 'INVALID_DATE' })
  })
})
