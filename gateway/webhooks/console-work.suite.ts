import { describe, expect, it } from 'vitest'
import type { OperationInput } from '#contract/types.ts'
import { insertDevice, newDevice } from '../store/devices.ts'
import type { Store } from '../store/index.ts'
import { sweepIssues } from './issues.ts'
import { advanceJobs } from './jobs/advance.ts'
import { type Bench, openBench } from './testing/bench.ts'
import { consoleCaller } from './testing/console-caller.ts'
import { punchEvent, statusEvent } from './testing/events.ts'
import { answers } from './testing/receiver.ts'

const hour = 3_600_000

/** The other half of what the console promises. Called by webhookSuite. */
export function consoleWorkSuite(name: string, open: () => Promise<Store>): void {
  describe(`the work of the webhook console on ${name}`, () => {
    it('sends a receiver that came later what it missed, punches nobody was told of among them', async () => {
      await using bench = await openBench(open)
      const { ask, deps } = consoleCaller(bench)
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
      const { ask, deps } = consoleCaller(bench)
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
      const { ask } = consoleCaller(bench)
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
      const { ask } = consoleCaller(bench)
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
      const { ask } = consoleCaller(bench)
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
      const { ask } = consoleCaller(bench)
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
      const { ask } = consoleCaller(bench)
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
