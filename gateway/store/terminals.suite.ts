import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DatabaseLocation, openDatabase } from '#platform/database/database.ts'
import { migrate } from '#platform/database/migrate.ts'
import { askCounts } from '../commands/ask-counts.ts'
import { learnOptions } from '../device/learn-options.ts'
import { learnedInfo } from '../device/learned-info.ts'
import { parseOptions } from '../device/protocol/attendance/options.ts'
import {
  findClockChanges,
  findReadings,
  latestReadings,
  pruneReadings,
  readingEveryMs,
  recordJump,
  saveReadings,
} from './clocks.ts'
import { createKeyFinder, isKey, setDeviceKey, trustAddress } from './device-keys.ts'
import { readOptions } from './device-options.ts'
import { type DeviceRow, deviceEntity, findDevice, findDevices, insertDevice, newDevice } from './devices.ts'
import { doorCountOf } from './door-states.ts'
import { endIncidents, findIncidents, raiseIncident } from './incidents.ts'
import { createStore, type Store } from './index.ts'
import { migrations } from './migrations/index.ts'
import {
  ackStyleOf,
  editSetting,
  forgetSetting,
  learnFacts,
  news,
  profileSettings,
  readProfile,
} from './profiles.ts'
import type { PageRequest } from './punches.ts'
import { findQuarantined, findReject, newestQuarantined, rejectsBetween } from './quarantine.ts'
import type { GatewayTables } from './schema.ts'
import { findStamps, saveStamp } from './stamps.ts'

const about = { state: 'adopted', zone: 'Asia/Kolkata', site: 'Main', now: 1 } as const
const page = { offSet: undefined, limit: 50, order: 'asc' } as const

/** What the store promises about single terminals; run against both databases like store.suite.ts. */
export function terminalsSuite(locate: () => Promise<Omit<DatabaseLocation, 'schema'>>): void {
  let store: Store
  beforeAll(async () => {
    store = await createStore(await locate())
    for (const sn of ['T1', 'T2', 'T3']) await store.write(write => insertDevice(write, newDevice(sn, about)))
  })
  afterAll(() => store.close())

  const row = async (sn: string): Promise<DeviceRow> => {
    const found = await findDevice(store.read, sn)
    if (!found) throw new Error(`no ${sn}`)
    return found
  }
  const learn = (
    sn: string,
    name: 'Flavour' | 'Charset' | 'Acknowledgement',
    value: string,
    table?: string,
  ) => store.write(write => learnFacts(write, sn, [{ name, value, evidence: `saw ${value}`, table }], 5))

  describe('clocks', () => {
    const reading = (at: number, skew_ms: number, sn = 'T1') => ({ sn, at, skew_ms, source: 'punch' })
    const save = (...readings: ReturnType<typeof reading>[]) =>
      store.write(write => saveReadings(write, store.dialect, readings))
    const of = (sn: string) => findReadings(store.read, { sn, from: 0, to: 1e12 }, 100)

    it('are kept when they say something new, of terminals there are', async () => {
      await save(reading(1000, 500), reading(1000, 0, 'NOBODY'))
      await save(reading(2000, 900))
      await save(reading(3000, 9000), reading(3000, 50, 'T2'))
      await save(reading(3000 + readingEveryMs + 1, 9000))
      expect((await of('T1')).map(({ ClockSkewSeconds }) => ClockSkewSeconds)).toEqual([0.5, 9, 9])
      expect((await latestReadings(store.read)).map(({ sn, at }) => [sn, at]).sort()).toEqual([
        ['T1', 3001 + readingEveryMs],
        ['T2', 3000],
      ])
    })

    it('are forgotten by age, and jumps of removed terminals never written', async () => {
      expect(await store.write(write => pruneReadings(write, 2500))).toBe(1)
      for (const sn of ['T1', 'NOBODY'])
        await store.write(write => recordJump(write, { sn, at: 4000, from: 90_000, to: -1000 }))
      const [jump, ...more] = await findClockChanges(store.read, { sn: 'T1', from: 0, to: 5000 }, 10)
      expect(jump).toMatchObject({ Kind: 'Jump', Detail: 'Seen: from 90 s ahead to 1 s behind', Done: true })
      expect(more).toEqual([])
    })
  })

  describe('keys', () => {
    it('are found again without being kept, and changed and taken away', async () => {
      const sealKey = Buffer.alloc(32, 3)
      const find = createKeyFinder(store)
      expect(await find('T1')).toBeUndefined()
      for (const key of ['11112222', '33334444'])
        await store.write(write => setDeviceKey(write, sealKey, { sn: 'T1', key, at: 1 }))
      await store.write(write => trustAddress(write, 'T1', '192.0.2.1'))
      const row = await find('T1')
      expect(row).toMatchObject({ sn: 'T1', address: '192.0.2.1' })
      expect(row && [isKey(sealKey, row, '33334444'), isKey(sealKey, row, '11112222')]).toEqual([true, false])
      await store.write(write => setDeviceKey(write, sealKey, { sn: 'T1', key: null, at: 2 }))
      expect(await find('T1')).toBeUndefined()
    })
  })

  describe('profiles', () => {
    it('start as the documents say, by flavour', async () => {
      expect(readProfile(await row('T1'))).toMatchObject({
        flavour: 'attendance',
        charset: undefined,
        commandDialect: 'userinfo',
        keyStyle: 'PIN',
        doorLayout: 'unlock',
      })
      await learn('T1', 'Flavour', 'access')
      const device = await row('T1')
      expect(device.flavour).toBe('access')
      expect(readProfile(device)).toMatchObject({
        commandDialect: 'user',
        keyStyle: 'Pin',
        doorLayout: 'vendor',
      })
    })

    it('keep what was learned with its evidence, and what a person said wins until it is taken back', async () => {
      await learn('T2', 'Charset', 'gbk')
      expect(readProfile(await row('T2')).charset).toBe('gbk')
      const said = { name: 'Charset', value: 'big5', evidence: 'Said by u-1' } as const
      await store.write(write => editSetting(write, 'T2', said, 6))
      await learn('T2', 'Charset', 'gbk')
      const device = await row('T2')
      expect(readProfile(device).charset).toBe('big5')
      expect(news(readProfile(device), [{ ...said, value: 'gbk' }])).toEqual([])
      expect(
        (await profileSettings(store.read, device)).filter(({ Source }) => Source !== 'Default'),
      ).toEqual([
        expect.objectContaining({
          Name: 'Charset',
          Value: 'big5',
          Source: 'Edited',
          Evidence: 'Said by u-1',
          At: '1970-01-01T00:00:00.006Z',
        }),
      ])
      await store.write(write => forgetSetting(write, 'T2', 'Charset', undefined))
      expect(readProfile(await row('T2')).charset).toBeUndefined()
      await learn('T2', 'Charset', 'gbk')
      expect(readProfile(await row('T2')).charset).toBe('gbk')
    })

    it('acknowledge each table its own way, others as the terminal in general', async () => {
      await learn('T3', 'Acknowledgement', 'bare', 'attlog')
      const style = async (table: string) => ackStyleOf(readProfile(await row('T3')), table)
      expect([await style('attlog'), await style('operlog')]).toEqual(['bare', 'count'])
      await learn('T3', 'Acknowledgement', 'bare')
      expect([await style('attlog'), await style('operlog')]).toEqual(['bare', 'bare'])
      const said = { name: 'Acknowledgement', value: 'count', evidence: 'Said' } as const
      await store.write(write => editSetting(write, 'T3', said, 6))
      expect([await style('attlog'), await style('operlog')]).toEqual(['count', 'count'])
      await store.write(write => editSetting(write, 'T3', { ...said, table: 'attlog', value: 'bare' }, 6))
      expect([await style('attlog'), await style('operlog')]).toEqual(['bare', 'count'])
      const settings = await profileSettings(store.read, await row('T3'))
      expect(settings.filter(({ Name }) => Name === 'Acknowledgement').map(({ Table }) => Table)).toEqual([
        null,
        'attlog',
      ])
    })

    it('lose nothing when several things are learned at once', async () => {
      await Promise.all(
        ['operlog', 'biodata', 'errorlog', 'idcard'].map(table =>
          learn('T3', 'Acknowledgement', 'count', table),
        ),
      )
      expect(readProfile(await row('T3')).kept.size).toBe(6)
    })

    it('set the zone of the terminal with them', async () => {
      const said = { name: 'TimeZone', value: 'Asia/Kathmandu', evidence: 'Said' } as const
      await store.write(write => editSetting(write, 'T3', said, 6))
      expect((await row('T3')).zone).toBe('Asia/Kathmandu')
    })

    it('take a value of a newer build for none', async () => {
      await learn('T2', 'Charset', 'klingon')
      expect(readProfile(await row('T2')).charset).toBeUndefined()
    })
  })

  it('keeps the last stamp of every table, whatever is posted at once', async () => {
    await Promise.all(
      ['attlog', 'operlog', 'biodata'].map((table, at) =>
        store.write(write => saveStamp(write, 'T1', table, String(at), at)),
      ),
    )
    await store.write(write => saveStamp(write, 'T1', 'attlog', '858353743', 9))
    expect(await findStamps(store.read, 'T1')).toEqual({ attlog: '858353743', operlog: '1', biodata: '2' })
    expect(await findStamps(store.read, 'T2')).toEqual({})
  })

  it('are asked what they hold once, and not again within a day of a refusal', async () => {
    const clock = { now: () => 1000, sleep: async () => {} }
    const count = () =>
      store.read.selectFrom('command').select('payload').where('kind', '=', 'read.count').execute()
    const ping = await store.write(write =>
      write
        .insertInto('command')
        .values({
          ...{ sn: 'T1', kind: 'device.ping', operation: 'PingDevice', payload: '{}', state: 'done' },
          ...{ created_at: 1, expires_at: 2, attempts: 1 },
        })
        .returningAll()
        .executeTakeFirstOrThrow(),
    )
    const ask = () => store.write(write => askCounts({ clock }, write, ping))
    await store.write(write =>
      write.updateTable('device_contact').set({ online: 1 }).where('sn', '=', 'T1').execute(),
    )
    await ask()
    await ask()
    expect((await count()).map(({ payload }) => payload)).toEqual([
      '{"table":"user"}',
      '{"table":"templatev10"}',
      '{"table":"transaction"}',
    ])
    const settle = (state: string) =>
      store.write(write =>
        write.updateTable('command').set({ state }).where('kind', '=', 'read.count').execute(),
      )
    await settle('failed')
    await ask()
    expect(await count()).toHaveLength(3)
    await settle('done')
    await ask()
    expect(await count()).toHaveLength(6)
  })

  describe('options', () => {
    const tell = async (device: DeviceRow, ...told: string[]) =>
      store.write(write => learnOptions(write, device, parseOptions(Buffer.from(told.join(','))).entries))

    it('are kept as spelled and found without the "~" before their names', async () => {
      const before = await row('T1')
      await tell(before, 'MaxUserCount=5', '~OEMVendor=ZKTECO CO., LTD.', '~LockCount=2')
      await tell(await row('T1'), '~MaxUserCount=100', 'UserCount=7')
      const device = await row('T1')
      expect(JSON.parse(device.options)).toEqual({
        '~MaxUserCount': '100',
        '~OEMVendor': 'ZKTECO CO., LTD.',
        '~LockCount': '2',
        UserCount: '7',
      })
      expect(readOptions(device)).toMatchObject({ MaxUserCount: '100', UserCount: '7' })
      expect(doorCountOf({ ...device, flavour: 'access' })).toBe(2)
      expect(learnedInfo(device)).toMatchObject({
        Capacity: { Users: 100 },
        Counters: { Users: 7 },
        FixedOptions: ['MaxUserCount', 'OEMVendor', 'LockCount'],
      })
    })

    it('of two uploads at once are both kept', async () => {
      const before = await row('T2')
      await tell(before, 'UserCount=7')
      await tell(before, 'FPCount=9')
      expect(readOptions(await row('T2'))).toEqual({ UserCount: '7', FPCount: '9' })
    })

    it('that an earlier release kept without "~" are replaced, secrets never kept', async () => {
      const options = '{"MaxUserCount":"30"}'
      await store.write(write =>
        write.updateTable('device').set({ options }).where('sn', '=', 'T3').execute(),
      )
      await tell(await row('T3'), '~MaxUserCount=100', '~ComPwd=80246')
      expect(JSON.parse((await row('T3')).options)).toEqual({ '~MaxUserCount': '100' })
    })
  })

  describe('incidents', () => {
    const raise = (sn: string, subject: string, at: number) =>
      store.write(write =>
        raiseIncident(write, { sn, kind: 'RepeatedUpload', subject, detail: `at ${at}`, times: 3, at }),
      )
    const list = async (open?: boolean) =>
      (await findIncidents(store.read, { sns: ['T1', 'T2'], open }, page)).rows

    it('are one as long as they last, and a new one after their end', async () => {
      await raise('T1', 'attlog', 10)
      await raise('T1', 'attlog', 20)
      await raise('T1', 'operlog', 20)
      await raise('T2', 'attlog', 90)
      expect(await list()).toMatchObject([
        { DeviceSN: 'T1', Subject: 'attlog', Times: 4, Detail: 'at 20', EndedAt: null },
        { DeviceSN: 'T1', Subject: 'operlog', Times: 3 },
        { DeviceSN: 'T2', Subject: 'attlog' },
      ])
      expect(await store.write(write => endIncidents(write, 'RepeatedUpload', 50))).toHaveLength(2)
      expect(await store.write(write => endIncidents(write, 'RepeatedUpload', 50))).toHaveLength(0)
      expect((await list())[0]?.EndedAt).toBe('1970-01-01T00:00:00.020Z')
      await raise('T1', 'attlog', 100)
      expect(await list(true)).toMatchObject([{ DeviceSN: 'T2' }, { DeviceSN: 'T1', Times: 3 }])
      expect(await list(false)).toHaveLength(2)
      expect((await findDevices(store.read, ['T1'])).map(deviceEntity)).toMatchObject([{ Incidents: 1 }])
    })

    it('are paged by key in both orders', async () => {
      for (let at = 0; at < 5; at += 1) await raise('T3', `table${at}`, 200)
      for (const order of ['asc', 'desc'] as const) {
        const seen: string[] = []
        let offSet: string | undefined
        do {
          const filter = { sns: ['T3'], open: undefined }
          const { rows, paging } = await findIncidents(store.read, filter, { offSet, limit: 2, order })
          seen.push(...rows.map(({ Subject }) => Subject))
          expect(paging.ActualRowCount).toBe(5)
          offSet = paging.OffSet
        } while (offSet !== '')
        const all = ['table0', 'table1', 'table2', 'table3', 'table4']
        expect(seen).toEqual(order === 'asc' ? all : all.toReversed())
      }
    })
  })

  it('tells rejects from what is kept on purpose', async () => {
    const line = { sn: 'T2', received_at: 1, table_name: 'attlog', line: 1, raw: Buffer.from([1, 2]) }
    for (const reason of ['bad-time', 'kept:template', 'bad-pin'])
      await store.write(write =>
        write
          .insertInto('quarantine')
          .values({ ...line, reason })
          .execute(),
      )
    const range = { after: 0, to: await newestQuarantined(store.read, 'T2') }
    const ids = await rejectsBetween(store.read, 'T2', range, 10)
    const rejects = await Promise.all(ids.map(id => findReject(store.read, id)))
    expect(rejects.map(reject => reject?.reason)).toEqual(['bad-time', 'bad-pin'])
    expect(await rejectsBetween(store.read, 'T2', { ...range, to: range.to - 1 }, 10)).toHaveLength(1)
    expect(await newestQuarantined(store.read, 'T1')).toBe(0)
    const list = (kept: boolean | undefined, asked: Partial<PageRequest>) =>
      findQuarantined(store.read, { sns: ['T2'], kept }, { ...page, order: 'desc', ...asked })
    const { rows, paging } = await list(undefined, { limit: 2 })
    expect([rows.map(({ reason }) => reason), paging.ActualRowCount]).toEqual([
      ['bad-pin', 'kept:template'],
      3,
    ])
    expect(rows.map(({ raw, sealedBytes }) => [raw?.length ?? null, sealedBytes])).toEqual([
      [2, 2],
      [null, 2],
    ])
    const rest = await list(undefined, { offSet: paging.OffSet })
    expect(rest.rows.map(({ reason }) => reason)).toEqual(['bad-time'])
    const reasons = async (kept: boolean) => (await list(kept, {})).rows.map(({ reason }) => reason)
    expect([await reasons(true), await reasons(false)]).toEqual([['kept:template'], ['bad-pin', 'bad-time']])
    expect((await list(false, { limit: 1 })).paging.ActualRowCount).toBe(2)
    expect((await findDevices(store.read, ['T2'])).map(deviceEntity)).toMatchObject([{ Rejects: 2 }])
  })

  it('forgets what hangs on a terminal with the terminal', async () => {
    await store.write(write => write.deleteFrom('device').where('sn', '=', 'T3').execute())
    for (const table of ['device_profile', 'device_stamp', 'incident', 'catch_up'] as const)
      expect(await store.read.selectFrom(table).select('sn').where('sn', '=', 'T3').execute()).toEqual([])
  })

  it('brings along what an earlier release knew', async () => {
    const location = await locate()
    const older = await openDatabase<GatewayTables>({ ...location, schema: 'gatehouse_gateway' })
    const before = Object.entries(migrations).filter(([name]) => name < '0003')
    await migrate(older, Object.fromEntries(before))
    await older.write(write =>
      sql`insert into device (sn, state, label, site, zone, simulated, has_door, flavour, ack_style, charset,
          options, info, stamps, first_seen_at)
        values ('OLD1', 'adopted', '', '', 'UTC', 0, 0, 'access', 'bare', 'gbk', '{}', '{}', '{"attlog":"77"}', 1)`.execute(
        write,
      ),
    )
    await older.close()
    const newer = await createStore(location)
    const device = await findDevice(newer.read, 'OLD1')
    if (!device) throw new Error('no OLD1')
    expect(readProfile(device)).toMatchObject({ flavour: 'access', charset: 'gbk' })
    expect(ackStyleOf(readProfile(device), 'attlog')).toBe('bare')
    expect(await findStamps(newer.read, 'OLD1')).toEqual({ attlog: '77' })
    expect(await profileSettings(newer.read, device)).toContainEqual(
      expect.objectContaining({ Name: 'Charset', Value: 'gbk', Source: 'Learned' }),
    )
    await newer.close()
  })
}
