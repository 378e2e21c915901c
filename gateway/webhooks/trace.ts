import { EventName } from '#contract/entities/subscription.ts'
import type { EventBody, EventId } from '#contract/events.ts'
import type { OperationAnswer } from '#contract/types.ts'
import { findDeliveries } from '../store/deliveries.ts'
import type { Reader } from '../store/index.ts'
import { punchName } from '../store/punches.ts'
import { shownDelivery } from './shown-delivery.ts'

type Trace = OperationAnswer<'webhooks.trace'>
type Origin = NonNullable<Trace['Origin']>

const kinds: Readonly<Record<EventId, Origin['Kind']>> = {
  OnAttendance: 'Punch',
  OnDoor: 'Door',
  OnCommand: 'Command',
  OnDeviceStatus: 'Terminal',
  OnUserSync: 'Person',
  OnUserUpdated: 'Person',
  OnUserDeleted: 'Person',
  OnMigration: 'Job',
}

/** What happened under an id, and every delivery of it. `tokenId`: only receivers of that token. */
export async function traceEvent(reader: Reader, id: string, tokenId: number | null): Promise<Trace> {
  const told = await reader
    .selectFrom('outbox')
    .select(['event', 'body', 'occurred_at'])
    .where('operation_id', '=', id)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  const { rows } = await findDeliveries(
    reader,
    { tokenId, operationId: id },
    { offSet: undefined, limit: 200 },
  )
  // Written by recordEvents from a value of this very type.
  const event = told ? (JSON.parse(told.body) as EventBody) : null
  const fromStore = await storedOrigin(reader, id)
  return {
    TracedID: id,
    Event: told ? EventName.parse(told.event) : null,
    Origin: fromStore ?? (event && originOf(event)),
    RecordedAt: event?.OccurredAt ?? null,
    Deliveries: rows.map(shownDelivery),
  }
}

/** The punch or door event itself, which is kept when deliveries no longer are. */
async function storedOrigin(reader: Reader, id: string): Promise<Origin | null> {
  if (/^p[0-9a-z]{11}$/.test(id)) {
    const row = await reader
      .selectFrom('punch')
      .leftJoin('device', 'device.sn', 'punch.sn')
      .select(['punch.id', 'punch.sn', 'local_time', 'received_at', 'employee_code', 'direction', 'label'])
      .where('punch.id', '=', Number.parseInt(id.slice(1), 36))
      .executeTakeFirst()
    if (!row || punchName(row.id) !== id) return null
    return { Kind: 'Punch', ...about(row), What: row.direction }
  }
  if (!/^d\d{1,15}$/.test(id)) return null
  const row = await reader
    .selectFrom('door_event')
    .leftJoin('device', 'device.sn', 'door_event.sn')
    .select(['door_event.sn', 'local_time', 'received_at', 'employee_code', 'event', 'label'])
    .where('door_event.id', '=', Number(id.slice(1)))
    .executeTakeFirst()
  return row ? { Kind: 'Door', ...about(row), What: row.event } : null
}

function about(row: {
  sn: string
  label: string | null
  local_time: string
  received_at: number
  employee_code: string | null
}) {
  return {
    DeviceSN: row.sn,
    LabelName: row.label,
    LocalTime: row.local_time,
    ReceivedAt: new Date(row.received_at).toISOString(),
    EmployeeCode: row.employee_code,
  }
}

function originOf(event: EventBody): Origin {
  return {
    Kind: event.OperationID.startsWith('test-') ? 'Test' : kinds[event.Event],
    DeviceSN: event.DeviceSN,
    LabelName: 'LabelName' in event ? event.LabelName : null,
    LocalTime: null,
    ReceivedAt: null,
    EmployeeCode: 'EmployeeCode' in event ? event.EmployeeCode : null,
    What: whatOf(event),
  }
}

function whatOf(event: EventBody): string {
  if (event.Event === 'OnAttendance') return event.Direction
  if (event.Event === 'OnDoor') return event.DoorEvent
  if (event.Event === 'OnCommand') return `${event.Operation} ${event.State}`
  if ('Status' in event) return event.Status
  return event.Event
}
