import { describe, expect, it } from 'vitest'
import { operations } from '#contract/operations/index.ts'
import { verify, verifyAsymmetric } from '#contract/signature.ts'
import type { OperationId, OperationInput } from '#contract/types.ts'
import { silentLogger } from '#platform/logger.ts'
import type { Call, Handler } from '../operations/handler.ts'
import { webhookHandlers } from '../operations/webhooks.ts'
import { insertDevice, newDevice } from '../store/devices.ts'
import type { Store } from '../store/index.ts'
import { climbLadder } from './disable-ladder.ts'
import { sweepIssues } from './issues.ts'
import { advanceJobs } from './jobs/advance.ts'
import { type Bench, openBench } from './testing/bench.ts'
import { benchConfig } from './testing/bench-config.ts'
import { punchEvent, statusEvent } from './testing/events.ts'
import { answers } from './testing/receiver.ts'

type Id = Extract<OperationId, keyof typeof webhookHandlers>

/** Calls an operation the way the edge does: parsed input in, answer checked against its schema. */
function caller(bench: Bench) {
  const deps = {
    config: benchConfig,
    store: bench.store,
    clock: bench.clock,
    log: silentLogger,
    wakeDelivery: () => bench.wake(),
    wakeCommands: () => {},
    onDevicesRemoved: () => {},
  }
  const call: Call = {
    // Handlers of this group use these parts and no others.
    deps: deps as unknown as Call['deps'],
    caller: { tokenId: 1, permissions: 'all', devices: 'all', ratePerMinute: 0, actor: 'somebody' },
    idempotencyKey: null,
  }
  const ask = async <T extends Id>(id: T, input: OperationInput<T>) => {
    // The loop forgets which id it holds; the handlers tie each to its own input.
    const handler = webhookHandlers[id] as unknown as Handler<T>
    const answer = (await handler(operations[id].input.parse(input) as never, call)) as { body: object }
    const shown: unknown = operations[id].answers[200].parse(answer.body)
    return shown as Record<string, never>
  }
  return { ask, deps }
}

const hour = 3_600_000
const idsOf = (bench: Bench) => bench.receiver.received.map(({ id }) => id)

/** What the console promises, on either database. Called by webhookSuite. */
export function consoleSuite(name: string, open: () => Promise<Store>): void {
  describe(`the webhook console on ${name}`, () => {
    it('keeps what happens while paused, and sends it in order when resumed', async () => {
      await using bench = await openBench(open)
      const { ask } = caller(bench)
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
      const { ask } = caller(bench)
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
      const { ask, deps } = caller(bench)
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
      const { ask } = caller(bench)
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
      const { ask } = caller(bench)
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
      const { ask, deps } = caller(bench)
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

    it('sends a receiver that came later what it missed, punches nobody was told of among them', async () => {
      await using bench = await openBench(open)
      const { ask, deps } = caller(bench)
      await addPunches(bench, 3)
      const first = await bench.subscribe({ url: `${bench.receiver.url}/first` })
      await bench.record([
        punchEvent({ OperationID: 'told', OccurredAt: new Date(bench.clock.now()).toISOString() }),
      ])
      const late = await bench.subscribe({ url: `${bench.receiver.url}/late` })
      bench.worker()
      await bench.receiver.waitFor(1)
      bench.clock.advance(1000)
      const asked = {
        SubscriptionID: late,
        Kind: 'Missed',
        From: '2026-03-01T00:00:00Z',
        PerSecond: 1000,
      } as const
      expect(await ask('webhooks.estimate', asked)).toMatchObject({ Count: 4 })
      await ask('webhooks.startReplay', asked)
      for (let turn = 0; turn < 5; turn++) {
        await advanceJobs(deps)
        await bench.pass(1000)
      }
      await bench.receiver.waitFor(5)
      const got = bench.receiver.received.filter(({ url }) => url.includes('/late'))
      expect(got.map(({ body }) => body.EmployeeCode).sort()).toEqual(['0', '1', '2', '2001'])
      expect(await ask('webhooks.jobs', { SubscriptionID: late })).toMatchObject({
        Jobs: [{ State: 'Done' }],
      })
      expect(await ask('webhooks.estimate', { ...asked, SubscriptionID: first })).toMatchObject({ Count: 3 })
    })

    it('copies punches of days and proves with a count and a hash that all arrived', async () => {
      await using bench = await openBench(open)
      const { ask, deps } = caller(bench)
      await addPunches(bench, 25)
      const SubscriptionID = await bench.subscribe({ events: ['OnAttendance', 'OnMigration'] })
      bench.worker()
      const range = { FromDate: '2026-03-01', ToDate: '2026-03-02' }
      await ask('webhooks.startMigration', { SubscriptionID, ...range, PerSecond: 10 })
      for (let turn = 0; turn < 8; turn++) {
        await advanceJobs(deps)
        await bench.pass(1000)
      }
      const { Jobs } = (await ask('webhooks.jobs', { SubscriptionID })) as unknown as { Jobs: object[] }
      expect(Jobs).toMatchObject([{ State: 'Done', Total: 25, ArrivedCount: 25, Equal: true, Delivered: 25 }])
      const told = bench.receiver.received.filter(({ body }) => body.Event === 'OnMigration')
      expect(told.map(({ body }) => body.Status)).toContain('Completed')
      expect(bench.receiver.received.filter(({ body }) => body.Event === 'OnAttendance')).toHaveLength(25)
    })

    it('groups failures into an issue, which opens, is looked after, and resolves by itself', async () => {
      await using bench = await openBench(open)
      const { ask } = caller(bench)
      await bench.subscribe()
      bench.receiver.answer(answers.broken)
      bench.worker()
      await bench.record([punchEvent({})])
      await bench.receiver.waitFor(1)
      await bench.pass(5_000)
      await bench.receiver.waitFor(2)
      await bench.pass(0)
      const issues = async () =>
        ((await ask('webhooks.issues', {})) as unknown as { Issues: { IssueID: string }[] }).Issues
      const [issue] = await issues()
      expect(issue).toMatchObject({ State: 'Open', Outcome: 'broken', Status: 500, Times: 2 })
      await ask('webhooks.setIssue', { IssueID: issue?.IssueID ?? '', State: 'Acknowledged' })
      expect(await issues()).toMatchObject([{ State: 'Acknowledged', BySomebody: true }])
      bench.receiver.answer(answers.done)
      await bench.pass(15_000)
      await bench.receiver.waitFor(3)
      await bench.pass(0)
      expect(await bench.store.write(write => sweepIssues(write, bench.clock.now()))).toBe(1)
      expect(await issues()).toMatchObject([{ State: 'Resolved', BySomebody: false }])
    })

    it('finds deliveries by every filter, and its pages stay as they are while new ones arrive', async () => {
      await using bench = await openBench(open)
      const { ask } = caller(bench)
      const SubscriptionID = await bench.subscribe({ events: ['OnAttendance', 'OnDeviceStatus'] })
      bench.receiver.answer(({ body }) =>
        body.Event === 'OnDeviceStatus' ? answers.badRequest : answers.done,
      )
      bench.worker()
      await bench.record([
        ...Array.from({ length: 6 }, (_, index) =>
          punchEvent({ OperationID: `p${index}`, DeviceSN: 'SN1', EmployeeCode: String(index) }),
        ),
        statusEvent({ OperationID: 's', DeviceSN: 'SN2' }),
      ])
      await bench.receiver.waitFor(7)
      await bench.pass(0)
      const list = async (input: OperationInput<'webhooks.deliveries'>) =>
        (await ask('webhooks.deliveries', input)) as unknown as {
          Deliveries: { OperationID: string; DeliveryID: string }[]
          OffSet: string
          NewCount: number | null
        }
      const ids = async (input: OperationInput<'webhooks.deliveries'>) =>
        (await list(input)).Deliveries.map(({ OperationID }) => OperationID)
      expect(await ids({ SubscriptionID, State: ['Pending'] })).toEqual(['s'])
      expect(await ids({ StatusClass: ['4xx'] })).toEqual(['s'])
      expect(await ids({ Event: ['OnDeviceStatus'] })).toEqual(['s'])
      expect(await ids({ DeviceSN: 'SN2' })).toEqual(['s'])
      expect(await ids({ EmployeeCode: '3' })).toEqual(['p3'])
      expect(await ids({ Text: 'answered 400' })).toEqual(['s'])
      expect(await ids({ Text: 'P4' })).toEqual(['p4'])
      expect(await ids({ To: new Date(bench.clock.now() - 1).toISOString() })).toEqual([])
      const page = await list({ Event: ['OnAttendance'], Limit: 2 })
      await bench.record([punchEvent({ OperationID: 'later', DeviceSN: 'SN1' })])
      const next = await list({ Event: ['OnAttendance'], Limit: 2, OffSet: page.OffSet })
      expect([page, next].map(each => each.Deliveries.map(({ OperationID }) => OperationID))).toEqual([
        ['p5', 'p4'],
        ['p3', 'p2'],
      ])
      const counted = await list({ Limit: 1, CountAfter: page.Deliveries[0]?.DeliveryID ?? '0' })
      expect(counted.NewCount).toBe(2)
    })

    it('tells a receiver what it missed by number, and traces an event to everybody who was told', async () => {
      await using bench = await openBench(open)
      const { ask } = caller(bench)
      const SubscriptionID = await bench.subscribe()
      await bench.subscribe({ url: `${bench.receiver.url}/2` })
      bench.worker()
      await bench.record(['a', 'b', 'c'].map(OperationID => punchEvent({ OperationID })))
      await bench.receiver.waitFor(6)
      await bench.pass(0)
      expect(
        await ask('webhooks.missed', { SubscriptionID, AfterSequence: 1, BeforeSequence: 3 }),
      ).toMatchObject({
        LastSequence: 3,
        OldestKept: 1,
        Missed: [{ Sequence: 2, OperationID: 'b', EventBody: { EmployeeCode: '2001' } }],
      })
      const trace = (await ask('webhooks.trace', { TracedID: 'b' })) as unknown as { Deliveries: object[] }
      expect(trace).toMatchObject({ Event: 'OnAttendance', Origin: { Kind: 'Punch', What: 'CheckIn' } })
      expect(trace.Deliveries).toHaveLength(2)
    })

    it('examines a receiver step by step, and sees one that does not check signatures', async () => {
      await using bench = await openBench(open)
      const { ask } = caller(bench)
      const SubscriptionID = await bench.subscribe()
      const { Steps } = (await ask('webhooks.check', {
        SubscriptionID,
        WrongSignature: true,
      })) as unknown as {
        Steps: { Step: string; Verdict: string }[]
      }
      expect(Object.fromEntries(Steps.map(({ Step, Verdict }) => [Step, Verdict]))).toEqual({
        Address: 'ok',
        Name: 'skipped',
        Connect: 'ok',
        Tls: 'warn',
        Answer: 'ok',
        Acknowledgement: 'ok',
        Signature: 'warn',
      })
      await bench.receiver.close()
      const away = (await ask('webhooks.check', { SubscriptionID })) as unknown as { Steps: object[] }
      expect(away.Steps.at(-1)).toMatchObject({ Step: 'Answer', Verdict: 'failed' })
    })

    it('sends a test as it was edited, refuses one that is no such event, and makes no dead letter of it', async () => {
      await using bench = await openBench(open)
      const { ask } = caller(bench)
      const SubscriptionID = await bench.subscribe()
      const { OperationID: _, Event: __, ...fields } = punchEvent({ EmployeeCode: '777' })
      expect(
        await ask('webhooks.test', { SubscriptionID, Event: 'OnAttendance', Body: JSON.stringify(fields) }),
      ).toMatchObject({ Outcome: 'delivered', Status: 200 })
      expect(bench.receiver.received[0]?.body).toMatchObject({ EmployeeCode: '777', Event: 'OnAttendance' })
      expect(bench.receiver.received[0]?.headers['gatehouse-delivery']).toBe('test')
      await expect(
        ask('webhooks.test', { SubscriptionID, Event: 'OnAttendance', Body: '{"DeviceSN":5}' }),
      ).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'Body' })
      bench.receiver.answer(answers.broken)
      await ask('webhooks.test', { SubscriptionID })
      expect(await bench.subscription(SubscriptionID)).toMatchObject({
        Parked: 0,
        Pending: 0,
        LastSequence: 0,
      })
    })
  })
}

async function addPunches(bench: Bench, count: number): Promise<void> {
  const now = bench.clock.now()
  await bench.store.write(async trx => {
    await trx.deleteFrom('punch').execute()
    await trx.deleteFrom('device').where('sn', '=', 'SNP').execute()
    await insertDevice(trx, newDevice('SNP', { state: 'adopted', zone: 'Asia/Kolkata', site: 'Main', now }))
    for (let index = 0; index < count; index++)
      await trx
        .insertInto('punch')
        .values({
          sn: 'SNP',
          employee_code: String(index),
          local_time: `2026-03-01 08:${String(index).padStart(2, '0')}:00`,
          local_day: '2026-03-01',
          local_minute: 480 + index,
          zone: 'Asia/Kolkata',
          offset_minutes: 330,
          instant: now - hour,
          status: 0,
          verify: 1,
          direction: 'CheckIn',
          modality: 'fingerprint',
          side: 'in',
          work_code: null,
          temperature: null,
          mask: null,
          flags: '',
          clock_skew_ms: null,
          received_at: now - 1000,
          raw: '',
          identity: `i${index}`,
        })
        .execute()
  })
}
