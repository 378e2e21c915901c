import { afterAll, beforeAll, expect, it } from 'vitest'
import { bookPunches } from '../../store/book-punches.ts'
import { insertDevice, newDevice } from '../../store/devices.ts'
import { findDifferences } from '../../store/differences.ts'
import type { Store } from '../../store/index.ts'
import { listPeriods } from '../../store/periods.ts'
import { punchName } from '../../store/punches.ts'
import { removeSimulated } from '../../store/remove-simulated.ts'
import { readLocalTime } from '../../time/zone.ts'
import { addCorrection, withdrawCorrection } from '../corrections/correct.ts'
import { readPeople } from '../read-people.ts'
import { closePeriods } from './close.ts'
import { decideDifference } from './decide-difference.ts'
import { sweepDifferences } from './differences.ts'

const zone = 'Europe/Berlin'
const at = (local: string) => readLocalTime(`${local}:00`, zone, 0).instant

/** What closing promises, from the store up; run against both databases. */
export function closingSuite(open: () => Promise<Store>): void {
  let store: Store
  const opening = at('2026-04-02 12:00')
  let now = opening
  const clock = { now: () => now, sleep: async () => undefined }
  const deps = () => ({ store, clock })
  beforeAll(async () => {
    store = await open()
    await store.write(async write => {
      await insertDevice(write, newDevice('CL1', { state: 'adopted', zone, site: 'Main', now: 1 }))
      await insertDevice(write, newDevice('CL2', { state: 'adopted', zone, site: 'North', now: 1 }))
      await write
        .updateTable('device_contact')
        .set({ last_seen_at: at('2026-12-31 12:00'), online: 1, since: 1 })
        .execute()
    })
    await punch('7', '2026-03-02 08:00', 'CheckIn')
    await punch('7', '2026-03-02 17:00', 'CheckOut')
    await punch('7', '2026-03-03 08:00', 'CheckIn')
    await punch('8', '2026-03-02 09:00', 'CheckIn', 'CL2')
    await punch('8', '2026-03-02 15:00', 'CheckOut', 'CL2')
  })
  afterAll(() => store.close())

  const punch = (code: string, local: string, direction: 'CheckIn' | 'CheckOut', sn = 'CL1') =>
    store.write(async write => {
      await write
        .insertInto('punch')
        .values({
          sn,
          employee_code: code,
          local_time: `${local}:00`,
          local_day: local.slice(0, 10),
          local_minute: 0,
          zone,
          offset_minutes: 60,
          instant: at(local),
          status: null,
          verify: null,
          direction,
          modality: 'face',
          side: direction === 'CheckIn' ? 'in' : 'out',
          work_code: null,
          temperature: null,
          mask: null,
          flags: '',
          clock_skew_ms: null,
          received_at: Math.max(at(local), now === opening ? 0 : now),
          raw: '',
          identity: `${code} ${local} ${direction}`,
        })
        .execute()
      await bookPunches(store, write)
    })
  const close = async (more: object = {}) => {
    const { id } = await store.write(write =>
      write
        .insertInto('period')
        .values({
          scope: 'everyone',
          scope_value: '',
          from_day: '2026-03-01',
          to_day: '2026-03-31',
          state: 'closing',
          seen: 100,
          note: '',
          asked_at: now,
          closed_at: null,
          closed_by: 'anna',
          people: 0,
          days: 0,
          exceptions: 0,
          reopened_at: null,
          reopened_by: null,
          reopen_reason: null,
          ...more,
        })
        .returning('id')
        .executeTakeFirstOrThrow(),
    )
    await closePeriods(deps())
    const period = (await listPeriods(store.read)).find(own => own.id === id)
    if (!period) throw new Error('the period is gone')
    return period
  }
  const day = async (employeeCode: string, date: string) => {
    const people = readPeople(store.read, {
      range: { fromDate: date, toDate: date },
      devices: null,
      employeeCode,
      fromCode: '',
      nowMs: now,
    })
    for await (const { days } of people) return days[0]
    return undefined
  }
  const differences = async (state = 'open') => {
    await sweepDifferences(deps())
    const { rows } = await findDifferences(
      store.read,
      { periodId: undefined, employeeCode: undefined, states: [state] },
      { offSet: undefined, limit: 10, order: 'asc' },
    )
    return rows
  }
  const decide = (name: string, decision: 'accept' | 'carry') =>
    store.write(write =>
      decideDifference(write, { name, decision, reason: 'Seen', actor: 'anna', now, updatedAt: undefined }),
    )

  it('stops when more is open than was seen, and leaves nothing behind', async () => {
    expect(await close({ seen: 0 })).toMatchObject({ state: 'stopped', closed_at: null, exceptions: 1 })
    expect(await store.read.selectFrom('closed_day').selectAll().execute()).toEqual([])
    expect((await day('7', '2026-03-02'))?.certainty.state).toBe('complete')
  })

  it('freezes every day of everybody in it', async () => {
    expect(await close()).toMatchObject({ state: 'closed', people: 2, days: 3, exceptions: 1 })
    expect(await day('7', '2026-03-02')).toMatchObject({
      workedMinutes: 540,
      difference: null,
      certainty: { state: 'closed' },
    })
    expect(await differences()).toEqual([])
  })

  it('a late punch changes no closed number, and waits as a difference with its cause', async () => {
    now += 86_400_000
    await punch('7', '2026-03-03 17:42', 'CheckOut')
    const [found, ...others] = await differences()
    expect(others).toEqual([])
    expect(found).toMatchObject({
      EmployeeCode: '7',
      Date: '2026-03-03',
      WorkedDelta: 582,
      Causes: [{ Kind: 'punch_added' }],
    })
    expect(await day('7', '2026-03-03')).toMatchObject({ workedMinutes: 0, lastOut: null })
    expect(await differences()).toHaveLength(1)
  })

  it('accepted it becomes the day; a later one is counted from there', async () => {
    const [found] = await differences()
    await decide(found?.DifferenceID ?? '', 'accept')
    expect(await day('7', '2026-03-03')).toMatchObject({ workedMinutes: 582, difference: null })
    expect(await differences()).toEqual([])
    now += 1000
    await punch('7', '2026-03-03 18:00', 'CheckIn')
    await punch('7', '2026-03-03 18:18', 'CheckOut')
    expect(await differences()).toMatchObject([{ WorkedDelta: 18 }])
  })

  it('carried it leaves the day, names the day that gets the minutes, and does not come back', async () => {
    const [found] = await differences()
    await decide(found?.DifferenceID ?? '', 'carry')
    expect(await differences()).toEqual([])
    expect(await differences('carried')).toMatchObject([
      { WorkedDelta: 18, CarryDate: '2026-04-01', DecidedBy: 'anna' },
    ])
    expect(await day('7', '2026-03-03')).toMatchObject({ workedMinutes: 582, difference: null })
    await expect(decide(found?.DifferenceID ?? '', 'accept')).rejects.toMatchObject({
      code: 'DIFFERENCE_NOT_FOUND',
    })
  })

  it('a correction of a closed day is a difference too, which goes when the correction is taken back', async () => {
    const by = { actor: 'bert', now, reason: 'Asked the guard' }
    const exit = await store.read
      .selectFrom('punch')
      .selectAll()
      .where('employee_code', '=', '8')
      .where('direction', '=', 'CheckOut')
      .executeTakeFirstOrThrow()
    const { local_day: day, instant, local_time, offset_minutes, sn, direction: before } = exit
    const punch_ref = punchName(exit.id)
    const draft = { day, punch_ref, instant, local_time, zone, offset_minutes, sn, before, after: null }
    const id = await store.write(write =>
      addCorrection(write, { employeeCode: '8', kind: 'IgnorePunch', draft, needsApproval: false }, by),
    )
    expect(await differences()).toMatchObject([{ EmployeeCode: '8', WorkedDelta: -360 }])
    await store.write(write => withdrawCorrection(write, `c-${id}`, false, by))
    expect(await differences()).toEqual([])
    expect(await differences('void')).toHaveLength(1)
  })

  it('somebody of whom nothing was known is a difference from nothing', async () => {
    await punch('9', '2026-03-10 08:00', 'CheckIn')
    await punch('9', '2026-03-10 12:00', 'CheckOut')
    expect(await differences()).toMatchObject([{ EmployeeCode: '9', WorkedDelta: 240 }])
    expect(await day('9', '2026-03-10')).toMatchObject({ workedMinutes: 0, punchCount: 0 })
  })

  it('a period of one site holds its people only, and one that was closed before keeps its own', async () => {
    await store.write(write => write.updateTable('period').set({ state: 'reopened' }).execute())
    const north = await close({ scope: 'site', scope_value: 'North' })
    expect(north).toMatchObject({ state: 'closed', people: 1, days: 1 })
    expect((await day('8', '2026-03-02'))?.certainty.state).toBe('closed')
    expect((await day('7', '2026-03-02'))?.certainty.state).toBe('complete')
    expect(await close({ scope: 'everyone' })).toMatchObject({ state: 'closed', people: 2 })
  })

  it('goes with the simulated site', async () => {
    await store.write(async write => {
      await write.updateTable('device').set({ simulated: 1 }).execute()
      await removeSimulated(write)
    })
    for (const table of ['correction', 'closed_day', 'difference', 'period_person', 'period'] as const)
      expect(await store.read.selectFrom(table).selectAll().execute()).toEqual([])
  })
}
