import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseAttlog } from '../device/protocol/attendance/attlog.ts'
import { interpretPunch } from '../punches/interpret.ts'
import { recordPunches } from '../punches/record-punches.ts'
import { findDevice, insertDevice, newDevice } from './devices.ts'
import type { Store } from './index.ts'
import { type DayFilter, nextPeople, punchesOfPeople, terminalContacts } from './person-punches.ts'

const zone = 'Asia/Kolkata'

/** Punches person by person, as the attendance rules read them; run against both databases. */
export function personPunchesSuite(open: () => Promise<Store>): void {
  let store: Store
  beforeAll(async () => {
    store = await open()
    for (const sn of ['DEV1', 'DEV2'])
      await store.write(write =>
        insertDevice(write, newDevice(sn, { state: 'adopted', zone, site: 'Main', now: 1 })),
      )
  })
  afterAll(() => store.close())

  const record = (sn: string, body: string) =>
    store.write(async write => {
      const device = await findDevice(write, sn)
      if (!device) throw new Error(`no ${sn}`)
      const read = parseAttlog(Buffer.from(body)).punches.map(punch =>
        interpretPunch(punch, device, Date.parse('2026-05-04T12:00:00Z'), false),
      )
      return recordPunches(write, device, read)
    })

  const days = { fromDay: '2026-05-01', toDay: '2026-05-02', devices: null }
  const start = { code: 'p-', inclusive: true }
  const counts = async (filter: DayFilter, from = start, limit = 10) =>
    (await nextPeople(store.read, filter, from, limit))
      .filter(({ code }) => code.startsWith('p-'))
      .map(({ code, punches }) => [code, punches])
  beforeAll(async () => {
    await record('DEV1', 'p-2\t2026-05-01 08:00:00\t0\t1\np-1\t2026-05-01 08:00:00\t0\t1\n')
    await record('DEV2', 'p-1\t2026-05-02 17:00:00\t1\t1\np-3\t2026-05-03 08:00:00\t0\t1\n')
  })

  it('goes from person to person in order, with the number of their punches on those days', async () => {
    expect(await counts(days)).toEqual([
      ['p-1', 2],
      ['p-2', 1],
      ['p-3', 0],
    ])
    expect(await counts(days, { code: 'p-1', inclusive: false }, 1)).toEqual([['p-2', 1]])
    expect(await counts({ ...days, devices: ['DEV2'] }, start, 1)).toEqual([['p-1', 1]])
    expect(await counts({ ...days, devices: [] }, start, 1)).toEqual([['p-1', 0]])
  })

  it('reads the punches of several people at once', async () => {
    const read = async (filter: DayFilter) =>
      (await punchesOfPeople(store.read, filter, ['p-1', 'p-3'])).map(row => [
        row.employee_code,
        row.sn,
        row.local_time,
      ])
    expect(await read(days)).toEqual([
      ['p-1', 'DEV1', '2026-05-01 08:00:00'],
      ['p-1', 'DEV2', '2026-05-02 17:00:00'],
    ])
    expect(await read({ ...days, devices: ['DEV1'] })).toHaveLength(1)
  })

  it('knows the terminals that are believed, and what may be missing of each', async () => {
    const contacts = await terminalContacts(store.read, ['DEV1', 'GONE1'])
    expect(contacts).toMatchObject([
      { sn: 'DEV1', zone, site: 'Main', last_seen_at: null, missing_from: null },
    ])
  })
}
