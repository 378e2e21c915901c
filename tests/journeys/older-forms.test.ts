import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventBody } from '#contract/events.ts'
import type { OperationInput } from '#contract/types.ts'
import { recordEvents } from '../../gateway/webhooks/outbox.ts'
import { createFakeDevice } from '../support/fake-device.ts'
import { receivers } from '../support/receivers/all.ts'
import {
  at,
  done,
  json,
  never,
  parse,
  type RunningStandIn,
  type StandIn,
  startStandIn,
  textAt,
} from '../support/receivers/stand-in.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'
import { createTestClock } from '../support/test-clock.ts'
import { until } from '../support/until.ts'

const sn = 'ABCD12345678'
const key = 'Kq3vX9mB2nL7pR4tY8wZ1cD6fG5hJ0sA'
const clock = createTestClock(Date.parse('2026-03-02T03:28:44Z'))

/** One day at a terminal in Kolkata: person, clock, key pressed, method; and the words of each generation. */
const punches = [
  ['2001', '2026-03-02 08:55:02', 0, 15, 'CheckIn', 'CheckIn', 'i'],
  ['2002', '2026-03-02 08:56:41', 0, 1, 'CheckIn', 'CheckIn', 'i'],
  ['2003', '2026-03-02 08:57:10', 255, 4, 'CheckIn', 'None', 'i'],
  ['2001', '2026-03-02 08:57:30', 2, 15, 'BreakOut', 'BreakOut', 'o'],
  ['2001', '2026-03-02 08:58:00', 3, 3, 'BreakIn', 'BreakIn', 'i'],
  ['2002', '2026-03-02 08:58:41', 1, 1, 'CheckOut', 'CheckOut', 'o'],
] as const
const afternoon = [
  ['2003', '2026-03-02 08:59:00', 1, 4, 'CheckOut', 'CheckOut', 'o'],
  ['2001', '2026-03-02 08:59:30', 5, 15, 'OverTimeOut', 'OverTimeOut', 'o'],
] as const

let running: TestGateway
const opened: { kind: StandIn; stand: RunningStandIn }[] = []

async function subscribe(
  kind: Pick<StandIn, 'path' | 'answer'>,
  registration: StandIn['registration'],
): Promise<RunningStandIn> {
  const token = `token-of-receiver-${String(opened.length).padStart(14, '0')}`
  const people = new Set(['2001', '2002', '2003'])
  const stand = await startStandIn(kind, { sn, token, key, people, now: () => clock.now() })
  const { encrypted, ...rest } = registration
  const input: OperationInput<'webhooks.register'> = {
    ...rest,
    CallbackUrl: stand.url,
    CallbackToken: token,
    ...(encrypted ? { EncryptionKey: key } : {}),
  }
  await running.client().call('webhooks.register', input)
  return stand
}

/** Waits while time goes on, ten times as fast as it does, so that what backs off is tried again. */
const inTime = <T>(what: string, condition: () => T | Promise<T>) =>
  until(
    what,
    async () => {
      clock.advance(100)
      return condition()
    },
    30_000,
  )

const listed = async () => (await running.client().call('webhooks.list', {})).body.Subscriptions
const pathOf = ({ CallbackUrl }: { CallbackUrl: string }) => new URL(CallbackUrl).pathname

const device = () => createFakeDevice(running.devicesUrl, sn)
const upload = async (rows: typeof punches | typeof afternoon) => {
  for (const [person, local, status, verify] of rows)
    expect((await device().punch(person, local, status, verify)).body).toBe('OK: 1')
}

beforeAll(async () => {
  running = await startGateway({ clock, timeZone: 'Asia/Kolkata' })
  await device().handshake()
  for (const kind of receivers) opened.push({ kind, stand: await subscribe(kind, kind.registration) })
})
afterAll(async () => {
  await Promise.all(opened.map(({ stand }) => stand.close()))
  await running.stop()
})

describe('every receiver of cams-gateway 4', () => {
  let hanging: RunningStandIn
  let broken: RunningStandIn
  beforeAll(async () => {
    // Neighbours that take nothing: one never answers, one is broken for ever, one redirects.
    const silent = { path: '/never', answer: () => never }
    hanging = await subscribe(silent, { Format: 'web-api-3' })
    broken = await subscribe({ path: '/broken', answer: () => json(500, {}) }, { Format: 'web-api-1' })
    const moved = { path: '/moved', answer: () => json(301, {}) }
    const redirecting = await subscribe(moved, { Format: 'web-api-2' })
    await upload(punches)
    return () => Promise.all([hanging, broken, redirecting].map(stand => stand.close()))
  })

  it.each(receivers.map(kind => [kind.row, kind] as const))(
    '%s gets every punch as it needs it, in order, with the clock of the terminal',
    async (_row, kind) => {
      const { own } = standOf(kind)
      await inTime('all punches', () => own.punches.length >= punches.length)
      expect(own.faults).toEqual([])
      const { Format } = kind.registration
      const place = Format === 'web-api-3' ? 4 : Format === 'web-api-2' ? 5 : 6
      expect(own.punches).toEqual(
        punches.map((punch, index) => ({
          person: punch[0],
          clock: punch[1],
          instant:
            own.punches[index]?.instant === null ? null : Date.parse(`${punch[1].replace(' ', 'T')}+05:30`),
          word: own.punches[index]?.word === null ? null : punch[place],
        })),
      )
    },
  )

  it('has stgid in every address, beside what its integrator typed', () => {
    for (const { kind, stand } of opened)
      for (const { query } of stand.calls) {
        const typed = new URL(kind.path, 'http://receiver').searchParams
        expect([...query]).toEqual([...typed, ['stgid', sn]])
      }
  })

  it('is waited for by nobody else: one that never answers and one that is broken hold up only themselves', async () => {
    expect(hanging.calls.length).toBeGreaterThan(0)
    expect(broken.calls.length).toBeGreaterThan(0)
    const waiting = await inTime('only these to wait', async () => {
      const those = (await listed()).filter(({ Pending }) => Pending > 0)
      return those.length === 3 && those.some(({ LastError }) => LastError?.includes('301')) && those
    })
    expect(waiting.map(pathOf).sort()).toEqual(['/broken', '/moved', '/never'])
    expect(waiting.every(({ Pending }) => Pending === punches.length)).toBe(true)
  })

  it('is told of people where it asked and the form knows them, and one that refuses them still gets its punches', async () => {
    await tell('OnUserUpdated', { FirstName: 'Asha', LastName: 'Rao', UserType: 'User' })
    await tell('OnUserDeleted', {})
    await upload(afternoon)
    const all = punches.length + afternoon.length
    for (const { kind, stand } of opened)
      await inTime(`the rest at ${kind.row}`, () => stand.own.punches.length === all)
    const users = (row: string) => opened.find(({ kind }) => kind.row.startsWith(row))?.stand.own.users
    expect(users('3 ')).toEqual(['2001 Asha'])
    expect(users('5 ')).toEqual(['UserUpdated 2001', 'UserDeleted 2001'])
    expect(users('13 ')).toEqual(['2001 Asha'])
    // Nothing waits for it, so it may still be at it.
    await inTime('the third refusal', () => users('1 ')?.length === 3)
    expect(users('1 ')).toEqual(['refused', 'refused', 'refused'])
    for (const { stand } of opened) expect(stand.own.faults).toEqual([])
    const parked = await inTime('the refused one to be parked', async () => {
      const those = (await listed()).filter(({ Parked }) => Parked > 0)
      return those.length > 0 && those
    })
    expect(parked.map(pathOf)).toEqual(['/cams/biometric-api3.0/'])
  })
})

it('keeps the clock a punch was made with when the zone of its terminal is corrected before it is delivered', async () => {
  const late = 'LATE12345678'
  let isUp = false
  const stand = await subscribe(
    { path: '/late', answer: () => (isUp ? done : json(503, {})) },
    { Format: 'web-api-3' },
  )
  const terminal = createFakeDevice(running.devicesUrl, late)
  await terminal.handshake()
  await terminal.punch('2001', '2026-03-02 09:00:00')
  await inTime('a first attempt', () => stand.calls.length > 0)
  await running
    .client()
    .call('devices.adopt', { DeviceSN: late, LabelName: 'Moved gate', TimeZone: 'Asia/Dubai' })
  isUp = true
  const before = stand.calls.length
  await inTime('the next attempt', () => stand.calls.length > before)
  const bodies = new Set(stand.calls.map(({ text }) => text))
  expect(bodies.size).toBe(1)
  const [body] = bodies
  expect(textAt(parse(body ?? ''), 'RealTime', 'PunchLog', 'LogTime')).toBe('2026-03-02 09:00:00 GMT +0530')
  expect(at(parse(body ?? ''), 'RealTime', 'SerialNumber')).toBe(late)
  await stand.close()
})

function standOf(wanted: StandIn): RunningStandIn {
  const found = opened.find(({ kind }) => kind === wanted)
  if (!found) throw new Error(`${wanted.row} is not there`)
  return found.stand
}

/** Nothing tells of people changed at a terminal yet, so the event is recorded as its source will. */
async function tell<E extends 'OnUserUpdated' | 'OnUserDeleted'>(Event: E, about: object): Promise<void> {
  const event = {
    Event,
    OperationID: `u-${Event}`,
    OccurredAt: new Date(clock.now()).toISOString(),
    DeviceSN: sn,
    LabelName: sn,
    Site: 'Main site',
    EmployeeCode: '2001',
    OperationTime: '2026-03-02 08:58:50 GMT +0530',
    ...about,
  } as EventBody<E> // the rest of each kind is in `about`
  await running.store.write(trx => recordEvents(trx, [event], clock))
  running.gateway.deps.wakeDelivery()
}
