import type { OperationAnswer, OperationInput } from '#contract/types.ts'
import { present, readInt, readOneOf, readText } from '../../../../api/search.ts'

type Input = OperationInput<'webhooks.deliveries'>
export type Delivery = OperationAnswer<'webhooks.deliveries'>['Deliveries'][number]

export const deliveryStates = ['Pending', 'Delivered', 'Parked', 'Skipped'] as const
export const statusClasses = ['2xx', '3xx', '4xx', '5xx', 'none'] as const
export const deliveryKinds = ['Live', 'Test', 'Replay', 'Copy'] as const
export const eventIds = [
  'OnAttendance',
  'OnDeviceStatus',
  'OnUserSync',
  'OnMigration',
  'OnCommand',
  'OnDoor',
  'OnUserUpdated',
  'OnUserDeleted',
] as const
const outcomes = [
  'delivered',
  'not-acknowledged',
  'redirected',
  'rejected',
  'gone',
  'throttled',
  'broken',
  'timeout',
  'unreachable',
  'refused-address',
  'unspeakable',
] as const

/** `/webhooks/deliveries?receiver=&state=&class=&event=&kind=&device=&person=&from=&to=&text=&delivery=&trace=`; `trace` is the id of what happened. */
export function readDeliverySearch(search: Record<string, unknown>) {
  return present({
    receiver: readText(search, 'receiver', 64),
    state: readOneOf(search, 'state', deliveryStates),
    class: readOneOf(search, 'class', statusClasses),
    outcome: readOneOf(search, 'outcome', outcomes),
    event: readOneOf(search, 'event', eventIds),
    kind: readOneOf(search, 'kind', deliveryKinds),
    device: readText(search, 'device', 64),
    person: readText(search, 'person', 64),
    from: readMoment(search, 'from'),
    to: readMoment(search, 'to'),
    text: readText(search, 'text', 100),
    delivery: readInt(search, 'delivery', 1, Number.MAX_SAFE_INTEGER),
    trace: readText(search, 'trace', 64),
  })
}

export type DeliverySearch = ReturnType<typeof readDeliverySearch>

/** A moment as a local date field has it, `YYYY-MM-DDTHH:MM`. */
function readMoment(search: Record<string, unknown>, name: string): string | undefined {
  const text = readText(search, name, 16)
  return text && /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) ? text : undefined
}

/** The filters as the operation takes them; moments are meant on the reader's clock. */
export function deliveryFilter(search: Omit<DeliverySearch, 'delivery' | 'trace'>): Input {
  const instant = (text: string | undefined) => (text ? new Date(text).toISOString() : undefined)
  return present({
    SubscriptionID: search.receiver,
    State: search.state && [search.state],
    StatusClass: search.class && [search.class],
    Outcome: search.outcome && [search.outcome],
    Event: search.event && [search.event],
    Kind: search.kind && [search.kind],
    DeviceSN: search.device,
    EmployeeCode: search.person,
    From: instant(search.from),
    To: instant(search.to),
    Text: search.text,
  })
}

/** How many filters are set. */
export function countFilters({ delivery: _, trace: __, ...filters }: DeliverySearch): number {
  return Object.keys(filters).length
}
