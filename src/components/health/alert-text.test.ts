import { expect, it } from 'vitest'
import type { AlertFacts, AlertSays } from '#contract/entities/alert-facts.ts'
import { alertText, incidentText } from './alert-text.ts'

const label = 'Main gate'
const since = '2026-03-02T06:30:00Z'
const order = { label, operation: 'RestartDevice', error: 'no memory' }
const door = { door: 'Main gate, door 1', site: 'Head office' }
const receiver = { who: 'Payroll', last: 'Answered 500' }

/** One of each code; the compiler demands every one. */
const samples: { readonly [Code in AlertSays['code']]: AlertFacts[Code] } = {
  Away: { label, cause: 'NoPoll', since },
  AwayTogether: {
    amount: 12,
    names: 'A, B',
    more: 10,
    site: 'East',
    prefix: '10.1.3.0/24',
    firmware: null,
    since,
  },
  ClockOff: { label, seconds: -95 },
  LogFillsUp: { label, days: 9, perDay: 410 },
  WrongKey: { label, address: '192.0.2.7', shown: 'wrong' },
  SharedSerial: { label, one: '192.0.2.7', other: '192.0.2.8' },
  TooLarge: { label, megabytes: 70, megabytesMax: 64 },
  Flood: { label, limit: 'requests' },
  RepeatedUpload: { label, table: 'attlog', times: 3, minutes: 10, style: 'bare', next: null, left: 'set' },
  OrderFailed: order,
  OrderUnanswered: { ...order, error: null },
  DoorForced: door,
  DoorHeldOpen: door,
  DoorTamper: door,
  DoorDuress: door,
  DoorHoldOverdue: door,
  DoorOther: door,
  Emergency: { what: 'Lockdown', where: null, reason: null },
  ReceiverFailing: { ...receiver, hours: 24 },
  ReceiverPaused: { ...receiver, hours: 72 },
  ReceiverGone: receiver,
  ReceiverErrors: { ...receiver, percent: 40, attempts: 50, minutes: 15 },
  ReceiverQueue: { ...receiver, minutes: 12 },
  SelfCheck: { check: 'WriteLatency', value: 1400.4, unit: 'ms' },
}

const alertOf = (Code: AlertSays['code']) => ({
  Code,
  Facts: samples[Code] as unknown as Record<string, string | number | null>,
  Title: 'English',
  Detail: 'English',
})

it.each(Object.keys(samples) as AlertSays['code'][])('words an alert that says %s', code => {
  const { title, detail } = alertText(alertOf(code))
  expect(`${title} ${detail}`).not.toMatch(/undefined|null|NaN|\[object|English/)
  expect(title).not.toBe(code)
  expect(detail).not.toBe('')
})

it('puts the values where they belong', () => {
  expect(alertText(alertOf('AwayTogether'))).toMatchObject({
    title: '12 terminals are away at East',
    detail: expect.stringContaining('all at East in 10.1.3.0/24: A, B and 10 more.'),
  })
  expect(alertText(alertOf('OrderFailed'))).toEqual({
    title: 'Restart failed at Main gate',
    detail: 'No memory.',
  })
  expect(alertText(alertOf('SelfCheck')).detail).toBe('1,400 ms; see the self-check')
})

it('leaves what an older release has written as it is', () => {
  const old = { Code: null, Facts: {}, Title: 'Main gate is away', Detail: 'No poll' }
  expect(alertText(old)).toEqual({ title: 'Main gate is away', detail: 'No poll' })
  const alone = { SharedSite: null, SharedPrefix: null, SharedFirmware: null, Devices: 1, Cause: null }
  expect(incidentText({ ...alone, Kind: 'WrongKey', Facts: {}, Detail: 'as it was' })).toBe('as it was')
})
