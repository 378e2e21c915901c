import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { everyoneMark, markDaysStale } from '../attendance/stale-days.ts'
import { parseAttlog } from '../device/protocol/attendance/attlog.ts'
import { interpretPunch } from '../punches/interpret.ts'
import { recordPunches } from '../punches/record-punches.ts'
import { countInRange } from './count-punches.ts'
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
  const counted = () =>
    store.read.selectFrom('device_day').selectAll().orderBy('local_day').orderBy('sn').execute()
  const staleOf = async (code: string) => {
    const rows = await store.read
      .selectFrom('stale_days')
      .select(['from_day', 'to_day'])
      .where('employee_code', '=', code)
      .orderBy('id')
      .execute()
    return rows.map(({ from_day, to_day }) => `${from_day}..${to_day}`)
  }

  it('counts new punches per terminal and day, and no repeat', async () => {
    const lines = [
      '7\t2026-03-01 08:00:00\t0\t1',
      '7\t2026-03-02 08:00:00\t0\t1',
      '8\t2026-03-02 09:00:00\t0\t1',
    ]
    await record('ROLL1', lines)
    await record('ROLL1', [...lines, '7\t2026-03-02 17:00:00\t1\t1'])
    await record('ROLL2', ['7\t2026-03-02 12:00:00\t0\t1'])
    expect(await counted()).toEqual([
      { local_day: '2026-03-01', sn: 'ROLL1', punches: 1 },
      { local_day: '2026-03-02', sn: 'ROLL1', punches: 3 },
      { local_day: '2026-03-02', sn: 'ROLL2', punches: 1 },
    ])
  })

  it('says whose days have to be judged again, once for every punch that is new', async () => {
    const before = new Set(await staleOf('7'))
    expect(before.has('2026-03-01..2026-03-01') || before.has('2026-03-01..2026-03-02')).toBe(true)
    await record('ROLL1', ['9\t2026-02-20 08:00:00\t0\t1'])
    await record('ROLL1', ['9\t2026-02-20 08:00:00\t0\t1'])
    // The second entry: a terminal that is new to them bears on all of their open days.
    expect((await staleOf('9')).sort()).toEqual(['..9999-12-31', '2026-02-20..2026-02-20'])
  })

  it('counts a punch once however it came in, and forgets one that was never counted', async () => {
    const before = await counted()
    // By another way than uploads come, which books nothing.
    const copyOf = (identity: string, day: string) => sql`
      insert into punch (sn, employee_code, local_time, local_day, local_minute, zone, offset_minutes, instant, direction,
        modality, side, flags, received_at, raw, identity)
      select sn, employee_code, ${`${day} 08:00:00`}, ${day}, 480, zone, offset_minutes, instant, direction, modality, side,
        flags, received_at, raw, ${identity} from punch where employee_code = '9' limit 1`
    await store.write(write => copyOf('one', '2026-02-21').execute(write))
    await store.write(write =>
      copyOf('two', '2026-02-22')
        .execute(write)
        .then(() => write.deleteFrom('punch').where('identity', '=', 'two').execute()),
    )
    await record('ROLL1', ['9\t2026-02-21 09:00:00\t0\t1'])
    const now = await counted()
    expect(now.filter(({ local_day }) => local_day !== '2026-02-21')).toEqual(before)
    expect(now.find(({ local_day }) => local_day === '2026-02-21')).toMatchObject({ sn: 'ROLL1', punches: 2 })
    expect(await staleOf('9')).toContain('2026-02-21..2026-02-21')
    await store.write(write => write.deleteFrom('punch').where('local_day', '=', '2026-02-21').execute())
    expect(await counted()).toEqual(before)
  })

  it('takes what somebody else says of days, for some and for everyone', async () => {
    await store.write(write =>
      markDaysStale(write, { employeeCodes: ['new', '8', 'new'], fromDay: '2026-03-05', toDay: null }),
    )
    expect(await staleOf('new')).toEqual(['2026-03-05..9999-12-31'])
    await store.write(write =>
      markDaysStale(write, { employeeCodes: 'everyone', fromDay: '2026-01-01', toDay: '2026-01-31' }),
    )
    expect(await staleOf(everyoneMark)).toEqual(['2026-01-01..2026-01-31'])
  })

  it('count what a range holds, to the second at its ends', async () => {
    const all = await store.read.selectFrom('punch').select(['local_time', 'sn']).execute()
    const times = ['2026-02-20 08:00:00', '2026-03-01 07:59:59', '2026-03-02 08:00:00', '2026-03-02 17:00:00']
    for (const from of [...times, '2026-03-01 00:00:00'])
      for (const to of [...times, '2026-03-02 23:59:59'])
        for (const devices of [null, ['ROLL1'], ['ROLL2'], []])
          expect(await countInRange(store.read, { from, to, devices })).toBe(
            all.filter(
              ({ local_time, sn }) =>
                from <= local_time && local_time <= to && (devices === null || devices.includes(sn)),
            ).length,
          )
  })

  it('forgets what was removed, and says whose days that changes', async () => {
    const before = (await staleOf('7')).length
    await store.write(removeSimulated)
    expect((await counted()).map(({ sn, punches }) => [sn, punches])).toEqual([
      ['ROLL1', 1],
      ['ROLL1', 1],
      ['ROLL1', 3],
    ])
    expect((await staleOf('7')).length).toBeGreaterThan(before)
  })
}
