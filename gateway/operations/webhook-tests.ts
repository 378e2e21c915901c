import { EventName } from '#contract/entities/subscription.ts'
import { OperationError } from '#contract/errors.ts'
import { type EventBody, type EventId, events } from '#contract/events.ts'
import { requirePermission } from '../http/caller.ts'
import { sampleOf } from '../webhooks/catalogue.ts'
import { examine } from '../webhooks/doctor.ts'
import { formOf } from '../webhooks/formats/forms.ts'
import { keepTest, sendNow } from '../webhooks/send-now.ts'
import type { Handlers } from './handler.ts'
import { requireSubscription } from './webhook-scope.ts'

export const webhookTestHandlers = {
  async 'webhooks.test'({ SubscriptionID, Event, Body }, call) {
    const { deps, caller } = call
    const row = await requireSubscription(call, SubscriptionID)
    const name = EventName.safeParse(Event)
    if (!name.success)
      throw new OperationError('INVALID_INPUT', { field: 'Event', detail: `There is no event ${Event}` })
    requirePermission(caller, events[name.data].permission)
    if (!formOf(row.format).events.has(name.data))
      throw new OperationError('INVALID_INPUT', {
        field: 'Event',
        detail: `The form ${row.format} has no words for ${name.data}`,
      })
    const now = deps.clock.now()
    const id = `test-${now.toString(36)}`
    const event = Body === undefined ? sampleOf(name.data, id) : readBody(name.data, Body, id)
    const sent = await sendNow(deps, row, { ...event, OccurredAt: new Date(now).toISOString() })
    if (sent === null)
      throw new OperationError('INVALID_INPUT', {
        detail: 'The signing secret cannot be opened with the present key; rotate it',
      })
    const deliveryId = await keepTest(deps, row, event, sent)
    return {
      status: 200,
      body: {
        DeliveryID: String(deliveryId),
        Outcome: sent.outcome,
        Status: sent.status,
        Error: sent.error,
        DurationMs: sent.durationMs,
        Response: sent.response,
      },
    }
  },

  async 'webhooks.check'({ SubscriptionID, WrongSignature }, call) {
    const row = await requireSubscription(call, SubscriptionID)
    const Steps = await examine(call.deps, row, WrongSignature)
    return { status: 200, body: { SubscriptionID: row.id, Steps } }
  },
} satisfies Partial<Handlers>

/** An edited body, checked with the event's own schema; it keeps the name of the event and gets an id of its own. */
function readBody(event: EventId, given: string | Record<string, unknown>, id: string): EventBody {
  const fields = typeof given === 'string' ? parseJson(given) : given
  const parsed = events[event].body.safeParse({ ...fields, Event: event, OperationID: id })
  if (parsed.success) return parsed.data as EventBody // which of them is what the name says
  const issue = parsed.error.issues[0]
  throw new OperationError('INVALID_INPUT', {
    field: 'Body',
    detail: `${issue?.path.join('.') || 'The body'}: ${issue?.message ?? 'cannot be read'}`,
  })
}

function parseJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'it is no JSON'
    throw new OperationError('INVALID_INPUT', { field: 'Body', detail: `Body: ${detail}` })
  }
  throw new OperationError('INVALID_INPUT', { field: 'Body', detail: 'Body must be an object' })
}
