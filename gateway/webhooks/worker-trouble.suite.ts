import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Store } from '../store/index.ts'
import { attemptsMax } from './backoff.ts'
import { deliveredKeptMs, parkedKeptMs, pruneOutbox } from './prune.ts'
import { type Bench, benchStart, openBench } from './testing/bench.ts'
import { punchEvent, statusEvent, userUpdatedEvent } from './testing/events.ts'
import { type Answer, answers } from './testing/receiver.ts'

const ids = (bench: Bench) => bench.receiver.received.map(({ id }) => id)
const dueAt = async (bench: Bench) =>
  (await bench.store.read.selectFrom('lane').select('due_at').executeTakeFirstOrThrow()).due_at

/** One punch, one attempt, and what is known of it afterwards. */
async function tryOnce(bench: Bench, answer: Answer, change: Parameters<Bench['subscribe']>[0] = {}) {
  const id = await bench.subscribe(change)
  bench.receiver.answer(answer)
  const worker = bench.worker()
  await bench.record([punchEvent({ OperationID: 'p' })])
  await worker.idle()
  const [attempt] = await bench.attempts()
  return { attempt, subscription: await bench.subscription(id) }
}

/** What happens when receivers misbehave. Called by webhookSuite. */
export function troubleSuite(name: string, open: () => Promise<Store>): void {
  describe(`receivers in trouble on ${name}`, () => {
    it.each<[keyof typeof answers, 'done' | 'any2xx', string]>([
      ['doneAsHtml', 'done', 'delivered'],
      ['bareDone', 'done', 'delivered'],
      ['success', 'done', 'not-acknowledged'],
      ['success', 'any2xx', 'delivered'],
      ['forbiddenDone', 'done', 'rejected'],
      ['badRequest', 'any2xx', 'rejected'],
      ['broken', 'any2xx', 'broken'],
    ])('an answer of %s to a receiver in mode %s counts as %s', async (answer, ack, outcome) => {
      await using bench = await openBench(open)
      const { attempt, subscription } = await tryOnce(bench, answers[answer], { ack })
      expect(attempt?.outcome).toBe(outcome)
      expect(subscription).toMatchObject(
        outcome === 'delivered'
          ? { Pending: 0, LastError: null }
          : { Pending: 1, OldestPendingAt: new Date(benchStart).toISOString() },
      )
    })

    it('does not follow a redirect, and says where it pointed', async () => {
      await using bench = await openBench(open)
      const location = `${bench.receiver.url}/elsewhere`
      const { attempt } = await tryOnce(bench, { status: 307, headers: { location } })
      expect(attempt).toMatchObject({
        outcome: 'redirected',
        status: 307,
        error: expect.stringContaining(location),
      })
      expect(bench.receiver.received).toHaveLength(1)
    })

    it('keeps a long reply cut, and without the secrets in it', async () => {
      await using bench = await openBench(open)
      const body = `{"token":"callback-token","secret":"${bench.secret}","x":"${'y'.repeat(100_000)}"}`
      const { attempt } = await tryOnce(bench, { status: 500, body }, { token: 'callback-token' })
      expect(attempt?.response).toHaveLength(4096)
      expect(attempt?.response).not.toMatch(/callback-token|whsec_/)
    })

    it('takes a cut connection as a failure to be tried again', async () => {
      await using bench = await openBench(open)
      const { attempt } = await tryOnce(bench, 'reset')
      expect(attempt).toMatchObject({ outcome: 'unreachable', status: null })
      bench.receiver.answer(answers.done)
      await bench.pass(5_000)
      await bench.receiver.waitFor(2)
      expect(ids(bench)).toEqual(['p', 'p'])
    })

    it('gives up waiting for an answer after ten seconds', async () => {
      await using bench = await openBench(open)
      await bench.subscribe()
      bench.receiver.answer('stall')
      const worker = bench.worker()
      await bench.record([punchEvent({})])
      await bench.receiver.waitFor(1)
      bench.clock.advance(10_000)
      await worker.idle()
      expect(await bench.attempts()).toMatchObject([{ outcome: 'timeout', error: 'No answer within 10 s' }])
      expect(await dueAt(bench)).toBe(bench.clock.now() + 5_000)
    })

    it('waits as long as Retry-After asks, but not longer than twice the plan', async () => {
      await using bench = await openBench(open)
      await tryOnce(bench, { status: 429, headers: { 'retry-after': '8' } })
      expect(await dueAt(bench)).toBe(benchStart + 8_000)
      bench.receiver.answer({ status: 503, headers: { 'retry-after': '86400' } })
      await bench.pass(8_000)
      await bench.receiver.waitFor(2)
      await bench.pass(0)
      expect(await dueAt(bench)).toBe(benchStart + 8_000 + 30_000)
    })

    it('parks a punch the receiver refuses after its last attempt, and says why', async () => {
      await using bench = await openBench(open)
      const id = await bench.subscribe()
      bench.receiver.answer(answers.badRequest)
      bench.worker()
      await bench.record([punchEvent({ OperationID: 'bad' })])
      for (let attempt = 1; attempt <= attemptsMax; attempt++) {
        await bench.receiver.waitFor(attempt)
        await bench.pass(0)
        bench.clock.advance(((await dueAt(bench)) ?? bench.clock.now()) - bench.clock.now())
      }
      await bench.pass(0)
      expect(ids(bench)).toEqual(Array<string>(attemptsMax).fill('bad'))
      expect(await bench.deliveries()).toMatchObject([{ state: 'parked', attempts: attemptsMax }])
      expect(await bench.subscription(id)).toMatchObject({ Parked: 1, Pending: 0, LastError: 'Answered 400' })
    })

    it('goes past an event the receiver chokes on once it takes the one behind, and keeps trying the bad one', async () => {
      await using bench = await openBench(open)
      await bench.subscribe()
      let isFixed = false
      bench.receiver.answer(({ id }) => (id === 'bad' && !isFixed ? answers.broken : answers.done))
      bench.worker()
      await bench.record(['bad', 'a', 'b'].map(OperationID => punchEvent({ OperationID })))
      for (const [attempt, delay] of [5_000, 15_000, 45_000].entries()) {
        await bench.receiver.waitFor(attempt + 1)
        await bench.pass(delay)
      }
      await bench.receiver.waitFor(6)
      await bench.pass(0)
      expect(ids(bench)).toEqual(['bad', 'bad', 'bad', 'bad', 'a', 'b'])
      expect(await bench.deliveries()).toMatchObject([
        { state: 'pending', attempts: 4 },
        { state: 'delivered' },
        { state: 'delivered' },
      ])
      isFixed = true
      await bench.record([punchEvent({ OperationID: 'c' })])
      await bench.receiver.waitFor(7)
      await bench.pass(135_000)
      await bench.receiver.waitFor(8)
      await bench.pass(0)
      expect(ids(bench).slice(6)).toEqual(['c', 'bad'])
      expect(await bench.deliveries()).toMatchObject(Array(4).fill({ state: 'delivered' }))
    })

    it('keeps the order of a terminal when everything is answered with 500 for hours', async () => {
      await using bench = await openBench(open)
      await bench.subscribe()
      bench.receiver.answer(answers.broken)
      bench.worker()
      const wanted = ['a', 'b', 'c', 'd']
      await bench.record(wanted.map(OperationID => punchEvent({ OperationID })))
      await bench.receiver.waitFor(1)
      for (let minute = 0; minute < 300; minute += 5) await bench.pass(5 * 60_000)
      await bench.pass(0)
      const tried = bench.receiver.received.length
      expect(tried).toBeLessThan(90)
      bench.receiver.answer(answers.done)
      await bench.pass(15 * 60_000)
      await bench.receiver.waitFor(tried + 4)
      expect(ids(bench).slice(tried)).toEqual(wanted)
    })

    it('does not hold punches behind what the receiver refuses to hear of people', async () => {
      await using bench = await openBench(open)
      await bench.subscribe({ events: ['OnAttendance', 'OnUserUpdated'] })
      bench.receiver.answer(({ body }) => (body.Event === 'OnUserUpdated' ? answers.broken : answers.done))
      bench.worker()
      await bench.record([
        userUpdatedEvent({ OperationID: 'user' }),
        punchEvent({ OperationID: 'one' }),
        punchEvent({ OperationID: 'two' }),
      ])
      await bench.receiver.waitFor(3)
      await bench.pass(0)
      expect(ids(bench).filter(id => id !== 'user')).toEqual(['one', 'two'])
    })

    it('parks what is not a punch after three refusals', async () => {
      await using bench = await openBench(open)
      await bench.subscribe({ events: ['OnDeviceStatus'] })
      bench.receiver.answer(answers.badRequest)
      bench.worker()
      await bench.record([statusEvent({})])
      for (const attempt of [1, 2, 3]) {
        await bench.receiver.waitFor(attempt)
        await bench.pass(60_000)
      }
      expect(await bench.deliveries()).toMatchObject([{ state: 'parked', attempts: 3 }])
    })

    it('pauses on 410, and goes on when the address is registered again', async () => {
      await using bench = await openBench(open)
      const { subscription } = await tryOnce(bench, answers.gone, { tokenId: 7 })
      expect(subscription).toMatchObject({
        State: 'Paused',
        Parked: 1,
        LastError: expect.stringContaining('410'),
      })
      expect(await bench.record([punchEvent({})])).toBe(0)
      bench.receiver.answer(answers.done)
      expect(await bench.subscribe({ tokenId: 7 })).toBe(subscription.SubscriptionID)
      await bench.record([punchEvent({ OperationID: 'after' })])
      await bench.receiver.waitFor(2)
      expect(ids(bench)).toEqual(['p', 'after'])
    })

    it('asks a receiver that is away with one probe at a time, and sends everything that waits once it is back', async () => {
      await using bench = await openBench(open)
      await bench.subscribe()
      bench.receiver.answer(answers.broken)
      bench.worker()
      const serials = Array.from({ length: 6 }, (_, index) => `SN${index}`)
      await bench.record(serials.map(sn => punchEvent({ DeviceSN: sn, OperationID: sn })))
      await bench.receiver.waitFor(6)
      await bench.pass(14_999)
      await bench.pass(0)
      expect(bench.receiver.received).toHaveLength(6)
      await bench.pass(1)
      await bench.receiver.waitFor(7)
      await bench.pass(0)
      bench.receiver.answer(answers.done)
      await bench.record([punchEvent({ DeviceSN: 'NEW', OperationID: 'NEW' })])
      await bench.pass(29_999)
      await bench.pass(0)
      expect(bench.receiver.received).toHaveLength(7)
      await bench.pass(1)
      await bench.receiver.waitFor(14)
      expect(ids(bench).slice(7).sort()).toEqual(['NEW', ...serials])
    })

    it('keeps to the rate a receiver was given', async () => {
      await using bench = await openBench(open)
      await bench.subscribe({ about: { rate_per_second: 1 } })
      bench.worker()
      await bench.record(['SN1', 'SN2', 'SN3', 'SN4', 'SN5'].map(DeviceSN => punchEvent({ DeviceSN })))
      await bench.receiver.waitFor(1)
      for (let second = 1; second <= 4; second++) {
        expect(bench.receiver.received).toHaveLength(second)
        await expect.poll(() => bench.clock.sleepers().length).toBeGreaterThan(0)
        bench.clock.advance(1_000)
        await bench.receiver.waitFor(second + 1)
      }
    })

    it('keeps everything for one that is paused, and nothing for one that wants no more', async () => {
      await using bench = await openBench(open)
      const id = await bench.subscribe()
      const set = (pause_reason: string) =>
        bench.store.write(trx =>
          trx
            .updateTable('subscription')
            .set({ state: 'Paused', pause_reason })
            .where('id', '=', id)
            .execute(),
        )
      await set('asked')
      bench.worker()
      expect(await bench.record([punchEvent({})])).toBe(1)
      await bench.pass(0)
      expect(bench.receiver.received).toEqual([])
      await set('gone')
      expect(await bench.record([punchEvent({})])).toBe(0)
    })

    it('numbers what it records for a receiver without a gap, and says the number in a header', async () => {
      await using bench = await openBench(open)
      await bench.subscribe({ url: `${bench.receiver.url}/1` })
      await bench.subscribe({ url: `${bench.receiver.url}/2`, devices: ['SN2'] })
      bench.worker()
      await bench.record(['SN1', 'SN2'].map(DeviceSN => punchEvent({ DeviceSN })))
      await bench.record([punchEvent({ DeviceSN: 'SN2' })])
      await bench.receiver.waitFor(5)
      const numbers = (end: string) =>
        bench.receiver.received
          .filter(({ url }) => url.includes(`/hook${end}`))
          .map(({ headers }) => Number(headers['gatehouse-sequence']))
          .sort()
      expect([numbers('/1'), numbers('/2')]).toEqual([
        [1, 2, 3],
        [1, 2],
      ])
    })

    it('sends nothing to an address this receiver may not have, and says so', async () => {
      await using bench = await openBench(open)
      const { attempt, subscription } = await tryOnce(bench, answers.done, { localAllowed: false })
      expect(attempt).toMatchObject({ outcome: 'refused-address' })
      expect(subscription.LastError).toContain('127.0.0.1')
      expect(bench.receiver.received).toEqual([])
    })

    it('says when a secret cannot be opened, instead of sending unsigned', async () => {
      await using bench = await openBench(open)
      const id = await bench.subscribe()
      const worker = bench.worker({}, randomBytes(32))
      await bench.record([punchEvent({})])
      await worker.idle()
      await expect.poll(async () => (await bench.subscription(id)).LastError).toContain('cannot be opened')
      expect(bench.receiver.received).toEqual([])
      expect(await bench.deliveries()).toMatchObject([{ state: 'pending' }])
    })

    it('prunes delivered events after a week and parked ones after a month, never what still waits', async () => {
      await using bench = await openBench(open)
      const first = await bench.subscribe({ url: `${bench.receiver.url}/1` })
      const second = await bench.subscribe({ url: `${bench.receiver.url}/2` })
      const state = (subscription: string, id: string) =>
        id === 'parked'
          ? 'parked'
          : id === 'waiting' || (id === 'half' && subscription === second)
            ? 'pending'
            : 'delivered'
      const ids = ['delivered', 'half', 'parked', 'waiting', 'new']
      const at = (id: string) => new Date(benchStart + (id === 'new' ? deliveredKeptMs : 0)).toISOString()
      await bench.record(ids.map(id => punchEvent({ OperationID: id, OccurredAt: at(id) })))
      await bench.store.write(async trx => {
        for (const id of ids) {
          const event = trx.selectFrom('outbox').select('id').where('operation_id', '=', id)
          for (const to of [first, second]) {
            await trx
              .updateTable('delivery')
              .set({ state: state(to, id) })
              .where('outbox_id', '=', event)
              .where('subscription_id', '=', to)
              .execute()
          }
        }
      })
      const left = async () =>
        (await bench.store.read.selectFrom('outbox').select('operation_id').orderBy('id').execute()).map(
          row => row.operation_id,
        )
      expect(await pruneOutbox(bench.store, benchStart + deliveredKeptMs + 1)).toBe(1)
      expect(await left()).toEqual(['half', 'parked', 'waiting', 'new'])
      expect(await pruneOutbox(bench.store, benchStart + parkedKeptMs + 1)).toBe(2)
      expect(await left()).toEqual(['half', 'waiting'])
      await bench.store.write(trx => trx.updateTable('subscription').set({ state: 'Paused' }).execute())
      expect(await pruneOutbox(bench.store, benchStart + parkedKeptMs + 1)).toBe(2)
      expect(await bench.deliveries()).toEqual([])
    })
  })
}
