import { berlin, monday, onMonday, type TortureCase } from './torture-case.ts'

const nights = [
  ['clock forward, Berlin', berlin, '2026-03-28', 420],
  ['clock back, Berlin', berlin, '2026-10-24', 540],
  ['clock forward, New York', 'America/New_York', '2026-03-07', 420],
  ['clock back, New York', 'America/New_York', '2026-10-31', 540],
  ['half an hour forward, Lord Howe', 'Australia/Lord_Howe', '2026-10-03', 450],
  ['half an hour back, Lord Howe', 'Australia/Lord_Howe', '2026-04-04', 510],
  ['clock forward, Chatham', 'Pacific/Chatham', '2026-09-26', 420],
  ['clock back, Chatham', 'Pacific/Chatham', '2026-04-04', 540],
] as const

const zones = [
  ['UTC+14', 'Pacific/Kiritimati'],
  ['UTC−11', 'Pacific/Pago_Pago'],
  ['UTC+5:30', 'Asia/Kolkata'],
  ['UTC+5:45', 'Asia/Kathmandu'],
  ['UTC−3:30', 'America/St_Johns'],
  ['UTC+8:45', 'Australia/Eucla'],
  ['UTC+12:45', 'Pacific/Chatham'],
] as const

export const clockCases: readonly TortureCase[] = [
  ...nights.map(
    ([name, zone, date, worked]): TortureCase => ({
      group: 'Nights over a change of the clock',
      name,
      date,
      zone,
      hours: '22:00-06:00',
      punches: ['in 22:00', 'out +1 06:00'],
      expect: { status: 'present', worked, late: 0, early: 0, found: [] },
    }),
  ),
  {
    group: 'Nights over a change of the clock',
    name: 'without a plan, clock forward',
    date: '2026-03-28',
    zone: berlin,
    punches: ['in 22:00', 'out +1 06:00'],
    expect: { status: 'present', worked: 420 },
  },
  {
    group: 'Nights over a change of the clock',
    name: 'a day shift on the day of the change has its whole length',
    date: '2026-03-29',
    zone: berlin,
    hours: '08:00-16:00',
    punches: ['in 08:00', 'out 16:00'],
    expect: { worked: 480, late: 0, early: 0 },
  },
  ...zones.flatMap(([name, zone]): TortureCase[] => [
    {
      group: 'Zones',
      name: `a day in ${name}`,
      date: monday,
      zone,
      hours: '08:00-17:00',
      punches: ['in 08:00', 'out 17:00'],
      expect: { status: 'present', worked: 540, in: '08:00', out: '17:00', found: [] },
    },
    {
      group: 'Zones',
      name: `a night in ${name}`,
      date: monday,
      zone,
      hours: '22:00-06:00',
      punches: ['in 22:00', 'out +1 06:00'],
      expect: { status: 'present', worked: 480, in: '22:00', out: '06:00', found: [] },
    },
  ]),
  onMonday('Long and crossing', 'a planned duty of 36 hours', ['in 08:00', 'out +1 20:00'], {
    hours: '08:00-+1 20:00',
    expect: { status: 'present', worked: 2160, found: [] },
  }),
  onMonday(
    'Long and crossing',
    'seventeen and a half hours in a shift of nine are flagged',
    ['in 06:00', 'out 23:30'],
    {
      hours: '08:00-17:00',
      expect: { worked: 540, overtime: 0, found: ['impossible_span'] },
    },
  ),
  onMonday('Long and crossing', 'a night belongs to the day it starts on', ['in 22:00', 'out +1 06:00'], {
    hours: '22:00-06:00',
    expect: { worked: 480 },
  }),
  onMonday('Long and crossing', 'a shift that begins at midnight', ['in 00:00', 'out 08:00'], {
    hours: '00:00-08:00',
    expect: { worked: 480, late: 0 },
  }),
  onMonday(
    'Long and crossing',
    'a shift that ends at midnight, left two minutes after',
    ['in 16:00', 'out +1 00:02'],
    {
      hours: '16:00-24:00',
      expect: { worked: 480, early: 0 },
    },
  ),
  onMonday('Two shifts', 'back to back, four punches', ['in 06:00', 'out 14:00', 'in 14:00', 'out 22:00'], {
    hours: ['06:00-14:00', '14:00-22:00'],
    expect: { worked: 960, found: [] },
  }),
  onMonday(
    'Two shifts',
    'back to back, one punch ends the one and begins the other',
    ['in 06:00', 'out 14:00', 'out 22:00'],
    {
      hours: ['06:00-14:00', '14:00-22:00'],
      expect: { worked: 960 },
    },
  ),
  onMonday('Two shifts', 'one worked, the other missed', ['in 06:00', 'out 10:00'], {
    hours: ['06:00-10:00', '16:00-20:00'],
    expect: { status: 'present', worked: 240, found: ['absent'] },
  }),
  onMonday(
    'Two shifts',
    'both worked, with the hours between',
    ['in 06:00', 'out 10:00', 'in 16:00', 'out 20:00'],
    {
      hours: ['06:00-10:00', '16:00-20:00'],
      expect: { worked: 480, found: [] },
    },
  ),
  onMonday(
    'Two shifts',
    'overlapping windows: each punch goes to its own',
    ['in 06:00', 'out 14:40', 'in 15:00', 'out 22:00'],
    {
      hours: ['06:00-14:00', '15:00-22:00'],
      expect: { worked: 900, count: 4 },
    },
  ),
]
