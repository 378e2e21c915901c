import { counter } from '../plural.ts'

const counted = counter('en')

/** Arrivals against the plan, and what is usual. */
export const arrivals = {
  title: 'Arrivals against the plan',
  site: 'Site',
  department: 'Department',
  noDepartment: 'No department',
  noSite: 'No site',
  expected: 'Expected',
  arrived: 'Arrived',
  unplanned: 'Unplanned',
  late: 'Late',
  notArrived: 'Not arrived',
  absent: 'Absent',
  notKnown: 'Not known yet',
  missing: 'Missing punch',
  away: 'Leave, holiday',
  total: 'All',
  of: (arrived: string, due: string) => `${arrived} of ${due}`,
  progress: (arrived: number, due: number) => `${arrived} of ${due} due have arrived`,
  empty: 'Nobody is expected today',
  emptyBody: 'By the plan it is a day off, a holiday or leave for everybody.',
  notPlanned: 'Nobody is planned yet',
  notPlannedBody: 'With shifts and assignments this shows who is expected, late and absent.',
  setup: 'Set up attendance',
  complete: (site: string, until: string) => `${site}: complete to ${until}`,
  never: (site: string) => `${site}: not complete`,
  waiting: (terminal: string, since: string) => `still arriving from ${terminal} since ${since}`,
  waitingNever: (terminal: string) => `${terminal} has never reported`,
  moreWaiting: (more: number) => counted(more, { one: 'and # more', other: 'and # more' }),
  anomaly: (text: {
    site: string
    arrived: string
    minute: string
    percent: string
    weekday: string
    usual: string
    isUnder: boolean
  }) =>
    `${text.site}: ${text.arrived} arrived by ${text.minute}, ${text.percent} ${text.isUnder ? 'under' : 'over'} the usual ${text.weekday} (${text.usual})`,
  tiles: {
    present: 'Present now',
    presentHint: 'Came and not left yet',
    arrived: 'Arrived',
    arrivedHint: (due: string) => `of ${due} due by now`,
    unplannedHint: (people: number) => counted(people, { one: '# unplanned', other: '# unplanned' }),
    late: 'Late',
    lateHint: 'Beyond their grace',
    notArrived: 'Not arrived',
    notArrivedHint: 'Their shift has begun',
    absent: 'Absent',
    absentHint: 'Every terminal has reported',
    notKnown: 'Not known yet',
    notKnownHint: 'A terminal may hold their punch',
    missing: 'Missing exits',
    missingHint: (missing: number) =>
      counted(missing, { one: '# missing entry', other: '# missing entries' }),
  },
  chart: {
    usual: 'Usual band',
    usualOf: (weekday: string, weeks: number) =>
      counted(weeks, { one: `Usual ${weekday}, # week`, other: `Usual ${weekday}, # weeks` }),
    watermark: 'Complete to here',
    range: (low: string, high: string) => (low === high ? low : `${low} – ${high}`),
    chosen: 'Part',
    from: 'From',
    to: 'To',
    whole: 'Whole day',
    dragHint: 'Drag over the chart to look closer',
  },
}
