import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseAttlog } from '../device/protocol/attendance/attlog.ts'
import { interpretPunch } from '../punches/interpret.ts'
import { recordPunches } from '../punches/record-punches.ts'
import { claimQueued, commandEntity, findByKey, findCommand, hasQueued, recentCommands } from './commands.ts'
import { deviceEntity, findDevice, findDevices, insertDevice, newDevice } from './devices.ts'
import { saveDoorStates } from './door-states.ts'
import { findDoorEvents, findDoorStates, recordDoorEvent, recordDoorEvents } from './doors.ts'
import type { Store } from './index.ts'
import { findPeople, findPerson, savePerson } from './people.ts'
import { namesOf } from './people-names.ts'
import { countBySlice, countPeople, countPresent, findPunches } from './punches.ts'
import { removeSimulated } from './remove-simulated.ts'
import { findTokenHolder, generateToken, saveToken } from './tokens.ts'

const zone = 'Asia/Kolkata'
const receivedAt = Date.parse('2026-03-02T12:00:00Z')
const everything = { devices: null } as const
const firstPage = { offSet: undefined, limit: 50, order: 'asc' } as const

/** What every store promises; run against SQLite and PostgreSQL, so that no query grows that only one of them speaks. */
export function storeSuite(open: () => Promise<Store>): void {
  let store: Store
  beforeAll(async () => {
    store = await open()
    for (const [sn, simulated] of [
      ['DEV1', 0],
      ['DEV2', 0],
      ['SIM1', 1],
    ] as const) {
      await store.write(write =>
        insertDevice(write, {
          ...newDevice(sn, { state: 'adopted', zone, site: sn === 'DEV2' ? 'Annex' : 'Main', now: 1 }),
          simulated,
          has_door: 1,
        }),
      )
    }
  })
  afterAll(() => store.close())

  const record = (sn: string, body: string) =>
    store.write(async write => {
      const device = await findDevice(write, sn)
      if (!device) throw new Error(`no ${sn}`)
      const punches = parseAttlog(Buffer.from(body)).punches.map(punch =>
        interpretPunch(punch, device, receivedAt, false),
      )
      return recordPunches(write, device, punches)
    })

  describe('punches', () => {
    it('keeps new ones, refuses repeats, and says which were new', async () => {
      const body = '00123\t2026-03-02 08:58:41\t0\t1\n7\t2026-03-02 09:01:00\t0\t15\n'
      expect((await record('DEV1', body)).events.map(({ EmployeeCode }) => EmployeeCode)).toEqual([
        '00123',
        '7',
      ])
      expect(
        (await record('DEV1', `${body}7\t2026-03-02 17:30:00\t1\t15\n`)).events.map(
          ({ Direction }) => Direction,
        ),
      ).toEqual(['CheckOut'])
      expect((await record('DEV2', body)).events).toHaveLength(2)
    })

    it('keeps local time, zone and instant side by side', async () => {
      const { rows } = await findPunches(store.read, { ...everything, employeeCode: '00123' }, firstPage)
      expect(rows[0]).toMatchObject({
        AttendanceLog: '2026-03-02 08:58:41',
        LogTime: '2026-03-02 08:58:41 GMT +0530',
        TimeZone: zone,
        Type: 'fingerprint',
        Direction: 'CheckIn',
      })
    })

    it('pages by key without losing or repeating a row, in both orders, and by row number', async () => {
      await record(
        'DEV2',
        Array.from(
          { length: 25 },
          (_, index) => `p${index}\t2026-03-03 10:${String(Math.floor(index / 5)).padStart(2, '0')}:00\t0\t1`,
        ).join('\n'),
      )
      const filter = { ...everything, from: '2026-03-03 00:00:00', to: '2026-03-03 23:59:59' }
      for (const order of ['asc', 'desc'] as const) {
        const seen: string[] = []
        let offSet: string | undefined
        do {
          const { rows, paging } = await findPunches(store.read, filter, { offSet, limit: 10, order })
          seen.push(...rows.map(({ EmployeeCode }) => EmployeeCode))
          expect(paging.ActualRowCount).toBe(25)
          offSet = paging.OffSet
        } while (offSet !== '')
        expect([seen.length, new Set(seen).size]).toEqual([25, 25])
      }
      expect(
        (await findPunches(store.read, filter, { offSet: '20', limit: 10, order: 'asc' })).rows,
      ).toHaveLength(5)
      await expect(
        findPunches(store.read, filter, { offSet: 'nonsense', limit: 10, order: 'asc' }),
      ).rejects.toMatchObject({ code: 'INVALID_CURSOR' })
    })

    it('counts slices, people and those present', async () => {
      const day = { devices: ['DEV1'], days: [{ zone, day: '2026-03-02' }] }
      expect(await countBySlice(store.read, day, 5)).toEqual([
        { Minute: 535, In: 1, Out: 0, Other: 0 },
        { Minute: 540, In: 1, Out: 0, Other: 0 },
        { Minute: 1050, In: 0, Out: 1, Other: 0 },
      ])
      expect(await countPeople(store.read, day)).toBe(2)
      expect(await countPresent(store.read, { devices: ['DEV1'] }, 0)).toBe(1)
    })

    it('finds nothing for an empty list of devices', async () => {
      expect((await findPunches(store.read, { devices: [] }, firstPage)).rows).toEqual([])
    })
  })

  describe('people', () => {
    it('keeps every space of a name a terminal has, and takes it back whole', async () => {
      await store.write(write =>
        savePerson(write, 'DEV3', { pin: 'sp-1', name: 'A=B  (C)', privilege: 2, card: null }, 5),
      )
      const entity = await findPerson(store.read, 'sp-1')
      expect(entity).toMatchObject({ FirstName: 'A=B ', LastName: '(C)' })
      expect((await namesOf(store.read, ['sp-1'])).get('sp-1')).toBe('A=B  (C)')
      await store.write(write => write.deleteFrom('person').where('employee_code', '=', 'sp-1').execute())
    })

    it('merges what terminals say, and finds by any part of name or code', async () => {
      await store.write(write =>
        savePerson(write, 'DEV1', { pin: '00123', name: 'Asha Rao', privilege: 14, card: '55' }, 5),
      )
      await store.write(write =>
        savePerson(write, 'DEV2', { pin: '00123', name: null, privilege: null, card: null }, 6),
      )
      await store.write(write =>
        savePerson(write, 'DEV1', { pin: '9_9', name: '100% Sure', privilege: 0, card: null }, 6),
      )
      const find = async (search: string) =>
        (await findPeople(store.read, { sns: null, search }, { offSet: undefined, limit: 10 })).rows.map(
          ({ EmployeeCode }) => EmployeeCode,
        )
      expect(await find('asha r')).toEqual(['00123'])
      expect(await find('012')).toEqual(['00123'])
      expect(await find('_')).toEqual(['9_9'])
      expect(await find('0%')).toEqual(['9_9'])
      const { rows } = await findPeople(
        store.read,
        { sns: ['DEV2'], search: undefined },
        { offSet: undefined, limit: 10 },
      )
      expect(rows).toMatchObject([
        { EmployeeCode: '00123', FirstName: 'Asha', LastName: 'Rao', UserType: 'Admin', DeviceCount: 2 },
      ])
      expect(rows[0]?.LastSeenAt).toBe('2026-03-02T03:28:41.000Z')
    })
  })

  describe('commands', () => {
    const insert = (sn: string, key: string | null, expiresAt = 1000) =>
      store.write(write =>
        write
          .insertInto('command')
          .values({
            sn,
            kind: 'device.ping',
            operation: 'PingDevice',
            payload: '{}',
            state: 'queued',
            idempotency_key: key,
            actor: null,
            created_at: 1,
            expires_at: expiresAt,
            sent_at: null,
            completed_at: null,
            attempts: 0,
            return_code: null,
            error: null,
          })
          .returningAll()
          .executeTakeFirstOrThrow(),
      )

    it('hands each command to exactly one of many polls at once, and none that has expired', async () => {
      const ids = [await insert('DEV1', null), await insert('DEV1', null), await insert('DEV1', null, 5)].map(
        ({ id }) => id,
      )
      expect(await hasQueued(store.read, 'DEV1')).toBe(true)
      const polls = await Promise.all(
        Array.from({ length: 8 }, () => store.write(write => claimQueued(write, store.dialect, 'DEV1', 10))),
      )
      expect(
        polls
          .flat()
          .map(({ id }) => id)
          .sort(),
      ).toEqual(ids.slice(0, 2).sort())
    })

    it('keeps an idempotency key for one command only', async () => {
      const { id } = await insert('DEV2', '1:abc')
      await expect(insert('DEV2', '1:abc')).rejects.toThrow()
      expect((await findByKey(store.read, '1:abc'))?.id).toBe(id)
      expect(
        commandEntity((await findCommand(store.read, String(id))) ?? (await insert('DEV2', null))),
      ).toMatchObject({ CommandID: String(id), State: 'Queued' })
      expect(await findCommand(store.read, '1 or 1=1')).toBeUndefined()
      expect((await recentCommands(store.read, 'DEV2', 5))[0]?.id).toBe(id)
    })
  })

  describe('devices and doors', () => {
    it('lists terminals with what hangs on them', async () => {
      const devices = (await findDevices(store.read, ['DEV1', 'NOPE'])).map(deviceEntity)
      expect(devices).toMatchObject([
        { DeviceSN: 'DEV1', Adoption: 'Adopted', Online: false, OnlineReason: 'never_seen', QueueDepth: 3 },
      ])
      expect(
        await store.write(write =>
          insertDevice(write, newDevice('DEV1', { state: 'waiting', zone, site: '', now: 2 })),
        ),
      ).toBe(false)
    })

    it('keeps a door event once and knows the state only while the terminal is here', async () => {
      const event = {
        doorNo: 1,
        event: 'Opened' as const,
        employeeCode: null,
        localTime: '2026-03-02 09:00:00',
        instant: receivedAt,
        receivedAt,
        commandId: null,
        identity: 'a',
      }
      const device = await findDevice(store.read, 'DEV1')
      if (!device) throw new Error('no DEV1')
      expect(await store.write(write => recordDoorEvent(write, device, event))).toMatchObject({
        Event: 'OnDoor',
        State: 'Open',
      })
      expect(await store.write(write => recordDoorEvent(write, device, event))).toBeNull()
      const state = async () =>
        (await findDoorStates(store.read, await findDevices(store.read, ['DEV1']), undefined))[0]
      expect(await state()).toMatchObject({ State: 'Unknown', Reason: 'device_offline' })
      await store.write(write =>
        write.updateTable('device_contact').set({ online: 1 }).where('sn', '=', 'DEV1').execute(),
      )
      expect(await state()).toMatchObject({ State: 'Open', Reason: 'reported' })
      const { rows } = await findDoorEvents(
        store.read,
        { sns: ['DEV1'], from: '2026-03-02 00:00:00', to: '2026-03-02 23:59:59' },
        firstPage,
      )
      expect(rows).toMatchObject([{ Event: 'Opened', DeviceSN: 'DEV1' }])
    })
  })

  describe('doors of a controller', () => {
    const at = (receivedAt: number) => ({ local: '2026-03-02 10:00:00', receivedAt })

    it('are all there, each as it was last reported, and an older report changes nothing', async () => {
      const sn = 'ACC1'
      await store.write(async write => {
        await insertDevice(write, {
          ...newDevice(sn, { state: 'adopted', zone, site: 'Main', now: 1 }),
          has_door: 1,
          flavour: 'access',
          options: '{"LockCount":"2"}',
        })
        await write.updateTable('device_contact').set({ online: 1 }).where('sn', '=', sn).execute()
      })
      const save = (sensor: 'open' | 'closed', receivedAt: number) =>
        store.write(write =>
          saveDoorStates(write, sn, [{ door: 2, sensor, relay: null, alarms: [] }], at(receivedAt)),
        )
      expect(await save('closed', 1000)).toEqual([2])
      expect(await save('closed', 2000)).toEqual([])
      expect(await save('open', 3000)).toEqual([2])
      expect(await save('closed', 2500)).toEqual([])
      expect(await findDoorStates(store.read, await findDevices(store.read, [sn]), undefined)).toMatchObject([
        { DoorNo: 1, State: 'Unknown', Reason: 'no_report', Alarm: 'Unknown' },
        { DoorNo: 2, State: 'Open', Reason: 'reported', Alarm: 'None', Since: '1970-01-01T00:00:03.000Z' },
      ])
      const beside = async (extra: string | null | undefined, receivedAt: number) => {
        const said = extra === undefined ? at(receivedAt) : { ...at(receivedAt), extra }
        const door = { door: 2, sensor: 'open', relay: null, alarms: null } as const
        await store.write(write => saveDoorStates(write, sn, [door], said))
        const states = await findDoorStates(store.read, await findDevices(store.read, [sn]), 2)
        return states[0]?.AlsoSaid
      }
      expect(await beside('door=01', 4000)).toBe('door=01')
      expect(await beside(undefined, 5000), 'an event says nothing of it').toBe('door=01')
      expect(await beside(null, 6000)).toBeNull()
    })

    it('keep many events in one statement, each once', async () => {
      const device = await findDevice(store.read, 'ACC1')
      if (!device) throw new Error('no ACC1')
      const event = (identity: string, detail: string | null) => ({
        doorNo: 2,
        event: 'Denied' as const,
        employeeCode: null,
        localTime: '2026-03-02 10:00:00',
        instant: receivedAt,
        receivedAt,
        commandId: null,
        identity,
        detail,
      })
      const record = (...events: ReturnType<typeof event>[]) =>
        store.write(write => recordDoorEvents(write, store.dialect, device, events))
      expect(await record(event('a', 'not registered'), event('b', null), event('a', null))).toMatchObject([
        { DoorEvent: 'Denied', DoorNo: 2, Detail: 'not registered' },
        { DoorEvent: 'Denied', Detail: null },
      ])
      expect(await record(event('b', null), event('c', null))).toHaveLength(1)
    })
  })

  describe('tokens', () => {
    it('knows a token by its hash only, with its rights, devices and rate', async () => {
      const token = generateToken()
      await store.write(write =>
        saveToken(
          write,
          token,
          { label: 'x', permissions: ['devices:read'], devices: ['DEV1'], ratePerMinute: 7 },
          1,
        ),
      )
      expect(await findTokenHolder(store.read, token)).toMatchObject({
        permissions: new Set(['devices:read']),
        devices: new Set(['DEV1']),
        ratePerMinute: 7,
      })
      expect(await findTokenHolder(store.read, token.toLowerCase())).toBeNull()
      expect(JSON.stringify(await store.read.selectFrom('token').selectAll().execute())).not.toContain(token)
    })
  })

  describe('transactions', () => {
    it('leave nothing behind when they fail, and do not poison the next', async () => {
      await expect(
        store.write(async write => {
          await write.insertInto('setting').values({ name: 'half', value: '1' }).execute()
          throw new Error('on purpose')
        }),
      ).rejects.toThrow('on purpose')
      expect(await store.read.selectFrom('setting').selectAll().where('name', '=', 'half').execute()).toEqual(
        [],
      )
      await store.write(write => write.insertInto('setting').values({ name: 'whole', value: '1' }).execute())
    })
  })

  it('removes the simulated site whole, and nothing else', async () => {
    await record('SIM1', 'sim-1\t2026-03-02 08:00:00\t0\t1\n')
    await store.write(write =>
      savePerson(write, 'SIM1', { pin: 'sim-1', name: 'Sim One', privilege: 0, card: null }, 5),
    )
    const before = (await findPunches(store.read, { devices: ['DEV1', 'DEV2'] }, firstPage)).paging
      .ActualRowCount
    expect(await store.write(removeSimulated)).toEqual({ sns: ['SIM1'], punches: 1 })
    expect((await findPunches(store.read, everything, firstPage)).paging.ActualRowCount).toBe(before)
    expect(
      (await findPeople(store.read, { sns: null, search: 'sim' }, { offSet: undefined, limit: 5 })).rows,
    ).toEqual([])
    expect(await findDevice(store.read, 'SIM1')).toBeUndefined()
  })
}
