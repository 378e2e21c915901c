import { counter } from '../plural.ts'

const counted = counter('en')

export const settings = {
  title: 'Settings',
  password: {
    title: 'Password',
    initial:
      'You still use the password from the first start. It was printed in a terminal window: change it.',
    current: 'Current password',
    next: 'New password',
    nextHint: 'At least 12 characters. A few unrelated words do well.',
    repeat: 'New password again',
    short: 'At least 12 characters.',
    differ: 'The two do not match.',
    wrong: 'The current password is wrong.',
    submit: 'Change password',
    busy: 'Changing',
    done: 'The password is changed. Your other sessions have ended.',
    tooMany: 'Too many attempts. Wait a few minutes.',
  },
  appearance: { title: 'Appearance', lead: 'Kept in this browser.' },
  account: {
    title: 'You',
    name: 'Name',
    roles: 'Roles',
    sites: 'Bound to',
    until: 'Signed in until',
  },
  about: {
    title: 'This gateway',
    version: 'Version',
    kind: 'Gateway',
    kinds: { embedded: 'Built in', remote: 'Elsewhere' },
    store: 'Data in',
    stores: { sqlite: 'SQLite, on this machine', postgres: 'PostgreSQL' },
    adopt: 'New terminals',
    adopts: { ask: 'Wait to be adopted', auto: 'Are trusted at once' },
    time: 'Its clock',
    sites: 'Sites',
    site: (zone: string, terminals: number) =>
      `${zone}, ${counted(terminals, { one: '# terminal', other: '# terminals' })}`,
    noSites: 'None yet',
    simulated: 'Simulated terminals',
    unknown: 'The gateway in use does not tell about itself.',
  },
  simulated: {
    title: 'Simulated site',
    lead: (count: number) =>
      counted(count, {
        one: '# simulated terminal is here to try things out. Remove it when real ones take over.',
        other: '# simulated terminals are here to try things out. Remove them when real ones take over.',
      }),
    goes: 'This goes, for good',
    goesItems: [
      'The simulated terminals and their doors',
      'Every punch and door event they have sent',
      'People only they have reported',
      'Orders and deliveries that wait for them',
    ],
    stays: 'This stays',
    staysItems: [
      'Real terminals with everything they have sent',
      'Accounts, receivers and settings',
      'The audit, with a line about this removal',
    ],
    confirm: (word: string) => `Type "${word}" to confirm`,
    word: 'remove',
    submit: 'Remove simulated site',
    busy: 'Removing',
    done: (terminals: number, punches: number) =>
      `${counted(terminals, { one: '# simulated terminal', other: '# simulated terminals' })} and ${counted(punches, { one: '# punch', other: '# punches' })} were removed.`,
  },
}
