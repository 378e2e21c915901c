import { counter } from '../plural.ts'

const counted = counter('en')

export const rollCall = {
  title: 'Roll call',
  back: 'To the doors',
  print: 'Print',
  connected: 'Connected. Ticks are shared with everybody at once.',
  asking: 'Asking for the list',
  away: (time: string) =>
    `No network. This is the list of ${time}; what you tick is kept here and sent when there is a network.`,
  awayNothing: 'No network, and no list on this phone yet',
  awayBody: 'Open this page once while there is a network. From then on it works without one.',
  unsent: (value: number) =>
    counted(value, { one: '# tick waits to be sent.', other: '# ticks wait to be sent.' }),
  notKept:
    'This browser keeps pages only over https: without a network, leave this page open instead of loading it again.',
  signedOut: 'You are signed out',
  signedOutBody: 'The list was taken off this phone.',
  signIn: 'Sign in',
  forbidden: 'You do not have the right to call the roll',
  safeOf: (safe: string, all: string) => `${safe} of ${all} safe`,
  missing: (value: number) => counted(value, { one: '# missing', other: '# missing' }),
  blocked: (value: number) => counted(value, { one: '# blocked card', other: '# blocked cards' }),
  asOf: 'updated',
  sureness: {
    no_exit_reader: 'Nobody has been seen leaving: without a reader at the exit the list is too long.',
    terminal_away: 'A terminal is away; what happened there is missing.',
    no_direction: 'Some terminals do not say whether somebody came or went.',
  },
  nobody: 'Nobody is known to be inside',
  allSafe: 'Nobody left to find',
  search: 'Name or code',
  show: 'Whom to show',
  stillOpen: 'To find',
  everybody: 'Everybody',
  noDirection: 'came or went',
  cardBlocked: (why: string) => `Blocked card (${why}): check who this is`,
  notSentYet: 'not sent yet',
  safe: 'Safe',
  safeAction: (name: string) => `${name} is safe`,
  missingAction: (name: string) => `${name} is missing`,
}
