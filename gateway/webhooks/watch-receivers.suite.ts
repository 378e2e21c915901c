import { describe, expect, it } from 'vitest'
import { readSelfCheck } from '../health/self-check.ts'
import type { Store } from '../store/index.ts'
import { type Bench, openBench } from './testing/bench.ts'
import { consoleCaller } from './testing/console-caller.ts'
import { punchEvent } from './testing/events.ts'
import { answers } from './testing/receiver.ts'
import { attemptsMin, watchReceivers } from './watch-receivers.ts'

const minute = 60_000

/** What is told of receivers before they have failed for an hour; called by webhookSuite. */
export function watchReceiversSuite(name: string, open: () => Promise<Store>): void {
  const alertsOf = (bench: Bench) =>
    bench.store.read
      .selectFrom('alert')
      .select(['kind', 'code', 'facts', 'cleared_at'])
      .orderBy('id')
      .execute()
  const many = (prefix: string) =>
    Array.from({ length: attemptsMin }, (_, index) =>
      punchEvent({ OperationID: `${prefix}${index}`, DeviceSN: `W${prefix}${index}` }),
    )

  describe(`the watch over receivers on ${name}`, () => {
    it('tells of a share of failures that is too large, once, and of its end', async () => {
      await using bench = await openBench(open)
      await bench.store.write(write => write.deleteFrom('alert').execute())
      const { deps } = consoleCaller(bench)
      await bench.subscribe()
      bench.receiver.answer({ status: 500, body: 'no' })
      bench.worker()
      await bench.record(many('f'))
      await bench.pass(0)
      await watchReceivers(deps)
      await watchReceivers(deps)
      const errors = (await alertsOf(bench)).filter(({ kind }) => kind === 'WebhookErrors')
      expect(errors).toMatchObject([{ code: 'ReceiverErrors', cleared_at: null }])
      expect(JSON.parse(errors[0]?.facts ?? '{}')).toMatchObject({ percent: 100, minutes: 15 })
      bench.receiver.answer(answers.done)
      await bench.pass(16 * minute)
      await watchReceivers(deps)
      expect((await alertsOf(bench)).find(({ kind }) => kind === 'WebhookErrors')?.cleared_at).not.toBeNull()
    })

    it('tells of what waits for more than ten minutes, and not while the receiver is paused', async () => {
      await using bench = await openBench(open)
      await bench.store.write(write => write.deleteFrom('alert').execute())
      const { ask, deps } = consoleCaller(bench)
      const SubscriptionID = await bench.subscribe()
      bench.receiver.answer('reset')
      bench.worker()
      await bench.record([punchEvent({ OperationID: 'late' })])
      await bench.pass(11 * minute)
      await watchReceivers(deps)
      expect(await alertsOf(bench)).toMatchObject([
        { kind: 'WebhookQueue', code: 'ReceiverQueue', cleared_at: null },
      ])
      const oldest = async () =>
        (await readSelfCheck(deps)).Checks.find(({ Name }) => Name === 'OldestDelivery')?.Value
      expect(await oldest()).toBe(660)
      await ask('webhooks.pause', { SubscriptionID })
      expect(await oldest()).toBe(0)
      await watchReceivers(deps)
      expect((await alertsOf(bench))[0]?.cleared_at).not.toBeNull()
    })

    it('tells of a receiver that has switched itself off with 410, until it is resumed or removed', async () => {
      await using bench = await openBench(open)
      await bench.store.write(write => write.deleteFrom('alert').execute())
      const { ask, deps } = consoleCaller(bench)
      const SubscriptionID = await bench.subscribe()
      bench.receiver.answer({ status: 410, body: '' })
      bench.worker()
      await bench.record([punchEvent({ OperationID: 'gone' })])
      await bench.receiver.waitFor(1)
      await bench.pass(0)
      expect(await bench.subscription(SubscriptionID)).toMatchObject({ State: 'Paused', PauseReason: 'Gone' })
      await watchReceivers(deps)
      expect(await alertsOf(bench)).toMatchObject([
        { kind: 'WebhookPaused', code: 'ReceiverGone', cleared_at: null },
      ])
      await ask('webhooks.remove', { SubscriptionID })
      await watchReceivers(deps)
      expect((await alertsOf(bench))[0]?.cleared_at).not.toBeNull()
    })
  })
}
