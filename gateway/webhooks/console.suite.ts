import { describe, expect, it } from 'vitest'
import { verify, verifyAsymmetric } from '#contract/signature.ts'
import type { Store } from '../store/index.ts'
import { climbLadder } from './disable-ladder.ts'
import { advanceJobs } from './jobs/advance.ts'
import { type Bench, openBench } from './testing/bench.ts'
import { consoleCaller } from './testing/console-caller.ts'
import { punchEvent } from './testing/events.ts'
import { answers } from './testing/receiver.ts'

const hour = 3_600_000
const idsOf = (bench: Bench) => bench.receiver.received.map(({ id }) => id)

/** What the console promises, on either database. Called by webhookSuite. */
export function consoleSuite(name: string, open: () => Promise<Store>): void {
  describe(`the webhook console on ${name}`, () => {
    it('keeps what happens while paused, and sends it in order when resumed', async () => {
      await using bench = await openBench(open)
      const { ask } = consoleCaller(bench)
      const SubscriptionID = await bench.subscribe()
      bench.worker()
      await ask('webhooks.pause', { SubscriptionID })
      await bench.record(['a', 'b'].map(OperationID => punchEvent({ OperationID })))
      await bench.pass(0)
      expect(bench.receiver.received).toEqual([])
      expect(await bench.subscription(SubscriptionID)).toMatchObject({
        State: 'Paused',
        PauseReason: 'Asked',
        Pending: 2,
      })
      expect(await ask('webhooks.resume', { SubscriptionID })).toMatchObject({ Queued: 2, Skipped: 0 })
      await bench.receiver.waitFor(2)
      expect(idsOf(bench)).toEqual(['a', 'b'])
    })

    it('skips what was missed when asked to, and keeps it in the log', async () => {
      await using bench = await openBench(open)
      const { ask } = consoleCaller(bench)
      const SubscriptionID = await bench.subscribe()
      bench.worker()
      await ask('webhooks.pause', { SubscriptionID })
      await bench.record([punchEvent({ OperationID: 'old' })])
      expect(await ask('webhooks.resume', { SubscriptionID, Missed: 'skip' })).toMatchObject({ Skipped: 1 })
      await bench.record([punchEvent({ OperationID: 'new' })])
      await bench.receiver.waitFor(1)
      await bench.pass(0)
      expect(idsOf(bench)).toEqual(['new'])
      expect(await ask('webhooks.deliveries', { State: ['Skipped'] })).toMatchObject({
        Deliveries: [{ OperationID: 'old', State: 'Skipped', Sequence: 1 }],
      })
    })

    it('warns at an hour, a day and three days, then pauses, and resuming sends everything in order', async () => {
      await using bench = await openBench(open)
      const { ask, deps } = consoleCaller(bench)
      const SubscriptionID = await bench.subscribe()
      bench.receiver.answer('reset')
      bench.worker()
      await bench.record(['a', 'b'].map(OperationID => punchEvent({ OperationID })))
      const seen: number[] = []
      for (const hours of [0.5, 1, 22, 2, 46, 2]) {
        await bench.pass(hours * hour)
        await climbLadder(deps)
        const { Warnings, State } = await bench.subscription(SubscriptionID)
        if (!seen.includes(Warnings)) seen.push(Warnings)
        if (State === 'Paused') break
      }
      expect(seen).toEqual([0, 1, 2, 3])
      expect(await bench.subscription(SubscriptionID)).toMatchObject({
        State: 'Paused',
        PauseReason: 'Failing',
      })
      const alerts = await bench.store.read
        .selectFrom('alert')
        .select(['kind', 'cleared_at'])
        .where('subject', '=', SubscriptionID)
        .orderBy('id')
        .execute()
      expect(alerts.map(({ kind }) => kind).at(-1)).toBe('WebhookPaused')
      await bench.record([punchEvent({ OperationID: 'c' })])
      // A probe may have been under way when it was paused.
      await bench.pass(0)
      bench.receiver.answer(answers.done)
      const before = bench.receiver.received.length
      await ask('webhooks.resume', { SubscriptionID })
      await bench.receiver.waitFor(before + 3)
      expect(idsOf(bench).slice(before)).toEqual(['a', 'b', 'c'])
      const open_ = await bench.store.read
        .selectFrom('alert')
        .select('id')
        .where('subject', '=', SubscriptionID)
        .where('cleared_at', 'is', null)
        .execute()
      expect(open_).toEqual([])
    })

    it('signs with both secrets while one is rotated, and with a key pair where there is one', async () => {
      await using bench = await openBench(open)
      const { ask } = consoleCaller(bench)
      const SubscriptionID = await bench.subscribe()
      bench.worker()
      const made = (await ask('webhooks.rotateSecret', { SubscriptionID, OverlapHours: 1 })) as unknown as {
        SecurityKey: string
      }
      const pair = (await ask('webhooks.setSigningKey', { SubscriptionID })) as unknown as {
        Subscription: { SigningPublicKey: string }
      }
      const verdicts = async (index: number) => {
        const [got] = (await bench.receiver.waitFor(index + 1)).slice(index)
        const headers = {
          id: got?.id ?? '',
          timestamp: String(got?.headers['webhook-timestamp']),
          signature: String(got?.headers['webhook-signature']),
        }
        const now = bench.clock.now()
        return [
          await verify(bench.secret, headers, got?.text ?? '', now),
          await verify(made.SecurityKey, headers, got?.text ?? '', now),
          await verifyAsymmetric(pair.Subscription.SigningPublicKey, headers, got?.text ?? '', now),
        ]
      }
      await bench.record([punchEvent({})])
      expect(await verdicts(0)).toEqual(['ok', 'ok', 'ok'])
      await bench.pass(hour)
      await bench.record([punchEvent({})])
      expect(await verdicts(1)).toEqual(['invalid', 'ok', 'ok'])
      expect(JSON.stringify(await ask('webhooks.get', { SubscriptionID }))).not.toContain(made.SecurityKey)
    })

    it('sends one again under its id, marked, without holding up what is live', async () => {
      await using bench = await openBench(open)
      const { ask } = consoleCaller(bench)
      await bench.subscribe()
      bench.worker()
      await bench.record([punchEvent({ OperationID: 'once' })])
      await bench.receiver.waitFor(1)
      await bench.pass(0)
      const [first] = (await bench.deliveries()).map(({ id }) => String(id))
      bench.receiver.answer(({ id }) => (id === 'once' ? answers.broken : answers.done))
      await ask('webhooks.replay', { DeliveryID: first ?? '' })
      await bench.receiver.waitFor(2)
      await bench.record([punchEvent({ OperationID: 'live' })])
      await bench.receiver.waitFor(3)
      const [a, b, c] = bench.receiver.received
      expect([a?.id, b?.id, c?.id]).toEqual(['once', 'once', 'live'])
      expect([a?.headers['gatehouse-delivery'], b?.headers['gatehouse-delivery']]).toEqual([
        undefined,
        'replay',
      ])
      expect(b?.headers['gatehouse-sequence']).toBe(a?.headers['gatehouse-sequence'])
      await bench.pass(0)
      expect(await ask('webhooks.delivery', { DeliveryID: first ?? '' })).toMatchObject({
        Delivery: { State: 'Pending', Kind: 'Replay' },
        Attempts: [
          { Number: 1, Outcome: 'delivered' },
          { Number: 2, Outcome: 'broken' },
        ],
      })
    })

    it('estimates what was given up, sends it again at its rate in order, and can be stopped', async () => {
      await using bench = await openBench(open)
      const { ask, deps } = consoleCaller(bench)
      const SubscriptionID = await bench.subscribe()
      bench.receiver.answer(answers.done)
      await bench.record(['a', 'b', 'c', 'd', 'e'].map(OperationID => punchEvent({ OperationID })))
      await bench.store.write(trx => trx.updateTable('delivery').set({ state: 'parked' }).execute())
      bench.worker()
      const From = new Date(bench.clock.now() - hour).toISOString()
      const asked = { SubscriptionID, From, PerSecond: 1 } as const
      bench.clock.advance(1000)
      expect(await ask('webhooks.estimate', asked)).toMatchObject({ Count: 5, Seconds: 5 })
      const { Job } = (await ask('webhooks.startReplay', asked)) as unknown as { Job: { JobID: string } }
      await expect(ask('webhooks.startReplay', asked)).rejects.toMatchObject({ code: 'JOB_RUNNING' })
      for (let second = 0; second < 3; second++) {
        await advanceJobs(deps)
        await bench.receiver.waitFor(second + 1)
        await bench.pass(1000)
      }
      expect(idsOf(bench)).toEqual(['a', 'b', 'c'])
      expect(await ask('webhooks.jobs', { SubscriptionID })).toMatchObject({
        Jobs: [{ State: 'Running', Total: 5, Delivered: 3 }],
      })
      expect(await ask('webhooks.cancelJob', { JobID: Job.JobID })).toMatchObject({
        Job: { State: 'Cancelled' },
      })
      expect((await bench.deliveries()).map(({ state }) => state)).toEqual([
        'delivered',
        'delivered',
        'delivered',
        'parked',
        'parked',
      ])
    })
  })
}
