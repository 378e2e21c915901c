import { counter } from '../plural.ts'

const counted = counter('en')

/** How a terminal did, what it holds, what was ordered of it, and what it says. */
export const health = {
  uptime: 'Uptime',
  ranges: { Day: '24 hours', Month: '30 days', Quarter: '90 days' },
  nothingCounts: 'Not known',
  outages: (amount: number) =>
    amount === 0 ? 'no absence' : counted(amount, { one: '# absence', other: '# absences' }),
  away: (length: string) => `away ${length}`,
  unknown: (length: string) => `not watched ${length}`,
  planned: (length: string) => `planned ${length}`,
  rhythm: (poll: string, allowed: string) =>
    `It calls about every ${poll}. Silent for ${allowed}, it counts as away.`,
  rhythmUnknown: (allowed: string) =>
    `Its rhythm is not known yet. Silent for ${allowed}, it counts as away.`,
  beats: 'Last 24 hours',
  days: 'Last 90 days',
  beatsTable: 'As a table',
  states: { up: 'Up', partly: 'Partly away', away: 'Away', planned: 'Planned work', unknown: 'Not known' },
  beatSays: (from: string, to: string, state: string, away: string) =>
    `${from} to ${to}: ${state}${away === '' ? '' : `, ${away}`}`,
  daySays: (day: string, state: string, percent: string) =>
    `${day}: ${state}${percent === '' ? '' : `, ${percent}`}`,
  dayOutages: 'Absences of this day',
  dayPick: 'Move the slider to a day to see its absences.',
  dayNone: (day: string) => `No absence on ${day}.`,
  causes: {
    NoPoll: 'no poll',
    WrongKey: 'wrong key',
    Refused: 'refused',
    Restart: 'not back after a restart',
  } as Record<string, string>,
  still: 'still away',
  storage: 'Memory',
  storageWhy:
    'As the terminal states it, a maximum in hundreds read as such; with the pace of the last sixty days.',
  kinds: { Users: 'People', Fingerprints: 'Fingerprints', Faces: 'Faces', Cards: 'Cards', Logs: 'Log lines' },
  fullIn: (days: number) =>
    days === 0
      ? 'full today at this pace'
      : counted(days, { one: 'full in # day at this pace', other: 'full in # days at this pace' }),
  overwritten: 'When its log is full it overwrites the oldest lines or stops.',
  perDay: (amount: string) => `${amount} a day`,
  noPace: 'pace not known yet',
  used: (used: string, maximum: string) => `${used} of ${maximum}`,
  usedOnly: (used: string) => `${used}, maximum not stated`,
  maximumOnly: (maximum: string) => `of ${maximum}, use not stated`,
  notStated: 'Not stated',
  place: 'Time and place',
  zoneAgrees: (zone: string) => `Its zone is ${zone}, as at the rest of its site.`,
  zoneAlone: (zone: string) => `Its zone is ${zone}. There is no other terminal at its site to compare with.`,
  zoneDiffers: (own: string, site: string) =>
    `Its zone is ${own}, but most terminals of its site have ${site}. One of them is wrong.`,
  drifted: (amount: number) =>
    amount === 0
      ? 'No punch of the last 30 days was made while its clock was off.'
      : counted(amount, {
          one: '# punch of the last 30 days was made while its clock was more than a minute off.',
          other: '# punches of the last 30 days were made while its clock was more than a minute off.',
        }),
  tags: 'Tags',
  noTags: 'No tags',
}

/** Who asks where nobody did, by the gateway's own mark. */
const askers: Readonly<Record<string, string>> = {
  'catch-up': 'Gatehouse, to catch up',
  'daylight-saving': 'Gatehouse, for the hour',
  'read-back': 'Gatehouse, to check',
  reconciler: 'Gatehouse, to keep in step',
}

export const orders = {
  title: 'Orders',
  show: 'Show',
  shows: { all: 'All', open: 'Open', failed: 'Not done', done: 'Done' },
  none: 'No orders',
  noneBody: 'What is ordered of this terminal shows here with its state, its age and who asked.',
  columns: { what: 'Order', state: 'State', asked: 'Asked', tries: 'Handed over', who: 'Asked by' },
  askers,
  cancel: 'Cancel',
  retry: 'Try again',
  hurry: 'To the front',
  again: 'Given once more',
  reread: 'Read punches again',
  rereadLead:
    'Asks the terminal for its punches of these days. What is known already is not recorded twice; the order then says how many were new.',
  from: 'From',
  to: 'To',
  ask: 'Ask the terminal',
  asking: 'Asking',
  result: (text: string) => `Result: ${text}`,
  clear: 'Delete what it holds',
  clearLead:
    'For a terminal that is full or goes to another place. Everything Gatehouse has of it is put aside in a file first. This cannot be taken back.',
  what: 'What',
  whats: { Punches: 'Punches', Photos: 'Photos', Everything: 'Everything, people and templates too' },
  confirm: (name: string) => `Type "${name}" to confirm`,
  clearAction: (what: string, name: string) => `Delete ${what} on ${name}`,
  clearNow: 'Delete',
  clearFirst: 'First read its punches again up to today, so that nothing only it holds is lost.',
  put: (file: string) => `Put aside first: ${file}`,
  notAttendance: 'Access controllers have no such command.',
}

export const timeline = {
  title: 'Timeline',
  lead: 'Absences, incidents, orders, clock changes and what the terminal logs of itself.',
  none: 'Nothing has happened yet',
  more: 'Load more',
  kinds: {
    Away: 'Away',
    Back: 'Back',
    Incident: 'Incident',
    Command: 'Order',
    ClockChange: 'Clock',
    Log: 'Terminal log',
    Adopted: 'Adopted',
    Replaced: 'Replaced',
  },
  after: (length: string) => `after ${length}`,
  show: 'Show',
  all: 'Everything',
}

export const trace = {
  title: 'Raw conversation',
  lead: 'What the terminal and Gatehouse say to each other, as it goes over the line. Keys, passwords and templates are cut out before anything is kept. It is kept in memory only.',
  start: 'Record for 10 minutes',
  stop: 'Stop',
  until: (clock: string) => `Recording until ${clock}`,
  off: 'Not recording',
  none: 'Nothing recorded',
  noneBody: 'Start recording and wait for its next call.',
  waiting: 'Waiting for its next call',
  dropped: (amount: number) =>
    counted(amount, { one: '# earlier exchange no longer fits', other: '# earlier exchanges no longer fit' }),
  request: 'It said',
  reply: 'It was answered',
  bytes: (amount: string) => `${amount} bytes`,
  empty: 'nothing',
  bundle: 'Support bundle',
  bundleWhy: 'One archive with what somebody who helps needs: no people, no punches, no secrets.',
  mayNot: 'Your role cannot see the raw conversation.',
}

export const swap = {
  title: 'Replace this terminal',
  lead: 'The new one takes over name, site, zone, settings, tags, windows, groups and the people wanted there. The old one keeps its history and is not trusted any more.',
  serial: 'Serial number of the new terminal',
  serialHint: 'It may have called already or still call.',
  submit: 'Replace',
  busy: 'Replacing',
  action: (old: string, fresh: string) => `Replace ${old} by ${fresh}`,
  was: (sn: string, age: string) => `Replaced by ${sn}, ${age}`,
  is: (sn: string, age: string) => `Took the place of ${sn}, ${age}`,
  checks: 'Is everything over?',
  checksTable: 'Table of what went over',
  yes: 'Yes',
  no: 'No',
  trusted: 'Trusted',
  notTrusted: 'Not trusted',
  what: {
    Name: 'Name',
    Site: 'Site',
    TimeZone: 'Time zone',
    Profile: 'Settings somebody made',
    People: 'People wanted there',
    ReadBack: 'People: wanted, and read back',
    Templates: 'Templates and photos: wanted, and taken',
    Schedules: 'Windows',
    Holidays: 'Holidays',
    Rights: 'Who may pass',
    Tags: 'Tags',
    Groups: 'Groups of doors',
    Doors: 'Drives a door',
    Fenced: 'The old one afterwards',
  },
  columns: { what: 'What', old: 'Old', fresh: 'New', equal: 'Equal' },
  equal: 'Equal',
  differs: 'Differs',
  allEqual: 'Everything is over',
  notAll:
    'Not everything is over yet; people and templates follow as the new terminal takes them and says so',
}
