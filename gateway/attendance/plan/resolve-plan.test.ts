import { describe, expect, it } from 'vitest'
import type { AssignmentRow, MemberRow } from '../../store/plans.ts'
import type { Shift } from '../rules/types.ts'
import { createResolver, isoWeekday, type PersonBasis, type PlanBasis } from './resolve-plan.ts'

const shift = (id: string, startMinute: number, endMinute: number): Shift => ({
  id,
  name: id,
  kind: 'fixed',
  periods: [{ startMinute, endMinute }],
  breaks: [],
  requiredMinutes: null,
  core: null,
  rules: {},
})
const week = [
  '2026-03-02',
  '2026-03-03',
  '2026-03-04',
  '2026-03-05',
  '2026-03-06',
  '2026-03-07',
  '2026-03-08',
]
const since = (value: Shift | null, from_date = '0001-01-01') => ({ from_date, value })
const basis = (more: Partial<PlanBasis> = {}): PlanBasis => ({
  dates: week,
  shifts: new Map([
    ['day', [since(shift('day', 540, 1080))]],
    ['night', [since(shift('night', 1320, 1800))]],
  ]),
  rotations: new Map(),
  policies: [],
  departments: new Map([['assembly', { name: 'Assembly', site: 'Pune' }]]),
  assignments: new Map(),
  holidays: [],
  zones: new Map([
    ['Pune', 'Asia/Kolkata'],
    ['Lisbon', 'Europe/Lisbon'],
  ]),
  zone: 'UTC',
  ...more,
})
let ids = 0
const assignment = (more: Partial<AssignmentRow>): AssignmentRow => {
  ids += 1
  return {
    id: ids,
    employee_code: null,
    department_id: null,
    shift_id: null,
    rotation_id: null,
    weekdays: '12345',
    offset_days: 0,
    from_date: '2026-01-01',
    to_date: null,
    site: null,
    works_holidays: 0,
    saved_at: 0,
    saved_by: null,
    removed_at: null,
    removed_by: null,
    ...more,
  }
}
const member = (from_date: string, department_id: string | null): MemberRow => ({
  employee_code: '1',
  from_date,
  department_id,
})
const person = (more: Partial<PersonBasis> = {}): PersonBasis => ({
  members: [],
  assignments: [],
  leave: [],
  ...more,
})
const shown = (made: PlanBasis, own: PersonBasis) =>
  createResolver(made)(own).plan?.days.map(day => [
    day.date.slice(8),
    ...day.shifts.map(planned => planned.shift.id),
  ]) ?? null

describe('what somebody is expected to work', () => {
  it('is nothing at all where nobody has planned them', () => {
    expect(createResolver(basis())(person())).toEqual({ plan: null, calendar: [], departmentId: null })
  })

  it('is a shift on its days of the week, and a day off on the others', () => {
    expect(shown(basis(), person({ assignments: [assignment({ shift_id: 'day' })] }))).toEqual([
      ['02', 'day'],
      ['03', 'day'],
      ['04', 'day'],
      ['05', 'day'],
      ['06', 'day'],
      ['07'],
      ['08'],
    ])
  })

  it('comes from the department, unless the person has an assignment of their own on that day', () => {
    const made = basis({
      assignments: new Map([['assembly', [assignment({ department_id: 'assembly', shift_id: 'day' })]]]),
    })
    const own = person({
      members: [member('2026-03-03', 'assembly'), member('2026-03-06', null)],
      assignments: [assignment({ shift_id: 'night', from_date: '2026-03-04', to_date: '2026-03-04' })],
    })
    expect(shown(made, own)).toEqual([
      ['03', 'day'],
      ['04', 'night'],
      ['05', 'day'],
    ])
    expect(createResolver(made)(own).departmentId).toBeNull()
  })

  it('follows a rotation from its anchor on, before it too, each crew in its own place of the cycle', () => {
    const cycle = { Anchor: '2026-03-04', Days: [['day'], ['night'], []] }
    const made = basis({ rotations: new Map([['abc', [{ from_date: '0001-01-01', value: cycle }]]]) })
    const crew = (offset_days: number) =>
      shown(made, person({ assignments: [assignment({ rotation_id: 'abc', offset_days })] }))
    expect(crew(0)).toEqual([
      ['02', 'night'],
      ['03'],
      ['04', 'day'],
      ['05', 'night'],
      ['06'],
      ['07', 'day'],
      ['08', 'night'],
    ])
    expect(crew(1)?.[2]).toEqual(['04', 'night'])
  })

  it('keeps an earlier version of a shift for the days before the later one, and nothing after it was removed', () => {
    const made = basis({
      shifts: new Map([
        [
          'day',
          [
            since(shift('day', 540, 1080)),
            since(shift('day', 480, 960), '2026-03-03'),
            since(null, '2026-03-05'),
          ],
        ],
      ]),
    })
    const plan = createResolver(made)(person({ assignments: [assignment({ shift_id: 'day' })] })).plan
    expect(plan?.days.map(day => day.shifts[0]?.shift.periods[0]?.startMinute ?? null)).toEqual([
      540,
      480,
      480,
      null,
      null,
      null,
      null,
    ])
  })

  it('has the zone of the home site: of the assignment, else of the department, else of the first site', () => {
    const zone = (own: PersonBasis) => createResolver(basis())(own).plan?.zone
    const members = [member('2026-01-01', 'assembly')]
    expect(zone(person({ assignments: [assignment({ shift_id: 'day' })] }))).toBe('UTC')
    expect(zone(person({ members, assignments: [assignment({ shift_id: 'day' })] }))).toBe('Asia/Kolkata')
    expect(zone(person({ members, assignments: [assignment({ shift_id: 'day', site: 'Lisbon' })] }))).toBe(
      'Europe/Lisbon',
    )
  })

  it('knows the holidays of the home site only, and none for crews that work on holidays', () => {
    const holiday = { calendar_id: 'in', sites: '', name: 'Holi', portion: 'full', date: '2026-03-04' }
    const made = basis({ holidays: [{ ...holiday, siteNames: ['Pune'] }] })
    const calendar = (more: Partial<AssignmentRow>) =>
      createResolver(made)(person({ assignments: [assignment({ shift_id: 'day', ...more })] })).calendar
    expect(calendar({ site: 'Pune' }).map(day => [day.date, day.kind, day.name])).toEqual([
      ['2026-03-04', 'holiday', 'Holi'],
    ])
    expect(calendar({ site: 'Lisbon' })).toEqual([])
    expect(calendar({ site: 'Pune', works_holidays: 1 })).toEqual([])
  })

  it('numbers the days of the week from Monday, before 1970 too', () => {
    expect([...week, '1969-12-31'].map(isoWeekday)).toEqual([1, 2, 3, 4, 5, 6, 7, 3])
  })
})
