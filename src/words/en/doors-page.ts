import { counter } from '../plural.ts'

const counted = counter('en')

export const doorsPage = {
  title: 'Doors',
  cards: 'Doors now',
  attention: (value: number) => counted(value, { one: '# needs attention', other: '# need attention' }),
  site: 'Site',
  allSites: 'All sites',
  none: 'No doors yet',
  noneBody:
    'A door belongs to a terminal. Adopt a terminal with "It drives a door" ticked, and its door appears here.',
  toDevices: 'Go to devices',
  noneAtSite: 'No doors at this site',
  log: 'Event log',
  door: 'Door',
  allDoors: 'All doors',
  allEvents: 'All events',
  logOf: 'Log',
  logOfLabel: (door: string) => `Event log of ${door}`,
  when: 'Time at door',
  event: 'Event',
  person: 'Person',
  received: 'Received',
  events: {
    Opened: 'Opened',
    Closed: 'Closed',
    ExitButton: 'Exit button pressed',
    Forced: 'Forced open',
    Tamper: 'Tampered with',
    AlarmCancelled: 'Alarm cancelled',
    RemoteOpen: 'Opened remotely',
    RemoteClose: 'Closed remotely',
    Locked: 'Locked remotely',
    Unlocked: 'Unlocked remotely',
    Granted: 'Let in',
    Denied: 'Refused',
    HeldOpen: 'Held open',
    Duress: 'Under duress',
    StateChanged: 'State changed',
    Other: 'Other event',
  },
  fromHere: 'Opened from Gatehouse',
  noEvents: 'No door events in this range',
  noEventsBody:
    'Terminals report what their sensor and exit button notice. A door without a sensor reports little.',
  noEventsOf: 'Choose other days, or look at all doors.',
}
