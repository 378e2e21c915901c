import { z } from 'zod'
import { type Attempt, AttemptOutcome, type Delivery } from '#contract/entities/delivery.ts'
import { CallbackFormat, EventName } from '#contract/entities/subscription.ts'
import type { EventBody } from '#contract/events.ts'
import { maskText } from '#contract/file-headers.ts'
import { signatureHeaders } from '#contract/signature.ts'
import type { AttemptRow, DeliveryRow } from '../store/deliveries.ts'
import { toIso } from '../store/devices.ts'
import { dashboardCallbackLabel } from '../store/tokens.ts'
import { hideQueryValues } from '../store/webhooks.ts'
import { ownHeaders } from './deliver.ts'
import { formOf } from './formats/forms.ts'

const states = { pending: 'Pending', delivered: 'Delivered', parked: 'Parked', skipped: 'Skipped' } as const
const kinds = { live: 'Live', test: 'Test', replay: 'Replay', copy: 'Copy' } as const

/** Rows have the words of the store, the contract has its own. */
export const storedState = (state: string) => state.toLowerCase()

/** A delivery as the contract shows it. */
export function shownDelivery(row: DeliveryRow): z.output<typeof Delivery> {
  const isHead = row.lane_head === row.id
  const isPending = row.state === 'pending'
  const isActive = row.subscription_state === 'Active'
  const next = isPending && isHead && isActive ? Math.max(row.lane_due ?? 0, row.breaker_until ?? 0) : null
  return {
    DeliveryID: String(row.id),
    SubscriptionID: row.subscription_id,
    Name: row.name,
    CallbackUrl: hideQueryValues(row.url),
    Protected: row.token_label === dashboardCallbackLabel,
    Event: EventName.parse(row.event),
    OperationID: row.operation_id,
    DeviceSN: row.sn,
    LabelName: row.label,
    EmployeeCode: row.employee_code,
    Sequence: row.seq,
    Kind: kinds[row.kind as keyof typeof kinds] ?? 'Live',
    State: states[row.state as keyof typeof states] ?? 'Pending',
    Attempts: row.attempts,
    CreatedAt: new Date(row.created_at).toISOString(),
    SettledAt: toIso(row.settled_at),
    LastStatus: row.last_status,
    LastOutcome: outcomeOf(row.last_outcome),
    LastError: row.last_error,
    LastMs: row.last_ms,
    LastAt: toIso(row.last_at),
    NextAttemptAt: toIso(next === 0 ? null : next),
    WaitsForID: isPending && !isHead && row.lane_head !== null ? String(row.lane_head) : null,
    JobID: row.job_id === null ? null : String(row.job_id),
  }
}

function outcomeOf(text: string | null): z.output<typeof AttemptOutcome> | null {
  const known = AttemptOutcome.safeParse(text)
  return known.success ? known.data : null
}

const Phases = z.tuple([
  z.number(),
  z.number().nullable(),
  z.number().nullable(),
  z.number().nullable(),
  z.number().nullable(),
  z.string().nullable(),
])
const Pairs = z.array(z.tuple([z.string(), z.string()]))

/** An attempt as the contract shows it; the request's headers are made again from what they were made of. */
export function shownAttempt(
  row: AttemptRow,
  delivery: Pick<DeliveryRow, 'operation_id' | 'seq' | 'kind'>,
  encrypted: boolean,
): z.output<typeof Attempt> {
  const format = CallbackFormat.safeParse(row.format)
  const timing = row.timing === null ? null : Phases.parse(JSON.parse(row.timing))
  const headers = row.headers === null ? [] : Pairs.parse(JSON.parse(row.headers))
  return {
    Number: row.number,
    StartedAt: new Date(row.started_at).toISOString(),
    DurationMs: row.duration_ms,
    Status: row.status,
    Outcome: outcomeOf(row.outcome) ?? 'broken',
    Error: row.error,
    CallbackUrl: row.url,
    Format: format.success ? format.data : null,
    RequestHeaders: requestHeaders(row, delivery, encrypted),
    ResponseHeaders: headers.map(([Name, Value]) => ({ Name, Value })),
    Response: row.response,
    Timing: timing && {
      NewConnection: timing[0] === 1,
      DnsMs: timing[1],
      ConnectMs: timing[2],
      TlsMs: timing[3],
      FirstByteMs: timing[4],
      Address: timing[5],
    },
  }
}

function requestHeaders(
  row: AttemptRow,
  { operation_id, seq, kind }: Pick<DeliveryRow, 'operation_id' | 'seq' | 'kind'>,
  encrypted: boolean,
): { Name: string; Value: string }[] {
  const form = formOf(row.format ?? 'v3')
  return [
    { Name: 'content-type', Value: encrypted ? 'text/plain' : form.contentType },
    { Name: signatureHeaders.id, Value: operation_id },
    { Name: signatureHeaders.timestamp, Value: String(Math.floor(row.started_at / 1000)) },
    { Name: signatureHeaders.signature, Value: 'v1,[hidden]' },
    ...(seq === null ? [] : [{ Name: ownHeaders.sequence, Value: String(seq) }]),
    ...(kind === 'live' ? [] : [{ Name: ownHeaders.kind, Value: kind }]),
  ]
}

const personal = ['EmployeeCode', 'EmployeeName', 'FirstName', 'LastName'] as const

/** The same event about nobody: for those who may look after deliveries, and not into who did what. */
export function withoutPerson(event: EventBody): EventBody {
  const covered = Object.fromEntries(
    Object.entries(event).map(([name, value]) => [
      name,
      personal.some(each => each === name) && typeof value === 'string' && value !== '' ? maskText : value,
    ]),
  )
  return covered as EventBody // the same keys with text for text
}
