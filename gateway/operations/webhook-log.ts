import type { z } from 'zod'
import type { WebhookIssue } from '#contract/entities/delivery.ts'
import { AttemptOutcome } from '#contract/entities/delivery.ts'
import { CallbackFormat, EventName } from '#contract/entities/subscription.ts'
import { OperationError } from '#contract/errors.ts'
import { type EventBody, events } from '#contract/events.ts'
import { requirePermission } from '../http/caller.ts'
import {
  countDeliveries,
  type DeliveryRow,
  findAttempts,
  findDeliveries,
  findDelivery,
} from '../store/deliveries.ts'
import { toIso } from '../store/devices.ts'
import { hideQueryValues, hurryLanes, readEvents } from '../store/webhooks.ts'
import { catalogue } from '../webhooks/catalogue.ts'
import { formOf } from '../webhooks/formats/forms.ts'
import { findIssues, type IssueRow, setIssue } from '../webhooks/issues.ts'
import { requeue } from '../webhooks/jobs/queue.ts'
import { shownAttempt, shownDelivery, storedState, withoutPerson } from '../webhooks/shown-delivery.ts'
import { traceEvent } from '../webhooks/trace.ts'
import type { Call, Handlers } from './handler.ts'
import { requireSubscription, visibleToken } from './webhook-scope.ts'

export const webhookLogHandlers = {
  async 'webhooks.deliveries'(input, call) {
    const { read } = call.deps.store
    const filter = {
      tokenId: visibleToken(call),
      subscriptionId: input.SubscriptionID,
      states: input.State?.map(storedState),
      kinds: input.Kind?.map(storedState),
      statusClasses: input.StatusClass,
      outcomes: input.Outcome,
      events: input.Event,
      sn: input.DeviceSN,
      employeeCode: input.EmployeeCode,
      from: input.From === undefined ? undefined : Date.parse(input.From),
      to: input.To === undefined ? undefined : Date.parse(input.To),
      text: input.Text === '' ? undefined : input.Text,
    }
    const { rows, paging } = await findDeliveries(read, filter, {
      offSet: input.OffSet,
      limit: input.Limit,
    })
    const NewCount =
      input.CountAfter === undefined ? null : await countDeliveries(read, filter, Number(input.CountAfter))
    return { status: 200, body: { Deliveries: rows.map(shownDelivery), ...paging, NewCount } }
  },

  async 'webhooks.delivery'({ DeliveryID }, call) {
    const { read } = call.deps.store
    const row = await requireDelivery(call, DeliveryID)
    const [kept, subscription, attempts] = await Promise.all([
      read.selectFrom('outbox').select('body').where('id', '=', row.outbox_id).executeTakeFirst(),
      requireSubscription(call, row.subscription_id),
      findAttempts(read, row.id),
    ])
    const form = formOf(subscription.format)
    const encrypted = subscription.body_key !== null
    // Written by recordEvents from a value of this very type.
    const event = kept ? (JSON.parse(kept.body) as EventBody) : null
    const token = subscription.callback_token === null ? null : '[hidden]'
    return {
      status: 200,
      body: {
        Delivery: shownDelivery(row),
        Format: CallbackFormat.parse(subscription.format),
        ContentType: encrypted ? 'text/plain' : form.contentType,
        Encrypted: encrypted,
        RequestBody: event && form.write(withoutPerson(event), token),
        FullRequestBody: event && form.write(event, token),
        // A replay starts counting anew; here they are one after the other.
        Attempts: attempts
          .sort((a, b) => a.id - b.id)
          .map((attempt, index) => ({ ...shownAttempt(attempt, row, encrypted), Number: index + 1 })),
      },
    }
  },

  async 'webhooks.replay'({ DeliveryID }, call) {
    const { store, clock, wakeDelivery } = call.deps
    const row = await requireDelivery(call, DeliveryID)
    const now = clock.now()
    if (row.state === 'pending') {
      if (row.subscription_state !== 'Active')
        throw new OperationError('DELIVERY_BUSY', { detail: 'It waits, because its receiver is paused' })
      // What waits is not sent twice; it is tried now.
      await store.write(write => hurryLanes(write, row.subscription_id, now, row.lane))
    } else {
      await store.write(write =>
        requeue(write, store.dialect, [{ id: row.id, lane: row.lane }], {
          subscriptionId: row.subscription_id,
          jobId: null,
          now,
        }),
      )
    }
    wakeDelivery()
    return { status: 200, body: { DeliveryID } }
  },

  async 'webhooks.issues'({ SubscriptionID, State }, call) {
    const rows = await findIssues(call.deps.store.read, {
      subscriptionId: SubscriptionID,
      tokenId: visibleToken(call),
      states: State?.map(storedState),
    })
    return { status: 200, body: { Issues: rows.map(shownIssue) } }
  },

  async 'webhooks.setIssue'({ IssueID, State, SnoozeHours }, call) {
    const { store, clock } = call.deps
    const mine = await findIssues(store.read, {
      subscriptionId: undefined,
      tokenId: visibleToken(call),
      states: undefined,
    })
    const now = clock.now()
    const isThere = mine.some(({ id }) => id === Number(IssueID))
    const changed =
      isThere &&
      (await store.write(write =>
        setIssue(write, Number(IssueID), {
          state: storedState(State),
          snoozedUntil: State === 'Snoozed' ? now + SnoozeHours * 3_600_000 : null,
          actor: call.caller.actor ?? 'token',
          now,
        }),
      ))
    if (!changed) throw new OperationError('ISSUE_NOT_FOUND', { field: 'IssueID' })
    return { status: 200, body: { IssueID } }
  },

  async 'webhooks.events'() {
    return { status: 200, body: { Events: catalogue() } }
  },

  async 'webhooks.missed'({ SubscriptionID, AfterSequence, BeforeSequence, Limit }, call) {
    const { read } = call.deps.store
    const row = await requireSubscription(call, SubscriptionID)
    for (const name of readEvents(row.events)) requirePermission(call.caller, events[name].permission)
    const sequence = await read
      .selectFrom('webhook_sequence')
      .select('last')
      .where('subscription_id', '=', row.id)
      .executeTakeFirst()
    const numbered = read
      .selectFrom('delivery')
      .innerJoin('outbox', 'outbox.id', 'delivery.outbox_id')
      .where('delivery.subscription_id', '=', row.id)
      .where('delivery.seq', 'is not', null)
      .orderBy('delivery.id')
    const oldest = await numbered.select('delivery.seq').limit(1).executeTakeFirst()
    const rows = await numbered
      .select(['delivery.seq', 'delivery.state', 'outbox.event', 'outbox.operation_id', 'outbox.body'])
      .where('delivery.seq', '>', AfterSequence)
      .$if(BeforeSequence !== undefined, query => query.where('delivery.seq', '<', BeforeSequence ?? 0))
      .limit(Limit)
      .execute()
    return {
      status: 200,
      body: {
        LastSequence: sequence?.last ?? 0,
        OldestKept: oldest?.seq ?? null,
        Missed: rows.map(missed => ({
          Sequence: missed.seq ?? 0,
          Event: EventName.parse(missed.event),
          OperationID: missed.operation_id,
          State: stateOf(missed.state),
          EventBody: { ...(JSON.parse(missed.body) as EventBody) },
        })),
      },
    }
  },

  async 'webhooks.trace'({ DeliveryID, TracedID }, call) {
    const row = DeliveryID === undefined ? null : await requireDelivery(call, DeliveryID)
    const id = row?.operation_id ?? TracedID
    if (id === undefined)
      throw new OperationError('INVALID_INPUT', {
        field: 'DeliveryID',
        detail: 'Name a delivery, or the id of what happened as TracedID',
      })
    return { status: 200, body: await traceEvent(call.deps.store.read, id, visibleToken(call)) }
  },
} satisfies Partial<Handlers>

const states = { pending: 'Pending', delivered: 'Delivered', parked: 'Parked', skipped: 'Skipped' } as const

function stateOf(state: string): (typeof states)[keyof typeof states] {
  return states[state as keyof typeof states] ?? 'Pending'
}

/** A delivery the caller may see, or DELIVERY_NOT_FOUND. */
async function requireDelivery(call: Call, id: string): Promise<DeliveryRow> {
  const row = await findDelivery(call.deps.store.read, Number(id))
  const token = visibleToken(call)
  if (row && (token === null || row.token_id === token)) return row
  throw new OperationError('DELIVERY_NOT_FOUND', {
    field: 'DeliveryID',
    detail: `There is no delivery ${id}`,
  })
}

const issueStates = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  snoozed: 'Snoozed',
  resolved: 'Resolved',
} as const

function shownIssue(row: IssueRow & { url: string; name: string | null }): z.output<typeof WebhookIssue> {
  return {
    IssueID: String(row.id),
    SubscriptionID: row.subscription_id,
    Name: row.name,
    CallbackUrl: hideQueryValues(row.url),
    State: issueStates[row.state as keyof typeof issueStates] ?? 'Open',
    Event: EventName.parse(row.event),
    Outcome: AttemptOutcome.catch('broken').parse(row.outcome),
    Status: row.status,
    Detail: row.detail,
    Times: row.times,
    FirstAt: new Date(row.first_at).toISOString(),
    LastAt: new Date(row.last_at).toISOString(),
    SnoozedUntil: toIso(row.snoozed_until),
    SettledAt: toIso(row.settled_at),
    BySomebody: row.settled_by !== null,
    LastDeliveryID: String(row.last_delivery),
  }
}
