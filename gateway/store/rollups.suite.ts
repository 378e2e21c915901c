import { afterAll, beforeAll, expect, it } from 'vitest'
import { markDaysStale } from '../attendance/stale-days.ts'
import { parseAttlog } from '../device/protocol/attendance/attlog.ts'
import { interpretPunch } from '../punches/interpret.ts'
import { recordPunches } from '../punches/record-punches.ts'
import { findDevice, insertDevice, newDevice } from './devices.ts'
import type { Store } from './index.ts'
import { removeSimulated } from './remove-simulated.ts'

const receivedAt = Date.parse('2026-03-02T12:00:00Z')

/** What the counts promise: the same as counting, whatever was written how. */
export function rollupsSuite(open: () => Promise<Store>): void {
  let store: Store
  beforeAll(async () => {
    store = await open()
    for (const sn of ['ROLL1', 'ROLL2'])
      await store.write(write =>
        insertDevice(write, {
          ...newDevice(sn, { state: 'adopted', zone: 'Asia/Kolkata', site: 'Main', now: 1 }),
          simulated: sn === 'ROLL2' ? 1 : 0,
        }),
      )
  })
  afterAll(() => store.close())

  const record = (sn: string, lines: readonly string[]) =>
    store.write(async write => {
      const device = await findDevice(write, sn)
      if (!device) throw new Error(`no ${sn}`)
      const { punches } = parseAttlog(Buffer.from(`${lines.join('\n')}\n`))
      return recordPunches(
        write,
        device,
        punches.map(punch => interpretPunch(punch, device, receivedAt, false)),
      )
    })
  const counted = async () => ({
    people: await store.read
      .selectFrom('person_day')
      .selectAll()
      .orderBy('employee_code')
      .orderBy('local_day')
      .execute(),
    devices: await store.read
      .selectFrom('device_day')
      .selectAll()
      .orderBy('local_day')
      .orderBy('sn')
      .execute(),
  })
  const staleOf = (code: string) =>
    store.read.selectFrom('stale_days').selectAll().where('employee_code', '=', code).executeTakeFirst()

  it('counts new punches per person and day and per terminal and day, and no repeat', async () => {
    const lines = [
      '7\t2026-03-01 08:00:00\t0\t1',
      '7\t2026-03-02 08:00:00\t0\t1',
      '8\t2026-03-02 09:00:00\t0\t1',
    ]
    await record('ROLL1', lines)
    await record('ROLL1', [...lines, '7\t2026-03-02 17:00:00\t1\t1'])
    await record('ROLL2', ['7\t2026-03-02 12:00:00\t0\t1'])
    expect(await counted()).toEqual({
      people: [
        { employee_code: '7', local_day: '2026-03-01', punches: 1 },
        { employee_code: '7', local_day: '2026-03-02', punches: 3 },
        { employee_code: '8', local_day: '2026-03-02', punches: 1 },
      ],
      devices: [
        { local_day: '2026-03-01', sn: 'ROLL1', punches: 1 },
        { local_day: '2026-03-02', sn: 'ROLL1', punches: 3 },
        { local_day: '2026-03-02', sn: 'ROLL2', punches: 1 },
      ],
    })
  })

  it('says whose days have to be judged again, from the first to the last', async () => {
    const before = await staleOf('7')
    expect(before).toMatchObject({ from_day: '2026-03-01', to_day: '2026-03-02' })
    await record('ROLL1', ['7\t2026-02-20 08:00:00\t0\t1'])
    const after = await staleOf('7')
    expect(after).toMatchObject({ from_day: '2026-02-20', to_day: '2026-03-02' })
    expect(after?.revision).toBeGreaterThan(before?.revision ?? 0)
    await record('ROLL1', ['7\t2026-02-20 08:00:00\t0\t1'])
    expect(await staleOf('7')).toEqual(after)
  })

  it('takes what somebody else says of days, for some and for everyone', async () => {
    await store.write(write =>
      markDaysStale(write, { employeeCodes: ['8', 'new', '8'], fromDay: '2026-03-05', toDay: null }),
    )
    expect(await staleOf('8')).toMatchObject({ from_day: '2026-03-02', to_day: '9999-12-31' })
    expect(await staleOf('new')).toMatchObject({ from_day: '2026-03-05', to_day: '9999-12-31' })
    await store.write(write =>
      markDaysStale(write, { employeeCodes: 'everyone', fromDay: '2026-01-01', toDay: '2026-01-31' }),
    )
    expect(await staleOf('7')).toMatchObject({ from_day: '2026-01-01', to_day: '2026-03-02' })
  })

  it('forgets what was removed', async () => {
    await store.write(removeSimulated)
    expect((await counted()).devices.map(({ sn, punches }) => [sn, punches])).toEqual([
      ['ROLL1', 1],
      ['ROLL1', 1],
      ['ROLL1', 3],
    ])
    expect(
      (await counted()).people.find(day => day.employee_code === '7' && day.local_day === '2026-03-02'),
    ).toEqual({ employee_code: '7', local_day: '2026-03-02', punches: 2 })
  })
}
