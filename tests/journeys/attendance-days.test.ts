import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeDevice, type FakeDevice } from '../support/fake-device.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'
import { until } from '../support/until.ts'

const hour = 3_600_000
const clock = createTestClock(Date.parse('2026-03-10T06:30:00Z'))
let running: TestGateway
let gate: FakeDevice
beforeAll(async () => {
  running = await startGateway({ clock, timeZone: 'Asia/Kolkata' })
  gate = createFakeDevice(running.devicesUrl, 'DAYS1')
  await gate.handshake()
  await gate.upload(
    'ATTLOG',
    [
      // A day worker with lunch outside, a double punch and a wrong key.
      '100\t2026-03-02 08:00:00\t0\t15',
      '100\t2026-03-02 08:01:10\t0\t15',
      '100\t2026-03-02 12:00:00\t1\t15',
      '100\t2026-03-02 13:00:00\t0\t15',
      '100\t2026-03-02 17:00:00\t1\t15',
      '100\t2026-03-03 08:00:00\t0\t15',
      '100\t2026-03-03 17:30:00\t0\t15',
      '100\t2026-03-04 08:00:00\t0\t15',
      '100\t2026-03-04 17:00:00\t1\t15',
      // A night worker at a terminal nobody presses keys at.
      '200\t2026-03-01 22:00:00\t0\t1',
      '200\t2026-03-02 06:00:00\t0\t1',
      '200\t2026-03-02 22:00:00\t0\t1',
      '200\t2026-03-03 06:15:00\t0\t1',
      // Somebody who forgot to leave, and came again.
      '0300\t2026-03-02 09:00:00\t0\t1',
      '0300\t2026-03-03 09:00:00\t0\t1',
      '0300\t2026-03-03 18:00:00\t1\t1',
      '',
    ].join('\n'),
  )
  await gate.poll()
})
afterAll(() => running.stop())

const summary = async (input: Record<string, unknown> = {}, token?: string) =>
  (
    await running.client(token).call('attendance.summary', {
      FromDate: '2026-03-02',
      ToDate: '2026-03-03',
      ...input,
    })
  ).body
const brief = ({ Summary }: Awaited<ReturnType<typeof summary>>) =>
  Summary.map(row => [row.EmployeeCode, row.Date, row.FirstIn, row.LastOut, row.Hours, row.PunchCount])

describe('a site without any setup', () => {
  it('gets in, out, hours and count per person and day, nights under the day they start on', async () => {
    const body = await summary()
    expect(brief(body)).toEqual([
      ['0300', '2026-03-02', '2026-03-02 09:00:00', null, null, 1],
      ['0300', '2026-03-03', '2026-03-03 09:00:00', '2026-03-03 18:00:00', 9, 2],
      ['100', '2026-03-02', '2026-03-02 08:00:00', '2026-03-02 17:00:00', 8, 4],
      ['100', '2026-03-03', '2026-03-03 08:00:00', '2026-03-03 17:30:00', 9.5, 2],
      ['200', '2026-03-02', '2026-03-02 22:00:00', '2026-03-03 06:15:00', 8.25, 2],
    ])
    expect([body.ReturnRowCount, body.ActualRowCount, body.OffSet]).toEqual([5, 5, ''])
  })

  it('is told what a reviewer should see, and how sure a guess is', async () => {
    const { Summary } = await summary()
    const rows = new Map(Summary.map(row => [`${row.EmployeeCode} ${row.Date}`, row]))
    expect(rows.get('0300 2026-03-02')).toMatchObject({ Reasons: expect.arrayContaining(['missing_out']) })
    expect(rows.get('100 2026-03-02')).toMatchObject({
      Reasons: expect.arrayContaining(['double_punch']),
      Confidence: 1,
      Certainty: 'complete',
    })
    const guessed = rows.get('100 2026-03-03')
    expect(guessed?.Reasons).toContain('guessed_direction')
    expect(guessed?.Confidence).toBeLessThan(1)
  })

  it('gives the same day whichever range it is asked for in', async () => {
    const rows = async (FromDate: string, ToDate: string) => (await summary({ FromDate, ToDate })).Summary
    const whole = await rows('2026-03-01', '2026-03-05')
    const days = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05']
    const single = (await Promise.all(days.map(day => rows(day, day)))).flat()
    const named = (list: typeof whole) => new Map(list.map(row => [`${row.EmployeeCode} ${row.Date}`, row]))
    expect(named(single)).toEqual(named(whole))
  })

  it('pages by cursor and by row number, with the total on every page', async () => {
    const all = brief(await summary())
    const paged: unknown[] = []
    let OffSet: string | undefined
    do {
      const page = await summary({ Limit: 2, ...(OffSet === undefined ? {} : { OffSet }) })
      expect(page.ActualRowCount).toBe(5)
      paged.push(...brief(page))
      OffSet = page.OffSet
    } while (OffSet !== '')
    expect(paged).toEqual(all)
    expect(brief(await summary({ Limit: 2, OffSet: '3' }))).toEqual(all.slice(3))
    await expect(summary({ OffSet: 'nonsense' })).rejects.toMatchObject({ code: 'INVALID_CURSOR' })
  })

  it('names the terminal of the first in and the last out', async () => {
    const other = createFakeDevice(running.devicesUrl, 'DAYS2')
    await other.handshake()
    await gate.punch('400', '2026-03-02 08:00:00', 0)
    await other.punch('400', '2026-03-02 17:00:00', 1)
    const ask = async (token?: string) =>
      (
        await running.client(token).call('attendance.firstInLastOut', {
          FromDate: '2026-03-02',
          ToDate: '2026-03-02',
          EmployeeCode: '400',
        })
      ).body.Rows
    expect(await ask()).toMatchObject([
      { FirstInDeviceSN: 'DAYS1', LastOutDeviceSN: 'DAYS2', LastOut: '2026-03-02 17:00:00' },
    ])
    const narrow = await running.makeToken({ devices: ['DAYS1'] })
    expect(await ask(narrow)).toMatchObject([
      { FirstInDeviceSN: 'DAYS1', LastOut: null, LastOutDeviceSN: null },
    ])
  })

  it('knows whom no terminal has told of', async () => {
    await expect(summary({ EmployeeCode: '999' })).rejects.toMatchObject({ code: 'USER_NOT_FOUND' })
    expect((await summary({ EmployeeCode: '0300' })).Summary).toHaveLength(2)
    expect((await summary({ FromDate: '9999-12-30', ToDate: '9999-12-31' })).Summary).toEqual([])
  })
})

it('today stays provisional until it is over and its terminals have answered for what they may still hold', async () => {
  const certainty = async () =>
    (await summary({ FromDate: '2026-03-10', ToDate: '2026-03-10', EmployeeCode: '500' })).Summary.map(
      row => [row.Certainty, row.LastOut],
    )
  await gate.punch('500', '2026-03-10 08:00:00', 0)
  expect(await certainty()).toEqual([['provisional', null]])
  await gate.punch('500', '2026-03-10 12:00:00', 1)
  clock.advance(24 * hour)
  const online = async () =>
    (await running.client().call('devices.list', {})).body.Devices.filter(({ Online }) => Online)
  await until('both terminals to be declared away', async () => (await online()).length === 0)
  expect(await certainty()).toEqual([['provisional', '2026-03-10 12:00:00']])
  const gates = [gate, createFakeDevice(running.devicesUrl, 'DAYS2')]
  const questions = await Promise.all(gates.map(async own => (await own.poll()).commands))
  expect(questions.flat().map(({ text }) => text.split(' ').slice(0, 3).join(' '))).toEqual([
    'DATA QUERY ATTLOG',
    'DATA QUERY ATTLOG',
  ])
  expect(await certainty()).toEqual([['provisional', '2026-03-10 12:00:00']])
  for (const [at, own] of gates.entries())
    for (const { id } of questions[at] ?? []) await own.result(id, 0, 'DATA QUERY')
  expect(await certainty()).toEqual([['complete', '2026-03-10 12:00:00']])
})

describe('totals', () => {
  it('are one row a person, the sums of their days, and page by person', async () => {
    const range = { FromDate: '2026-03-01', ToDate: '2026-03-31' }
    const client = running.client()
    const { body } = await client.call('attendance.totals', range)
    const { body: days } = await client.call('attendance.days', { ...range, Limit: 50 })
    expect(body.Totals.map(({ EmployeeCode, Sums }) => [EmployeeCode, Sums])).toEqual(
      days.People.map(({ EmployeeCode, Sums }) => [EmployeeCode, Sums]),
    )
    expect(body.ActualRowCount).toBe(body.Totals.length)
    const pages = []
    for (let OffSet = ''; ; ) {
      const page = (await client.call('attendance.totals', { ...range, Limit: 2, OffSet })).body
      pages.push(page.Totals)
      OffSet = page.OffSet
      if (OffSet === '') break
    }
    expect(pages.flat()).toEqual(body.Totals)
    expect(pages[0]).toHaveLength(2)
  })

  it('are the same for a token that sees every terminal by name, which are judged as asked', async () => {
    const range = { FromDate: '2026-03-01', ToDate: '2026-03-31' }
    const { Devices } = (await running.client().call('devices.list', {})).body
    const token = await running.makeToken({ devices: Devices.map(({ DeviceSN }) => DeviceSN) })
    expect((await running.client(token).call('attendance.totals', range)).body.Totals).toEqual(
      (await running.client().call('attendance.totals', range)).body.Totals,
    )
  })
})
