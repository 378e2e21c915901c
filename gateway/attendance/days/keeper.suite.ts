import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { rowsFromJson } from '#platform/database/dialect.ts'
import { silentLogger } from '#platform/logger.ts'
import { parseAttlog } from '../../device/protocol/attendance/attlog.ts'
import { interpretPunch } from '../../punches/interpret.ts'
import { recordPunches } from '../../punches/record-punches.ts'
import { daysOf } from '../../store/day-results.ts'
import { findDevice, insertDevice, newDevice } from '../../store/devices.ts'
import type { Store } from '../../store/index.ts'
import { createManualClock } from '../../webhooks/testing/clock.ts'
import { readPeople } from '../read-people.ts'
import { markDaysStale } from '../stale-days.ts'
import { dayFacts } from './day-facts.ts'
import { createJudgeThread } from './judge-thread.ts'
import { createDayKeeper, type DayKeeper } from './keeper.ts'
import { readDays } from './read-days.ts'
import { rebuildDays, recountDays } from './recount.ts'

const zone = 'Asia/Kolkata'
const start = Date.parse('2026-05-20T12:00:00Z')
const range = { fromDate: '2026-05-01', toDate: '2026-05-31' }

/** What kept days promise: at any time the same as judging everything anew. */
export function keeperSuite(open: () => Promise<Store>): void {
  let store: Store
  let keeper: DayKeeper
  const clock = createManualClock(start)
  beforeAll(async () => {
    store = await open()
    for (const sn of ['KEEP1', 'KEEP2'])
      await store.write(write =>
        insertDevice(write, newDevice(sn, { state: 'adopted', zone, site: sn, now: 1 })),
      )
    keeper = createDayKeeper({ store, clock, log: silentLogger })
  })
  afterAll(async () => {
    await keeper.close()
    await store.close()
  })

  const record = (sn: string, body: string) =>
    store.write(async write => {
      const device = await findDevice(write, sn)
      if (!device) throw new Error(`no ${sn}`)
      const read = parseAttlog(Buffer.from(body)).punches.map(punch =>
        interpretPunch(punch, device, clock.now(), false),
      )
      return recordPunches(write, device, read)
    })
  const request = (more: object = {}) => ({
    range,
    devices: null,
    employeeCode: undefined,
    fromCode: '',
    nowMs: clock.now(),
    ...more,
  })
  const kept = async () => {
    const people = []
    for await (const person of readDays({ store, days: keeper }, request())) people.push(person)
    return people
  }
  const judgedAnew = async () => {
    const people = []
    for await (const { employeeCode, days } of readPeople(store.read, request()))
      people.push({ employeeCode, days: days.map(dayFacts) })
    return people
  }

  it('lists what judging anew lists, from the first punch on', async () => {
    await record(
      'KEEP1',
      '7\t2026-05-04 08:00:00\t0\t1\n7\t2026-05-04 17:30:00\t1\t1\n8\t2026-05-04 21:58:00\t0\t1\n8\t2026-05-05 06:03:00\t1\t15\n',
    )
    expect(await keeper.isCurrent('2026-05-31')).toBe(true)
    const people = await kept()
    expect(people.map(({ employeeCode }) => employeeCode)).toEqual(['7', '8'])
    expect(people).toEqual(await judgedAnew())
    expect(await daysOf(store.read, ['7'], range)).toHaveLength(1)
  })

  it('a late punch is in it as soon as it is acknowledged', async () => {
    await record('KEEP2', '8\t2026-05-02 07:00:00\t0\t1\n')
    const people = await kept()
    expect(people).toEqual(await judgedAnew())
    expect(people[1]?.days.map(({ date }) => date)).toEqual(['2026-05-02', '2026-05-04'])
  })

  it('time passing is in it too', async () => {
    await record('KEEP1', '9\t2026-05-20 09:00:00\t0\t1\n')
    const before = (await kept()).at(-1)?.days.at(-1)
    clock.advance(40 * 3_600_000)
    const after = (await kept()).at(-1)?.days.at(-1)
    expect(await kept()).toEqual(await judgedAnew())
    expect([before, after].map(day => day?.findings.map(({ kind }) => kind).includes('still_in'))).toEqual([
      true,
      false,
    ])
  })

  it('whatever comes in whatever order: the same as judging anew', async () => {
    const punch = fc.record({
      code: fc.integer({ min: 1, max: 4 }),
      minute: fc.integer({ min: 0, max: 12 * 24 * 60 - 1 }),
      status: fc.integer({ min: 0, max: 5 }),
      sn: fc.constantFrom('KEEP1', 'KEEP2'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(punch, { minLength: 1, maxLength: 12 }), async punches => {
        for (const { code, minute, status, sn } of punches) {
          const local = new Date(Date.parse('2026-05-06T00:00:00Z') + minute * 60_000)
            .toISOString()
            .slice(0, 19)
            .replace('T', ' ')
          await record(sn, `q${code}\t${local}\t${status}\t1\n`)
        }
        expect(await kept()).toEqual(await judgedAnew())
      }),
      { numRuns: 8 },
    )
  })

  it('a day is settled once its terminals have told everything', async () => {
    clock.advance(90_000)
    await store.write(write =>
      write.updateTable('device_contact').set({ last_seen_at: clock.now(), online: 1 }).execute(),
    )
    expect(await keeper.isCurrent('2026-05-31')).toBe(true)
    expect(await kept()).toEqual(await judgedAnew())
    expect(await daysOf(store.read, ['7'], range)).toMatchObject([{ certainty: 'complete', settled: 1 }])
  })

  it('a recount finds what somebody changed behind its back, and says whose day', async () => {
    expect(await recountDays(store.read, clock.now())).toMatchObject({ differences: [], due: 0 })
    await store.write(write =>
      write
        .updateTable('day_result')
        .set({ worked: 999 })
        .where('employee_code', '=', '7')
        .where('date', '=', '2026-05-04')
        .execute(),
    )
    await store.write(write =>
      write
        .updateTable('device_day')
        .set({ punches: 999 })
        .where('sn', '=', 'KEEP1')
        .where('local_day', '=', '2026-05-04')
        .execute(),
    )
    const { differences } = await recountDays(store.read, clock.now())
    expect(differences.map(({ what }) => what).sort()).toEqual([
      'day of 7 on 2026-05-04',
      'punches of KEEP1 on 2026-05-04',
    ])
    await store.write(write =>
      markDaysStale(write, { employeeCodes: ['7'], fromDay: '2026-05-04', toDay: '2026-05-04' }),
    )
    expect(await kept()).toEqual(await judgedAnew())
  })

  it('a rebuild from the punches proves itself equal, and conserves every total', async () => {
    await keeper.turn()
    const before = await keeper.sum({ ...range, codes: ['7', '8', '9'] })
    await store.write(write => write.updateTable('day_result').set({ worked: 1 }).execute())
    clock.advance(60_000)
    const recount = await rebuildDays(store, clock.now())
    expect(recount).toMatchObject({ differences: [], due: 0 })
    expect(recount.days).toBeGreaterThan(0)
    expect(await keeper.sum({ ...range, codes: ['7', '8', '9'] })).toEqual(before)
    clock.advance(60_000)
  })

  it('sums are those of the days', async () => {
    const people = await kept()
    const codes = people.map(({ employeeCode }) => employeeCode)
    const sums = await keeper.sum({ ...range, codes })
    expect(sums.map(({ code, worked }) => [code, worked])).toEqual(
      people.map(({ employeeCode, days }) => [
        employeeCode,
        days.reduce((total, day) => total + day.workedMinutes, 0),
      ]),
    )
  })

  it('while much is due only those it is about are judged again, and the answer is the same', async () => {
    const codes = Array.from({ length: 500 }, (_, at) => `m${at}`)
    await store.write(write =>
      markDaysStale(write, {
        employeeCodes: [...codes, '7'],
        fromDay: '2026-05-04',
        toDay: '2026-05-04',
      }),
    )
    await store.write(write =>
      write.updateTable('day_result').set({ worked: 999 }).where('employee_code', '=', '7').execute(),
    )
    const standing = await keeper.standing(range)
    expect(standing).toMatchObject({ kind: 'stale', codes: expect.arrayContaining(['7']) })
    expect(standing).not.toMatchObject({ codes: expect.arrayContaining(['8']) })
    const anew = await judgedAnew()
    expect(await kept()).toEqual(anew)
    const sums = await keeper.read(
      { what: 'sums', request: request({ planned: true }), filter: {} },
      standing,
    )
    expect(sums.map(({ EmployeeCode, Sums }) => [EmployeeCode, Sums.Worked])).toEqual(
      anew.map(({ employeeCode, days }) => [
        employeeCode,
        days.reduce((total, day) => total + day.workedMinutes, 0),
      ]),
    )
    // Beyond what is judged for whoever asks, a kept number is shown, but not as final.
    const bounded = await keeper.read(
      { what: 'sums', request: request({ planned: true, judgeDaysMax: 0 }), filter: {} },
      standing,
    )
    expect(bounded.find(({ EmployeeCode }) => EmployeeCode === '7')?.Sums).toMatchObject({
      Worked: 999,
      Provisional: 1,
    })
    await keeper.turn()
    expect(await keeper.standing(range)).toEqual({ kind: 'current' })
    expect(await kept()).toEqual(anew)
  })

  it('a word about everybody of a large site is not waited for, and what is listed is right meanwhile', async () => {
    const codes = Array.from({ length: 60 }, (_, at) => `s${100 + at}`)
    await record('KEEP1', `${codes.map(code => `${code}\t2026-05-08 08:00:00\t0\t1`).join('\n')}\n`)
    await keeper.turn()
    await store.write(write =>
      markDaysStale(write, { employeeCodes: 'everyone', fromDay: '2026-05-01', toDay: null }),
    )
    expect(await keeper.standing(range)).toEqual({ kind: 'stale', codes: 'everybody' })
    expect(await kept()).toEqual(await judgedAnew())
    // Of days that it is not about what is kept holds.
    expect(await keeper.standing({ fromDate: '2026-03-01', toDate: '2026-04-15' })).toMatchObject({
      kind: 'stale',
      codes: [],
    })
    await keeper.turn()
    expect(await keeper.standing(range)).toEqual({ kind: 'current' })
  })

  it('who is known by an added punch only is kept, counted anew, and comes back with a rebuild', async () => {
    await store.write(async write => {
      const correction = {
        employee_code: 'added',
        day: '2026-03-02',
        kind: 'AddPunch',
        punch_ref: null,
        target_id: null,
        instant: Date.parse('2026-03-02T03:00:00Z'),
        local_time: '2026-03-02 08:30:00',
        zone,
        offset_minutes: 330,
        sn: 'KEEP1',
        before: null,
        after: 'CheckIn',
        estimated: 0,
        repair_id: null,
        reason: 'The gate was dark',
        actor: 'anna',
        at: clock.now(),
        needs_approval: 0,
      }
      await write.insertInto('correction').values(correction).execute()
      await markDaysStale(write, { employeeCodes: ['added'], fromDay: '2026-03-02', toDay: '2026-03-02' })
    })
    const march = { range: { fromDate: '2026-03-01', toDate: '2026-03-31' } }
    const known = async () => {
      const codes = []
      for await (const { employeeCode } of readDays({ store, days: keeper }, request(march)))
        codes.push(employeeCode)
      return codes
    }
    expect(await known()).toEqual(['added'])
    await keeper.turn()
    expect((await rebuildDays(store, clock.now())).differences).toEqual([])
    expect(await known()).toEqual(['added'])
  })

  it('much that is due is not waited for', async () => {
    const codes = Array.from({ length: 500 }, (_, at) => `m${at}`)
    await store.write(write =>
      markDaysStale(write, { employeeCodes: codes, fromDay: '2026-05-04', toDay: '2026-05-04' }),
    )
    expect(await keeper.isCurrent('2026-05-31')).toBe(false)
    await keeper.turn()
    expect(await keeper.isCurrent('2026-05-31')).toBe(true)
    expect(await keeper.isCurrent('2027-05-31')).toBe(false)
  })

  it('a round and whoever waits for one come to an end while facts keep coming', async () => {
    await keeper.turn()
    let isComing = true
    const stream = async () => {
      while (isComing)
        await store.write(write =>
          markDaysStale(write, { employeeCodes: ['s1'], fromDay: '2026-05-04', toDay: '2026-05-04' }),
        )
    }
    const coming = Promise.all(Array.from({ length: 8 }, stream))
    // Both would go on for ever if they went on until nothing is due.
    await keeper.isCurrent('2026-05-31')
    await keeper.turn()
    isComing = false
    await coming
    await keeper.turn()
    expect(await keeper.isCurrent('2026-05-31')).toBe(true)
  })

  it('ends within a piece of its work, however much is due, and leaves the rest for the next start', async () => {
    const other = createDayKeeper({ store, clock, log: silentLogger })
    await keeper.turn()
    const codes = Array.from({ length: 5_000 }, (_, at) => `c${at}`)
    await store.write(write =>
      markDaysStale(write, { employeeCodes: codes, fromDay: '2026-05-01', toDay: '2026-05-31' }),
    )
    const round = other.turn()
    await other.close()
    await round
    expect(await keeper.isCurrent('2026-05-31')).toBe(false)
    await store.write(write => write.deleteFrom('stale_days').execute())
  })

  it('takes a word about open days of more people than a statement has places for', async () => {
    await keeper.turn()
    const columns = { employee_code: 'text', from_day: 'text', to_day: 'text' } as const
    const rows = Array.from({ length: 70_000 }, (_, at) => ({
      employee_code: `o${at}`,
      from_day: '',
      to_day: '9999-12-31',
    }))
    await store.write(write =>
      sql`insert into stale_days (employee_code, from_day, to_day)
        select employee_code, from_day, to_day from ${rowsFromJson(store.dialect, columns, rows)} as given`.execute(
        write,
      ),
    )
    await keeper.turn()
    expect(await store.read.selectFrom('stale_days').select('id').execute()).toEqual([])
  })

  it('a thread that died takes its plan with it: the next one refuses a piece instead of finding it empty', async () => {
    const next = createJudgeThread(store.location)
    await expect(next.judge(0, clock.now())).rejects.toThrow('found out anew')
    await next.close()
  })

  it('where several processes share a store one judges, and another takes over when it is gone', async () => {
    const other = createDayKeeper({ store, clock, log: silentLogger })
    await keeper.turn()
    await record('KEEP1', '7\t2026-05-07 08:00:00\t0\t1\n')
    await other.turn()
    const due = await store.read.selectFrom('stale_days').select('id').execute()
    expect(due).toHaveLength(store.changes === undefined ? 1 : 0)
    clock.advance(60_000)
    await other.turn()
    expect(await store.read.selectFrom('stale_days').select('id').execute()).toEqual([])
    await other.close()
  })
}
