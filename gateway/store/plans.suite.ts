import { afterAll, beforeAll, expect, it } from 'vitest'
import { findAssignment, insertAssignment, listAssignments, updateAssignment } from './assignments.ts'
import {
  calendarDays,
  calendarSpan,
  removeCalendarDays,
  saveCalendar,
  saveCalendarDays,
} from './calendars.ts'
import { listMembers, membersOn, moveMembers, saveDepartment } from './departments.ts'
import type { Store } from './index.ts'
import { insertLeave, listLeave } from './leave.ts'
import { planVersions, savePlanVersion, versionOn } from './plan-versions.ts'
import { departmentAssignments, holidaysBetween, leaveOf, nextPlanned, personAssignments } from './plans.ts'

const saved = { saved_at: 1, saved_by: 'u-1' }
const living = { ...saved, removed_at: null, removed_by: null }
const assignment = {
  employee_code: null,
  department_id: null,
  shift_id: 'day',
  rotation_id: null,
  weekdays: '12345',
  offset_days: 0,
  from_date: '2026-01-01',
  to_date: null,
  site: null,
  works_holidays: 0,
  ...living,
}

/** What the store promises of plans; run against both databases. */
export function plansSuite(open: () => Promise<Store>): void {
  let store: Store
  beforeAll(async () => {
    store = await open()
  })
  afterAll(() => store.close())

  it('keeps versions by date, and a later word of the same date wins', async () => {
    const version = { kind: 'shift', id: 'day', name: 'Day', ...saved }
    await store.write(async write => {
      await savePlanVersion(write, { ...version, from_date: '2026-03-01', definition: '{"b":1}' })
      await savePlanVersion(write, { ...version, from_date: '0001-01-01', definition: '{"a":1}' })
      await savePlanVersion(write, { ...version, from_date: '2026-03-01', definition: null })
    })
    const rows = await planVersions(store.read, ['shift', 'rotation'])
    expect(rows.map(row => [row.from_date, row.definition])).toEqual([
      ['0001-01-01', '{"a":1}'],
      ['2026-03-01', null],
    ])
    expect(versionOn(rows, '2026-02-28')?.definition).toBe('{"a":1}')
    expect(versionOn(rows, '2026-03-01')?.definition).toBeNull()
  })

  it('finds who belongs where on a date', async () => {
    const move = (codes: string[], from_date: string, department_id: string | null) =>
      store.write(write => moveMembers(write, codes, { from_date, department_id, ...saved }))
    await store.write(write =>
      saveDepartment(write, { department_id: 'a', name: 'A', site: null, ...living }),
    )
    await move(['1', '2', '007'], '2026-01-01', 'a')
    await move(['2'], '2026-02-01', 'b')
    await move(['1'], '2026-03-01', null)
    const on = async (date: string, id?: string) =>
      (await membersOn(store.read, date, id)).map(row => `${row.employee_code} ${row.department_id}`).sort()
    expect(await on('2025-12-31')).toEqual([])
    expect(await on('2026-02-01')).toEqual(['007 a', '1 a', '2 b'])
    expect(await on('2026-03-01', 'a')).toEqual(['007 a'])
    const first = await listMembers(store.read, {}, { offSet: undefined, limit: 3 })
    const next = await listMembers(store.read, {}, { offSet: first.paging.OffSet, limit: 3 })
    expect([...first.rows, ...next.rows].map(row => `${row.employee_code} ${row.from_date}`)).toEqual([
      '007 2026-01-01',
      '1 2026-01-01',
      '1 2026-03-01',
      '2 2026-01-01',
      '2 2026-02-01',
    ])
    expect(first.paging.ActualRowCount).toBe(5)
  })

  it('finds assignments in force in a range, the later first, and none that were taken back', async () => {
    const add = (more: Partial<typeof assignment> | object) =>
      store.write(write => insertAssignment(write, { ...assignment, ...more }))
    const first = await add({ employee_code: '1', to_date: '2026-01-31' })
    const second = await add({ employee_code: '1', from_date: '2026-02-10' })
    const third = await add({ department_id: 'a' })
    const own = async (from: string, to: string) =>
      (await personAssignments(store.read, ['1', '2'], from, to)).map(row => Number(row.id))
    expect(await own('2026-01-31', '2026-02-10')).toEqual([second, first])
    expect(await own('2026-02-01', '2026-02-09')).toEqual([])
    expect(
      (await departmentAssignments(store.read, '2026-05-01', '2026-05-02')).map(row => Number(row.id)),
    ).toEqual([third])
    const { id: _, person_name: __, ...row } = (await findAssignment(store.read, second)) ?? assertFound()
    await store.write(write => updateAssignment(write, second, { ...row, removed_at: 5, removed_by: 'u-2' }))
    expect(await own('2026-01-31', '2026-02-10')).toEqual([first])
    const listed = (removed: boolean) =>
      listAssignments(store.read, { employeeCode: '1', removed }, { offSet: undefined, limit: 1 })
    expect((await listed(false)).paging.ActualRowCount).toBe(1)
    const page = await listed(true)
    expect(page.paging.ActualRowCount).toBe(2)
    const rest = await listAssignments(
      store.read,
      { employeeCode: '1', removed: true },
      { offSet: page.paging.OffSet, limit: 5 },
    )
    expect(rest.rows.map(each => [Number(each.id), Number(each.removed_at)])).toEqual([[second, 5]])
  })

  it('keeps a holiday once a date, until it is taken back with its calendar or by itself', async () => {
    const day = (date: string, name: string) => ({
      calendar_id: 'in',
      date,
      name,
      portion: 'full',
      ...living,
    })
    await store.write(async write => {
      await saveCalendar(write, { calendar_id: 'in', name: 'India', sites: '["Pune"]', ...living })
      await saveCalendarDays(write, [day('2026-01-26', 'Republic'), day('2026-08-15', 'Independence')])
      await saveCalendarDays(write, [day('2026-01-26', 'Republic Day')])
    })
    const names = async () =>
      (await holidaysBetween(store.read, '2026-01-01', '2026-12-31')).map(row => row.name)
    expect(await names()).toEqual(['Republic Day', 'Independence'])
    expect(await calendarSpan(store.read, 'in')).toEqual({ fromDay: '2026-01-26', toDay: '2026-08-15' })
    const take = () =>
      store.write(write => removeCalendarDays(write, 'in', ['2026-08-15', '2026-08-16'], { at: 2, by: null }))
    expect([await take(), await take()]).toEqual([['2026-08-15'], []])
    expect(await names()).toEqual(['Republic Day'])
    expect(await calendarDays(store.read, { fromDay: '2026-08-01', toDay: '2026-08-31' })).toEqual([])
    await store.write(write =>
      saveCalendar(write, { calendar_id: 'in', name: 'India', sites: '[]', ...living, removed_at: 3 }),
    )
    expect(await names()).toEqual([])
  })

  it('finds leave that touches a range, in pages', async () => {
    const leave = (employee_code: string, from_date: string, to_date: string) =>
      store.write(write =>
        insertLeave(write, {
          employee_code,
          from_date,
          to_date,
          kind: 'sick',
          portion: 'full',
          note: '',
          ...living,
        }),
      )
    await leave('9', '2026-04-01', '2026-04-05')
    await leave('8', '2026-04-05', '2026-04-05')
    await leave('9', '2026-04-10', '2026-04-11')
    expect((await leaveOf(store.read, ['9'], '2026-04-05', '2026-04-09')).map(row => row.from_date)).toEqual([
      '2026-04-01',
    ])
    const filter = { fromDay: '2026-04-05', toDay: '2026-04-30', removed: false }
    const first = await listLeave(store.read, filter, { offSet: undefined, limit: 2 })
    const next = await listLeave(store.read, filter, { offSet: first.paging.OffSet, limit: 2 })
    expect([...first.rows, ...next.rows].map(row => `${row.employee_code} ${row.to_date}`)).toEqual([
      '9 2026-04-05',
      '8 2026-04-05',
      '9 2026-04-11',
    ])
  })

  it('knows everybody of whom a day can be told without a punch', async () => {
    expect(await nextPlanned(store.read, '', null)).toEqual(['007', '1', '2', '8', '9'])
    expect(await nextPlanned(store.read, '1', '8')).toEqual(['1', '2', '8'])
  })
}

function assertFound(): never {
  throw new Error('not found')
}
