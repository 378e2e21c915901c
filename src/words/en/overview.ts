import { counter } from '../plural.ts'

const counted = counter('en')

/** Words of the overview; they travel with its page. */
export const overview = {
  title: 'Overview',
  site: 'Site',
  allSites: 'All sites',
  terminalAddress: (host: string) => `${host}, port 8081 unless it was changed`,
  noRights: 'Your account has no rights yet',
  noRightsBody: 'Someone who manages accounts can give you a role.',
  tiles: {
    label: 'Now',
    present: 'Present now',
    presentHint: 'In and not out yet',
    people: 'People today',
    peopleHint: 'With at least one punch',
    punches: 'Punches today',
    atLeast: (value: string) => `${value}+`,
    yesterday: (value: string) => `${value} yesterday`,
    yesterdaySoFar: (value: string) => `${value} by now yesterday`,
    terminals: 'Terminals online',
    ofTotal: (online: string, total: string) => `${online} of ${total}`,
    offline: (value: number) => counted(value, { one: '# offline', other: '# offline' }),
    allOnline: 'All in contact',
    noneYet: 'None yet',
    doors: 'Doors needing attention',
    doorsFine: (doors: string) => `All ${doors} in order`,
    alarms: (value: number) => counted(value, { one: '# alarm', other: '# alarms' }),
    unknown: (value: number) => counted(value, { one: '# unknown', other: '# unknown' }),
    deliveries: 'Deliveries waiting',
    parked: (value: number) => counted(value, { one: '# given up', other: '# given up' }),
    receivers: (value: number) => counted(value, { one: '# receiver', other: '# receivers' }),
    oldest: (age: string) => `Oldest from ${age}`,
    notKnown: 'Not known',
    remoteHint: 'The gateway in use does not tell',
  },
  ticker: {
    title: 'Newest punches',
    pause: 'Pause',
    resume: 'Resume',
    waiting: (value: number) => counted(value, { one: '# new', other: '# new' }),
    empty: 'Punches appear here within a second of reaching Gatehouse.',
    person: 'Person',
    at: 'Terminal',
    how: 'Method',
    when: 'Time',
    direction: 'Direction',
  },
  doors: {
    title: 'Doors',
    empty: 'No doors yet',
    emptyBody:
      'A terminal that drives a lock appears here once it is adopted with "drives a door" switched on.',
    all: (value: number) => counted(value, { one: 'Show # door', other: 'Show all # doors' }),
    attention: (value: number) => counted(value, { one: '# needs attention', other: '# need attention' }),
  },
  devices: {
    title: 'Terminals',
    empty: 'No terminals yet',
    emptyBody: (address: string) =>
      `In the menu of a terminal, set the server (ADMS or "cloud server") to ${address}. It then appears here, waiting to be adopted.`,
    fine: (value: number) =>
      counted(value, {
        one: 'One terminal is in contact and fine',
        other: 'All # terminals are in contact and fine',
      }),
    more: (value: number) => counted(value, { one: '# more terminal', other: '# more terminals' }),
    showAll: 'All terminals',
  },
}
