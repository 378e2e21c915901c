import { counter } from '../plural.ts'

const counted = counter('en')

/** Whether everything a terminal recorded on a day is here. */
export const days = {
  title: 'Is every day here?',
  table: 'Table of the last two weeks',
  lead: 'What the terminal said it holds against what has come, day by day, on its own wall clock.',
  through: (moment: string) => `Everything it recorded up to ${moment} is here.`,
  throughNone: 'It has not called yet, so nothing is known of what it holds.',
  stated: (logs: string, age: string) => `It last counted ${logs} log lines, ${age}.`,
  statedNone: 'It has not told how many log lines it holds.',
  held: (amount: number) =>
    counted(amount, {
      one: '# line more than came: it still holds that one.',
      other: '# lines more than came: it still holds those.',
    }),
  columns: { day: 'Day', state: 'State', punches: 'Punches', last: 'Last one' },
  states: { complete: 'Complete', running: 'Still running', missing: 'Not complete' },
  why: {
    offline: (since: string) => `It is away since ${since}; what it records it keeps.`,
    behind: (since: string) => `It holds punches after ${since} that have not come.`,
    not_stated: (since: string) => `It has not called since ${since}.`,
    never: 'It has never called.',
  },
  notAdopted: 'Days are judged once the terminal is adopted.',
}
