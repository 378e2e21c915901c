import { counter } from '../plural.ts'

const counted = counter('en')

export const attendance = {
  title: 'Attendance',
  lead: 'Every punch as the terminal reported it. Times are those on its own clock.',
  table: 'Punches',
  when: 'Time at terminal',
  person: 'Person',
  direction: 'Direction',
  method: 'Method',
  terminal: 'Terminal',
  flags: 'Remarks',
  received: 'Received',
  newestFirst: 'Newest first',
  oldestFirst: 'Oldest first',
  fresh: (value: number, more: boolean) =>
    more ? `${value}+ new` : counted(value, { one: '# new', other: '# new' }),
  missed: 'The link was lost meanwhile. Load again',
  noneToday: 'No punches yet today',
  noneTodayBody:
    'A punch shows here within a second of reaching Gatehouse. If people have punched, look at Devices: a terminal may be silent.',
  none: 'No punches in this range',
  noneBody: 'Choose other days. Terminals that were away deliver late, into the day of the punch.',
  showWeek: 'Show the last 7 days',
  nothingBody: 'There are punches only for other people, terminals or days.',
  shortFlags: {
    implausible_time: 'Clock implausible',
    late_arrival: 'Late',
    estimated_instant: 'Estimated',
  },
  after: (length: string) => `+${length}`,
  before: (length: string) => `−${length}`,
  sheet: {
    at: 'Time',
    localClock: "On the terminal's clock",
    zone: 'Time zone',
    moment: 'Moment, UTC',
    received: 'Received',
    delay: (length: string) => `${length} after the punch`,
    early: (length: string) => `${length} before the punch: the terminal's clock is ahead`,
    atOnce: 'At once',
    skew: "Terminal's clock",
    ahead: (length: string) => `${length} ahead when it arrived`,
    behind: (length: string) => `${length} behind when it arrived`,
    exact: 'Exact when it arrived',
    notMeasured: 'Not measured',
    notMeasuredWhy: 'Measured only when a punch arrives live.',
    details: 'Details',
    serial: 'Serial number',
    site: 'Site',
    code: 'Code',
    temperature: 'Temperature',
    degrees: (value: string) => `${value} °C`,
    mask: 'Face mask',
    worn: 'Worn',
    notWorn: 'Not worn',
    workCode: 'Work code',
    id: 'Identifier',
    idWhy: 'The same in every delivery of this punch.',
    all: 'All punches of this person',
    why: {
      implausible_time:
        "The terminal's clock said something that cannot be. The punch is kept with the time it stated; do not rely on it.",
      late_arrival:
        'The terminal was away when this happened and delivered it later, into the day it belongs to.',
      estimated_instant:
        'The clock was set back that night, so this hour came twice. The moment in UTC is the likelier of the two.',
    },
    searching: 'Looking for this punch',
    missing: 'This punch is not in the list shown',
    missingBody:
      'The link may be from other days or filters, or the punch was removed with the simulated site.',
  },
}
