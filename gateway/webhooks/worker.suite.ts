import { describe, expect, it } from 'vitest'
import { parseEvent } from '#contract/events.ts'
import { verify } from '#contract/signature.ts'
import type { Store } from '../store/index.ts'
import { claimLanes } from './claim.ts'
import { consoleSuite } from './console.suite.ts'
import { consoleWorkSuite } from './console-work.suite.ts'
import { openBench } from './testing/bench.ts'
import { punchEvent, statusEvent } from './testing/events.ts'
import { answers, type Received } from './testing/receiver.ts'
import { watchReceiversSuite } from './watch-receivers.suite.ts'
import { formsSuite } from './worker-forms.suite.ts'
import { troubleSuite } from './worker-trouble.suite.ts'

const punches = (sn: string, ids: readonly string[]) =>
  ids.map(id => punchEvent({ DeviceSN: sn, OperationID: id }))
const idsOf = (received: readonly Received[], sn?: string) =>
  received.filter(({ body }) => sn === undefined || body.DeviceSN === sn).map(({ id }) => id)
const range = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`)

/** The promises of delivery, for either database. `open` gives a migrated store; the bench empties its webhook tables. */
export function webhookSuite(name: string, open: () => Promise<Store>): void {
  describe(`webhook delivery on ${name}`, () => {
    it('sends a signed message that the contract verifies and reads back', async () => {
      await using bench = await openBench(open)
      const id = await bench.subscribe({ url: `${bench.receiver.url}?db=main`, token: 'callback-token' })
      const worker = bench.worker()
      const event = punchEvent({ DeviceSN: 'SN1' })
      expect(await bench.record([event])).toBe(1)
      const [got] = await bench.receiver.waitFor(1)
      await worker.idle()
      const headers = {
        id: got?.id ?? '',
        timestamp: String(got?.headers['webhook-timestamp']),
        signature: String(got?.headers['webhook-signature']),
      }
      expect(await verify(bench.secret, headers, got?.text ?? '', bench.clock.now())).toBe('ok')
      expect(parseEvent(got?.body)).toEqual(event)
      expect(got).toMatchObject({
        id: event.OperationID,
        url: '/hook?db=main&stgid=SN1',
        body: { AuthToken: 'callback-token' },
      })
      expect(await bench.attempts()).toMatchObject([
        { outcome: 'delivered', status: 200, number: 1, response: '{"status":"done"}' },
      ])
      expect(await bench.subscription(id)).toMatchObject({
        CallbackUrl: `${bench.receiver.url}?db=[hidden]`,
        Delivered: 1,
        Pending: 0,
        Parked: 0,
        OldestPendingAt: null,
        LastError: null,
      })
    })

    it('fans out by event name, device and age, and keeps nothing nobody asked for', async () => {
      await using bench = await openBench(open)
      expect(await bench.record(punches('SN1', ['early']))).toBe(0)
      await bench.subscribe({ events: ['OnAttendance'], devices: ['SN1'] })
      await bench.subscribe({ events: ['OnAttendance', 'OnDeviceStatus'], maxAgeMs: 3_600_000 })
      const old = punchEvent({
        OperationID: 'old',
        DeviceSN: 'SN2',
        LogTime: '2026-03-02 07:28:41 GMT +0530',
      })
      expect(
        await bench.record([
          ...punches('SN1', ['a']),
          ...punches('SN2', ['b']),
          old,
          statusEvent({ OperationID: 'c' }),
        ]),
      ).toBe(4)
      expect((await bench.deliveries()).map(row => row.operation_id).sort()).toEqual(['a', 'a', 'b', 'c'])
      expect(await bench.store.read.selectFrom('outbox').select('operation_id').execute()).toHaveLength(3)
    })

    it('keeps id and body on every try, and signs each with its own time', async () => {
      await using bench = await openBench(open)
      await bench.subscribe()
      bench.receiver.answer(() => (bench.receiver.received.length === 1 ? answers.broken : answers.done))
      const worker = bench.worker()
      await bench.record(punches('SN1', ['same']))
      await bench.receiver.waitFor(1)
      await bench.pass(5_000)
      const [first, second] = await bench.receiver.waitFor(2)
      await worker.idle()
      expect([second?.id, second?.text]).toEqual([first?.id, first?.text])
      expect(Number(second?.headers['webhook-timestamp']) - Number(first?.headers['webhook-timestamp'])).toBe(
        5,
      )
      expect(second?.headers['webhook-signature']).not.toBe(first?.headers['webhook-signature'])
      expect(await bench.deliveries()).toMatchObject([{ state: 'delivered', attempts: 2 }])
    })

    it('keeps the order of a terminal while one event fails, and lets the others go on', async () => {
      await using bench = await openBench(open)
      await bench.subscribe()
      let isFixed = false
      bench.receiver.answer(({ id }) => (id === 'a1' && !isFixed ? answers.broken : answers.done))
      const worker = bench.worker()
      await bench.record([...punches('A', range('a', 4)), ...punches('B', range('b', 40))])
      await worker.idle()
      expect(idsOf(bench.receiver.received, 'A')).toEqual(['a0', 'a1'])
      expect(idsOf(bench.receiver.received, 'B')).toEqual(range('b', 40))
      await bench.record(punches('A', ['a4']))
      isFixed = true
      await bench.pass(5_000)
      await bench.receiver.waitFor(46)
      expect(idsOf(bench.receiver.received, 'A')).toEqual(['a0', 'a1', 'a1', 'a2', 'a3', 'a4'])
    })

    it('loses and doubles nothing while events arrive as lanes run dry', async () => {
      await using bench = await openBench(open)
      await bench.subscribe()
      const worker = bench.worker({ batchMin: 2, batchMax: 2 })
      for (const round of range('r', 40)) {
        await bench.record([...punches('A', [`${round}-a0`, `${round}-a1`]), ...punches('B', [`${round}-b`])])
      }
      await bench.receiver.waitFor(120)
      await worker.idle()
      expect(bench.receiver.received).toHaveLength(120)
      expect(idsOf(bench.receiver.received, 'A')).toEqual(
        range('r', 40).flatMap(round => [`${round}-a0`, `${round}-a1`]),
      )
      expect(
        await bench.store.read.selectFrom('lane').select('due_at').where('due_at', 'is not', null).execute(),
      ).toEqual([])
    })

    it('has one event of a terminal in flight, and many terminals beside each other up to the limit', async () => {
      await using bench = await openBench(open)
      await bench.subscribe()
      let release = () => {}
      const held = new Promise<void>(resolve => {
        release = resolve
      })
      bench.receiver.answer(() => held.then(() => answers.done))
      bench.worker({ perSubscriptionMax: 6, liveReserved: 2 })
      await bench.record(range('SN', 20).flatMap(sn => punches(sn, [`${sn}-0`, `${sn}-1`])))
      const first = await bench.receiver.waitFor(8)
      expect(new Set(first.map(({ body }) => body.DeviceSN)).size).toBe(8)
      release()
      await bench.receiver.waitFor(40)
      expect(bench.receiver.openMax).toBe(8)
      for (const sn of range('SN', 20))
        expect(idsOf(bench.receiver.received, sn)).toEqual([`${sn}-0`, `${sn}-1`])
    })

    it('does not let a receiver that stalls hold up another', async () => {
      await using bench = await openBench(open)
      await bench.subscribe({ url: `${bench.receiver.url}/slow`, events: ['OnAttendance'] })
      await bench.subscribe({ url: `${bench.receiver.url}/fast`, events: ['OnDeviceStatus'] })
      bench.receiver.answer(({ url }) => (url.includes('/slow') ? 'stall' : answers.done))
      bench.worker({ inFlightMax: 4, perSubscriptionMax: 4, liveReserved: 0 })
      await bench.record(range('SN', 9).flatMap(sn => punches(sn, [sn])))
      await bench.receiver.waitFor(4)
      await bench.record(range('SN', 9).map(sn => statusEvent({ DeviceSN: sn })))
      await bench.receiver.waitFor(13)
      expect(bench.receiver.received.filter(({ url }) => url.includes('/fast'))).toHaveLength(9)
    })

    it('is sent by one of two processes, never by both', async () => {
      await using bench = await openBench(open)
      await bench.subscribe()
      const workers = [bench.worker({ batchMin: 3, batchMax: 3 }), bench.worker({ batchMin: 3, batchMax: 3 })]
      for (const round of range('r', 10))
        await bench.record(range('SN', 10).flatMap(sn => punches(sn, [`${sn}-${round}`])))
      await bench.receiver.waitFor(100)
      await Promise.all(workers.map(worker => worker.idle()))
      expect(bench.receiver.received).toHaveLength(100)
      for (const sn of range('SN', 10))
        expect(idsOf(bench.receiver.received, sn)).toEqual(range('r', 10).map(round => `${sn}-${round}`))
    })

    it('sends what a killed process had claimed, once its lease is over, with the same id', async () => {
      await using bench = await openBench(open)
      const id = await bench.subscribe()
      await bench.record(punches('SN1', ['p0', 'p1']))
      const now = bench.clock.now()
      const terms = { claim: 'dead', now, until: now + 60_000, fetchMax: 16, batchMin: 16, batchMax: 16 }
      const claimed = await bench.store.write(trx =>
        claimLanes(
          trx,
          bench.store.dialect,
          [{ subscriptionId: id, lanesMax: 5, longMax: 5, probe: false }],
          terms,
        ),
      )
      expect(claimed.map(lane => lane.deliveries.length)).toEqual([2])
      const worker = bench.worker()
      await worker.idle()
      expect(bench.receiver.received).toEqual([])
      await bench.pass(60_000)
      await bench.receiver.waitFor(2)
      await worker.idle()
      expect(idsOf(bench.receiver.received)).toEqual(['p0', 'p1'])
      expect(await bench.deliveries()).toMatchObject([{ state: 'delivered' }, { state: 'delivered' }])
    })

    it('ends cleanly: an attempt under way is made again later, and nothing stays running', async () => {
      await using bench = await openBench(open)
      await bench.subscribe()
      bench.receiver.answer('stall')
      const worker = bench.worker()
      await bench.record(punches('SN1', ['p0', 'p1']))
      await bench.receiver.waitFor(1)
      const stopped = worker.stop()
      bench.clock.advance(2_000)
      await stopped
      expect(bench.clock.sleepers()).toEqual([])
      await expect.poll(() => bench.receiver.connections()).toBe(0)
      expect(await bench.deliveries()).toMatchObject([
        { state: 'pending', attempts: 0 },
        { state: 'pending', attempts: 0 },
      ])
      bench.receiver.answer(answers.done)
      await bench.worker().idle()
      expect(idsOf(bench.receiver.received)).toEqual(['p0', 'p0', 'p1'])
    })
    describe('in the older forms', () => formsSuite(open))
  })

  troubleSuite(name, open)
  consoleSuite(name, open)
  consoleWorkSuite(name, open)
  watchReceiversSuite(name, open)
}
