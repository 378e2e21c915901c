import { counter } from '../plural.ts'

const counted = counter('en')

const orders: Readonly<Record<string, string>> = {
  OpenDoor: 'Open door',
  LockDoor: 'Lock door',
  ActOnDoorAlarm: 'Silence alarm',
  RestartDevice: 'Restart',
  PingDevice: 'Ping',
  SyncTime: 'Set clock',
  ClearDeviceData: 'Delete what it holds',
  QueryAttendance: 'Read punches again',
  SetAccessSchedule: 'Set windows',
  SetAccessHolidays: 'Set holidays',
  ReadBack: 'Read back',
}

const causes: Readonly<Record<string, string>> = {
  NoPoll: 'no poll came any more',
  WrongKey: 'it calls with a wrong communication key',
  Refused: 'it calls more often than is allowed and was refused',
  Restart: 'it did not come back after a restart',
  NetworkShared: 'no poll came any more',
}

const checks: Readonly<Record<string, string>> = {
  WriteLatency: 'writing to the store is slow',
  ReadLatency: 'reading from the store is slow',
  LoopDelay: 'the process is too busy to answer in time',
  OldestDelivery: 'a callback has waited for long to be delivered',
  OldestCommand: 'an order has waited for long at a terminal that is here',
  UnsentAlerts: 'alerts could not be told',
  Disk: 'the disk is nearly full',
  DiskFull: 'the disk will be full within days',
  Store: 'the store is too large',
  Backup: 'there was no backup for long',
  Clock: 'the clock of this computer differs from that of the terminals',
  Unwatched: 'nobody watched the terminals for long',
  Memory: 'the process uses much memory',
}

const tables: Readonly<Record<string, string>> = {
  attlog: 'punches',
  operlog: 'people and its own log',
  attphoto: 'photos of punches',
  biodata: 'templates',
}

/** What alerts and incidents say, put together from the values the gateway gives. */
export const alertTexts = {
  order: (operation: string) => orders[operation] ?? operation,
  cause: (cause: string) => causes[cause] ?? cause,
  check: (name: string) => checks[name] ?? name,
  table: (table: string) => tables[table.toLowerCase()] ?? table,
  lastAnswer: (answer: string | null) => (answer === null ? '' : ` The last answer: ${answer}`),

  away: (label: string) => `${label} is away`,
  awayMany: (amount: number, site: string | null) =>
    `${counted(amount, { one: '# terminal is away', other: '# terminals are away' })}${site === null ? '' : ` at ${site}`}`,
  awayWhy: (cause: string) => `Its own rhythm was broken: ${cause}.`,
  awayTogether: (shared: string, names: string, more: number) =>
    `Lost within the same seconds, ${shared}: ${names}${more > 0 ? ` and ${more} more` : ''}.`,
  sharedSite: (site: string, prefix: string | null) =>
    prefix === null ? `all at ${site}` : `all at ${site} in ${prefix}`,
  sharedPrefix: (prefix: string) => `all in ${prefix}`,
  sharedFirmware: (firmware: string) => `all with firmware ${firmware}`,
  sharedNothing: 'with nothing in common but the moment',
  lastHeard: (moment: string) => `Last heard at ${moment}.`,

  clock: (label: string) => `The clock of ${label} is off`,
  clockBy: (difference: string) => `It is ${difference}.`,
  clockPunches: 'Punches it makes meanwhile carry the difference.',
  log: (label: string, days: number) =>
    days === 0
      ? `The log of ${label} is full today at this pace`
      : `The log of ${label} is full in ${counted(days, { one: '# day', other: '# days' })} at this pace`,
  logPace: (perDay: string) => `${perDay} lines a day; its oldest lines are then overwritten, or it stops.`,
  wrongKey: (label: string) => `Wrong communication key: ${label}`,
  wrongKeyBy: (address: string, isNone: boolean) =>
    `A request from ${address} showed ${isNone ? 'no key' : 'a wrong key'}; what it sends is held.`,
  unknownAddress: 'an unknown address',
  sharedSerial: (label: string) => `One serial number, two addresses: ${label}`,
  sharedSerialBy: (one: string, other: string) =>
    `${one} and ${other} use this serial number by turns: somebody else, two terminals with the same number, or one terminal behind two lines.`,
  tooLarge: (label: string) => `An upload is too large: ${label}`,
  tooLargeBy: (megabytes: number, max: number) =>
    `An upload of ${megabytes} MB was refused, ${max} MB are taken; what the terminal has behind it waits.`,
  flood: (label: string) => `More calls than are allowed: ${label}`,
  floodBy: {
    requests:
      'The terminal calls more often than is allowed. What was over was refused, and it sends that again.',
    bytes: 'The terminal sends more than is allowed. What was over was refused, and it sends that again.',
    address: 'Its address calls more often than is allowed. What was over was refused.',
  },
  repeats: (label: string) => `${label} sends the same lines over and over`,
  repeatsSeen: (what: string, times: number, minutes: number) =>
    `The same ${what} came ${times} times within ${minutes} minutes. Nothing is recorded twice.`,
  repeatsNext: 'The way it is acknowledged was changed.',
  repeatsLeft: {
    set: 'Somebody has set how it is acknowledged, so that was left.',
    tooSoon: 'How it is acknowledged was changed less than an hour ago, so that was left for now.',
    onlyWay: 'There is only one way to acknowledge this table.',
  },
  orderFailed: (order: string, label: string) => `${order} failed at ${label}`,
  orderUnanswered: (order: string, label: string) => `${label} did not answer to: ${order}`,
  orderRefused: 'The terminal refused it.',
  orderSilent: 'It was handed over and no answer came.',

  doorForced: (door: string) => `${door} was forced open`,
  doorHeldOpen: (door: string) => `${door} is held open`,
  doorTamper: (door: string) => `${door} was tampered with`,
  doorDuress: (door: string) => `${door} was opened under duress`,
  doorHoldOverdue: (door: string) => `${door} should have returned to normal and has not`,
  doorOther: (door: string) => `${door} has an alarm`,

  emergency: {
    Lockdown: (where: string) => `Lockdown: ${where}`,
    Evacuation: (where: string) => `Evacuation: ${where}`,
  },
  emergencyEverywhere: 'everywhere',
  emergencyReason: (reason: string | null) =>
    reason === null ? 'No reason was given.' : `Reason: ${reason}`,

  receiverFailing: (who: string, hours: number) => `Deliveries to ${who} have failed for ${hours} h`,
  receiverWaits: 'Everything waits and is tried again; after 72 hours it is paused.',
  receiverPaused: (who: string, hours: number) =>
    `Deliveries to ${who} are paused after ${hours} hours of failures`,
  receiverKept: 'Nothing is lost: what happens meanwhile is kept, and resuming sends it.',
  receiverGone: (who: string) => `${who} has switched itself off`,
  receiverGoneWhy:
    'It answered 410, so nothing more is sent to it. What happens meanwhile is kept; resuming sends it.',
  receiverErrors: (who: string, percent: number) => `${percent} % of attempts at ${who} fail`,
  receiverErrorsOf: (attempts: string, minutes: number) =>
    `Of ${attempts} attempts of the last ${minutes} minutes.`,
  receiverQueue: (who: string, minutes: number) => `What waits for ${who} is ${minutes} minutes old`,
  receiverLate: 'It is delivered late, nothing is lost.',

  self: (what: string) => `Gatehouse: ${what}`,
  selfSee: (value: string) => `${value}${value === '' ? '' : '; '}see the self-check`,
}
