import { counter } from '../plural.ts'

const counted = counter('en')

export const shell = {
  product: 'Gatehouse',
  pageTitle: (page: string) => `${page} · Gatehouse`,
  skipToContent: 'Skip to content',
  nav: {
    label: 'Main',
    overview: 'Overview',
    attendance: 'Attendance',
    people: 'People',
    doors: 'Doors',
    devices: 'Devices',
    webhooks: 'Webhooks',
    audit: 'Audit',
    settings: 'Settings',
    more: 'More',
  },
  account: {
    label: 'Account',
    signOut: 'Sign out',
    signOutFailed: 'Signing out did not work. Try again.',
    language: 'Language',
    scheme: 'Appearance',
    schemes: { light: 'Light', dark: 'Dark', auto: 'System' },
    roles: {
      hr: 'HR',
      security: 'Security',
      it: 'IT',
      viewer: 'Viewer',
      admin: 'Administrator',
    } as Record<string, string>,
    initialPassword: 'You still use the password from the first start.',
    changePassword: 'Change it in Settings',
  },
  link: {
    connecting: 'Connecting',
    live: 'Live',
    reconnecting: 'Reconnecting',
    offline: 'Offline',
    liveSince: (age: string) => `Live link open, since ${age}`,
    lost: (clock: string) =>
      `The live link was lost at ${clock}. What you see is the last known state; it is trying again.`,
    offlineLost: (clock: string) =>
      `No connection to Gatehouse since ${clock}. What you see is the last known state. Doors and terminals cannot be operated from here until it returns.`,
  },
  strip: {
    label: 'Newest punch',
    none: 'No punch yet',
  },
  freshness: {
    updated: (age: string) => `Updated ${age}`,
    stale: (clock: string) => `As of ${clock}`,
  },
  age: { never: 'never' },
  login: {
    title: 'Sign in',
    lead: 'Attendance and doors, live.',
    name: 'Name',
    password: 'Password',
    submit: 'Sign in',
    busy: 'Signing in',
    firstTime:
      'First start? The name and password were printed in the terminal window where Gatehouse was started.',
    failed: 'Name or password is wrong.',
    tooMany: (seconds: number) =>
      counted(seconds, {
        one: 'Too many attempts. Try again in # second.',
        other: 'Too many attempts. Try again in # seconds.',
      }),
    ended: 'Your session has ended. Sign in to go on where you were.',
    show: 'Show password',
    hide: 'Hide password',
  },
}
