import { counter } from '../plural.ts'

const counted = counter('en')

/** What a day comes to. */
export const statuses = {
  present: 'Present',
  half_day: 'Half a day',
  absent: 'Absent',
  not_known_yet: 'Not known yet',
  expected: 'Expected',
  not_arrived: 'Not arrived yet',
  excused: 'Excused',
  leave: 'Leave',
  holiday: 'Holiday',
  day_off: 'Day off',
  nothing_planned: 'Nothing planned',
}

/** What a reviewer should see of a day. */
export const flags = {
  late: 'Late',
  early_leave: 'Left early',
  missing_in: 'Missing in',
  missing_out: 'Missing out',
  still_in: 'Still in',
  impossible_span: 'Impossible span',
  gap: 'Gap in the shift',
  missed_period: 'Missed a part',
  late_back: 'Late back from break',
  short_hours: 'Short of hours',
  punch_on_day_off: 'Punch on a day off',
  punch_on_holiday: 'Punch on a holiday',
  punch_on_leave: 'Punch on leave',
  outside_shift: 'Outside the shift',
  other_site: 'Other site',
  double_punch: 'Double punch',
  guessed_direction: 'In or out guessed',
  implausible_punch: 'Implausible time',
  late_punch: 'Arrived late here',
  absent: 'Absent',
}

/** Under what arrivals count a day, where that is no status and no remark. */
export const arrivalCounts = {
  Expected: 'Expected on the day',
  Due: 'Shift has begun',
  Arrived: 'Arrived of those expected',
  Unplanned: 'Came unplanned',
  Away: 'Leave, holiday, excused',
}

export const grid = {
  title: 'Days',
  lead: 'What each day comes to, by the rules in force. Open a day to see why.',
  label: 'Days of people',
  person: 'Person',
  worked: 'Worked',
  expected: 'Expected',
  late: 'Late',
  overtime: 'Overtime',
  absent: 'Absent',
  sum: 'Sum of the range',
  ofExpected: (expected: string) => `of ${expected}`,
  lateSum: (minutes: string, times: number) =>
    `${minutes}, ${counted(times, { one: 'once', other: '# times' })}`,
  days: (days: number) => counted(days, { one: '# day', other: '# days' }),
  provisionalDays: (days: number) =>
    counted(days, { one: '# day may still change', other: '# days may still change' }),
  people: (shown: string, total: string) =>
    shown === total ? `${total} people` : `${shown} of ${total} people`,
  peopleFound: (people: number) => counted(people, { one: '# person', other: '# people' }),
  loading: 'loading more',
  keys: 'Arrow keys move, Enter opens the day, E explains it, Home and End go to the ends.',
  noData: 'Nothing known',
  inLabel: (time: string) => `in ${time}`,
  outLabel: (time: string) => `out ${time}`,
  certainty: {
    provisional: 'Provisional',
    complete: 'Complete',
    closed: 'Closed',
    reopened: 'Reopened',
  },
  certaintyWhy: {
    provisional: 'May still change',
    complete: 'The day is over and no terminal can still hold punches of it',
    closed: 'Its period is closed',
    reopened: 'Something came after it was closed',
  },
  reason: {
    running: 'The day is not over yet',
    still_in: 'The person has not left yet',
    waiting_for_terminals: 'Waiting for terminals that may still hold punches',
    no_terminals: 'No terminal is known that could say the day is complete',
  },
  waitingFor: (terminals: string) => `Waiting for ${terminals}`,
  difference: 'Closed, and a recalculation differs',
  corrected: (times: number) => counted(times, { one: 'Corrected once', other: 'Corrected # times' }),
  letters: {
    present: '',
    half_day: '½',
    absent: 'A',
    not_known_yet: '?',
    expected: '',
    not_arrived: '…',
    excused: 'E',
    leave: 'L',
    holiday: 'H',
    day_off: '·',
    nothing_planned: '',
  },
  legend: {
    title: 'Legend',
    certain: 'Certain: filled, full frame',
    provisional: 'Provisional: hatched, dashed frame',
    unknown: 'Not known yet: dotted frame and ?',
    late: 'Bar at the start: late',
    early: 'Bar at the end: left early',
    missing: 'Open circle: a punch is missing',
    overtime: 'Bar on top: overtime',
    open: 'Arrow: still in',
    closed: 'Bar below: closed',
    differs: 'Triangle: reopened or differs',
    letters: 'A absent, L leave, H holiday, E excused, · day off, ½ half a day',
  },
  step: { back: 'Earlier', forward: 'Later' },
  empty: 'Nobody has a day in this range',
  emptyBody: 'Days appear with the first punch of a person, or with a plan. Choose other days.',
  sort: 'Sort',
  sorts: {
    code: 'By code',
    name: 'By name',
    worked: 'Most worked',
    less: 'Least worked',
    late: 'Most late',
    absent: 'Most absent',
  },
  printSheet: 'Print sheet',
  refresh: 'Load again',
}

export const list = {
  label: 'People of the day',
  nowTitle: 'Who is in now',
  nowLead: 'People whose last punch is not an exit, with the time since.',
  nowButton: 'Who is in now',
  nowBack: 'Whole range',
  status: 'Day',
  shift: 'Shift',
  in: 'In',
  out: 'Out',
  since: 'Since last punch',
  worked: 'Worked',
  remarks: 'Remarks',
  certainty: 'Certainty',
  nobodyIn: 'Nobody is in now',
  nobodyInBody: 'Everybody seen since yesterday has left, as far as terminals have told.',
}

export const filters = {
  outcome: 'Days with',
  all: 'Any day',
  statusNote: 'Status',
  flagNote: 'Remark',
  certaintyNote: 'Certainty',
  countedNote: 'Arrivals',
  none: 'None',
  home: 'Home site',
  ofHome: (site: string) => (site === '' ? 'Without a home site' : `Home: ${site}`),
  site: 'Site',
  allSites: 'All sites',
  department: 'Department',
  allDepartments: 'All departments',
  at: (weekday: string, hour: string) => `Present ${weekday} at ${hour}`,
}

/** The sheet to print. */
export const sheet = {
  title: 'Attendance sheet',
  lead: (from: string, to: string) => `${from} to ${to}`,
  print: 'Print',
  back: 'Back to the grid',
  date: 'Date',
  in: 'In',
  out: 'Out',
  break: 'Break',
  totals: 'Totals',
  employee: 'Signature of the employee',
  manager: 'Signature of the manager',
  dated: 'Date',
  made: (time: string) => `Made ${time}`,
  zone: (zone: string) =>
    `Times on the wall clock of the terminals, zone ${zone} with its offset on that day`,
  notFinal: (days: number) =>
    counted(days, { one: '# day is not final', other: '# days are not final: marked with ~' }),
  final: 'All days are final',
  legend: '~ may still change · ? not known yet · * corrected · ! a punch is missing',
  loading: (loaded: string, total: string) => `Loaded ${loaded} of ${total} people`,
}

export const takeAway = {
  open: 'Export',
  close: 'Close the export',
  content: 'What the file holds',
  days: 'Days',
  summary: 'One row per person',
}
