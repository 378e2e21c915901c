import { counter } from '../plural.ts'

const counted = counter('en')

export const access = {
  title: 'Who can open',
  lead: 'Answered from the windows Gatehouse has given each terminal.',
  byDoor: 'Who can open this door?',
  byPerson: 'What can this person open?',
  door: 'Door',
  at: 'At',
  atHint: 'Wall clock of the door. Empty: now.',
  person: 'Person',
  now: 'now',
  answerAt: (time: string) => `At ${time}`,
  count: (value: number) => counted(value, { one: '# person', other: '# people' }),
  others: (value: number) =>
    counted(value, {
      one: '# more has a right here, but may not open it then',
      other: '# more have a right here, but may not open it then',
    }),
  nobody: 'Nobody',
  undecided:
    'Gatehouse has given this terminal no windows, or its people follow groups. Who may open is decided in the terminal, which only it knows.',
  byWindow: (day: string, start: string, end: string) => `${day} ${start} to ${end}`,
  schedule: (name: string) => `Schedule ${name}`,
  noDoor: 'No door that Gatehouse decides',
  noDoorBody: 'This person is in no schedule of any terminal.',
  unknownTerminals: 'Only these terminals know:',
  opensNow: 'Opens now',
  notNow: 'Not now',
  why: 'Why?',
  whyTitle: 'Why was this person refused?',
  terminalSays: 'The terminal says',
  verdict: {
    no_right: 'No schedule lets this person in at this terminal.',
    outside_window: 'There is a right, but not at that time.',
    would_be_let_in:
      'By the windows of now this person would be let in. The terminal may hold older windows, or its clock is wrong.',
    undecided: 'Gatehouse has given this terminal no windows; the terminal decided by itself.',
    unknown_person: 'The terminal did not recognise anybody it knows.',
    terminal: 'The windows would have let in. The terminal refused for a reason of its own.',
  },
  nearest: 'Nearest yes',
  nearestText: (time: string, minutes: string) => `${time} (${minutes} away)`,
  earlier: (value: string) => `${value} earlier`,
  later: (value: string) => `${value} later`,
  minutes: (value: number) => counted(value, { one: '# minute', other: '# minutes' }),
  changed: 'The windows were changed after this happened.',
  rules: 'Windows of this person here',
  windows: (text: string) => text || 'no windows',
  close: 'Close',
  choosePerson: 'Choose a person to see what they can open.',
  chooseDoor: 'Choose a door to see who can open it.',
}
