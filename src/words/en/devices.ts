import { counter } from '../plural.ts'

const counted = counter('en')

export const devices = {
  online: 'Online',
  offline: 'Offline',
  reason: {
    contact: 'In contact',
    clock: 'Clock is off',
    silent: 'Silent',
    wrong_key: 'Wrong key',
    refused: 'Refused: too many calls',
    never_seen: 'Never seen',
    waiting: 'Waiting to be adopted',
    restarting: 'Restarting',
  },
  seen: (age: string) => `Seen ${age}`,
  neverSeen: 'Never seen',
  offlineSince: (age: string) => `Offline since ${age}`,
  queue: (value: number) => counted(value, { one: '# order waiting', other: '# orders waiting' }),
  clockFast: (span: string) => `Clock ${span} fast`,
  clockSlow: (span: string) => `Clock ${span} slow`,
  rejects: (value: number) => counted(value, { one: '# rejected line', other: '# rejected lines' }),
  incidents: (value: number) => counted(value, { one: '# incident', other: '# incidents' }),
  held: (value: number) => counted(value, { one: '# upload kept', other: '# uploads kept' }),
  simulated: 'Simulated',
  restart: 'Restart',
  restartAction: (device: string, site: string) => `Restart ${device}, ${site}`,
  restartBusy: (people: number) =>
    counted(people, {
      one: '# person punched here in the last minute',
      other: '# people punched here in the last minute',
    }),
  restartQueued: 'The terminal is not reachable. The order waits until it returns or expires.',
  adopt: {
    title: 'Waiting to be adopted',
    lead: 'It has called and is not trusted yet. What it sends is kept and taken in when you adopt it.',
    action: 'Adopt',
    label: 'Name',
    labelHint: 'Where it hangs, for example "Main entrance"',
    site: 'Site',
    timeZone: 'Time zone',
    hasDoor: 'It drives a door',
    submit: 'Adopt terminal',
    busy: 'Adopting',
    done: (name: string, uploads: number) =>
      counted(uploads, {
        one: `${name} is adopted. # kept upload was taken in.`,
        other: `${name} is adopted. # kept uploads were taken in.`,
      }),
  },
}
