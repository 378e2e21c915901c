import { at, punch } from './build-evaluation.ts'
import { berlin, monday, onMonday, type TortureCase } from './torture-case.ts'

export const dayCases: readonly TortureCase[] = [
  onMonday(
    'Punches',
    'the same punch again within two minutes counts once',
    ['in 08:00', 'in 08:01', 'out 17:00'],
    {
      hours: '08:00-17:00',
      expect: { worked: 540, count: 2, found: ['double_punch'] },
    },
  ),
  onMonday('Punches', 'a double exit counts once', ['in 08:00', 'out 17:00', 'out 17:01'], {
    hours: '08:00-17:00',
    expect: { worked: 540, count: 2, found: ['double_punch'] },
  }),
  onMonday('Punches', 'no exit: nothing is paid that nobody saw', ['in 08:00'], {
    hours: '08:00-17:00',
    expect: { status: 'present', worked: 0, out: null, found: ['missing_out'] },
  }),
  onMonday('Punches', 'no entry', ['out 17:00'], {
    hours: '08:00-17:00',
    expect: { status: 'present', worked: 0, in: null, found: ['missing_in'] },
  }),
  onMonday('Punches', 'nobody presses keys', ['- 08:00', '- 17:00'], {
    hours: '08:00-17:00',
    expect: { worked: 540, in: '08:00', out: '17:00', found: [] },
  }),
  onMonday('Punches', 'lunch outside by keys', ['in 08:00', 'out 12:00', 'in 13:00', 'out 17:00'], {
    expect: { worked: 480, in: '08:00', out: '17:00' },
  }),
  onMonday('Punches', 'an hour away inside the shift', ['in 08:00', 'out 12:00', 'in 13:00', 'out 17:00'], {
    hours: '08:00-17:00',
    expect: { worked: 480, found: ['gap'] },
  }),
  onMonday('Punches', 'an impossible time takes no part', ['in 08:00', 'out 17:00'], {
    hours: '08:00-17:00',
    more: {
      punches: [
        punch(`${monday} 03:00`, 'CheckIn', {
          flags: ['implausible_time'],
          receivedAtMs: at(`${monday} 12:00`),
        }),
      ],
    },
    also: 'and a punch at 03:00 flagged as impossible',
    expect: { worked: 540, in: '08:00', count: 2, found: ['implausible_punch'] },
  }),
  onMonday('Punches', 'no punch at all on a day off', [], {
    plan: { zone: berlin, homeSite: null, days: [{ date: monday, shifts: [] }] },
    expect: { status: 'day_off', worked: 0, found: [] },
  }),
  onMonday('Punches', 'work on a day off', ['in 08:00', 'out 12:00'], {
    plan: { zone: berlin, homeSite: null, days: [{ date: monday, shifts: [] }] },
    expect: { status: 'present', worked: 240, found: ['punch_on_day_off'] },
  }),
  onMonday('Grace', 'five minutes are on time', ['in 08:05', 'out 17:00'], {
    hours: '08:00-17:00',
    expect: { late: 0, found: [] },
  }),
  onMonday('Grace', 'six minutes are six', ['in 08:06', 'out 17:00'], {
    hours: '08:00-17:00',
    expect: { late: 6, found: ['late'] },
  }),
  onMonday('Grace', 'gone five minutes before the end', ['in 08:00', 'out 16:55'], {
    hours: '08:00-17:00',
    expect: { early: 0, found: [] },
  }),
  onMonday('Grace', 'gone half an hour before the end', ['in 08:00', 'out 16:30'], {
    hours: '08:00-17:00',
    expect: { early: 30, worked: 510, found: ['early_leave'] },
  }),
  onMonday('Grace', 'early by an hour is no overtime', ['in 07:00', 'out 17:00'], {
    hours: '08:00-17:00',
    expect: { worked: 540, overtime: 0 },
  }),
  onMonday('Clocks', 'a clock ten minutes fast: late as punched, never silently corrected', ['out 17:00'], {
    hours: '08:00-17:00',
    more: { punches: [punch(`${monday} 08:08`, 'CheckIn', { clockSkewMs: 600_000 })] },
    also: 'an entry at 08:08 by a clock ten minutes fast',
    expect: { late: 8, in: '08:08', found: ['late'] },
  }),
  onMonday(
    'Clocks',
    'a clock that jumped back leaves an entry after its exit',
    ['in 08:00', 'out 17:00', 'in 17:30'],
    {
      hours: '08:00-17:00',
      expect: { in: '08:00' },
    },
  ),
  onMonday('Calendar', 'a holiday nobody works', [], {
    hours: '08:00-17:00',
    more: { calendar: [{ id: 'h', date: monday, kind: 'holiday', name: 'Holi', portion: 'full' }] },
    also: 'holiday',
    expect: { status: 'holiday', worked: 0, found: [] },
  }),
  onMonday('Calendar', 'leave', [], {
    hours: '08:00-17:00',
    more: { calendar: [{ id: 'l', date: monday, kind: 'leave', name: 'Vacation', portion: 'full' }] },
    also: 'leave',
    expect: { status: 'leave', worked: 0, found: [] },
  }),
  onMonday('Calendar', 'work on a holiday', ['in 08:00', 'out 12:00'], {
    more: { calendar: [{ id: 'h', date: monday, kind: 'holiday', name: 'Holi', portion: 'full' }] },
    also: 'holiday',
    expect: { worked: 240, found: ['punch_on_holiday'] },
  }),
]
