import type { EventBody } from '#contract/events.ts'
import { storable } from '#platform/database/dialect.ts'
import type { DeviceRow } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import { userTypeOf } from '../store/people.ts'
import { firstAndLast } from '../store/people-names.ts'
import { formatOffset, localAt, readLocalTime } from '../time/zone.ts'
import type { OperationRow, UserRow } from './protocol/attendance/operlog-records.ts'
import { readPin } from './protocol/pin.ts'

/** People a terminal names within this time of its adoption are those it held already: no news. */
const firstReportMs = 10 * 60_000
/** iclock-push 11.3. */
const userDeleted = 9

/** What a terminal has said of somebody so far; null: nothing. */
export async function saidBefore(write: Write, sn: string, pin: string): Promise<string | null> {
  const row = await write
    .selectFrom('person_device')
    .select('said')
    .where('sn', '=', sn)
    .where('employee_code', '=', pin)
    .executeTakeFirst()
  return row === undefined ? null : (row.said ?? '')
}

/**
 * The event of a person's row, or null where it says nothing new: terminals send everybody they hold again after each
 * start. `before`: what the terminal had said, `now`: what is kept of it after this row.
 */
export function userUpdated(
  device: DeviceRow,
  row: UserRow,
  said: { readonly before: string | null; readonly now: string | null },
  receivedAt: number,
): EventBody<'OnUserUpdated'> | null {
  if (said.before !== null && said.before === said.now) return null
  if (said.before === null && receivedAt - (device.adopted_at ?? 0) < firstReportMs) return null
  const { first, last } = firstAndLast(storable(row.name ?? ''))
  const { local, offsetMinutes } = localAt(receivedAt, device.zone)
  return {
    Event: 'OnUserUpdated',
    OperationID: `uu${receivedAt.toString(36)}-${row.line}-${device.sn}`.slice(0, 64),
    OccurredAt: new Date(receivedAt).toISOString(),
    DeviceSN: device.sn,
    LabelName: device.label,
    Site: device.site,
    EmployeeCode: row.pin,
    OperationTime: `${local} ${formatOffset(offsetMinutes)}`,
    FirstName: row.name === null ? null : first,
    LastName: row.name === null ? null : last,
    UserType: userTypeOf(row.privilege),
  }
}

/** The event of a log row that says somebody was deleted; null for other rows, and for one told before. */
export async function userDeletedEvent(
  write: Write,
  device: DeviceRow,
  row: OperationRow,
  receivedAt: number,
): Promise<EventBody<'OnUserDeleted'> | null> {
  const deleted = deletedUser(row)
  if (deleted === null) return null
  const { pin, local } = deleted
  // Logs are uploaded again from the start after some faults: the same row is the same message.
  const OperationID = `ud${local.replace(/\D/g, '')}-${pin}-${device.sn}`.slice(0, 64)
  const told = await write
    .selectFrom('outbox')
    .select('id')
    .where('operation_id', '=', OperationID)
    .limit(1)
    .executeTakeFirst()
  if (told) return null
  const { offsetMinutes } = readLocalTime(local, device.zone, receivedAt)
  return {
    Event: 'OnUserDeleted',
    OperationID,
    OccurredAt: new Date(receivedAt).toISOString(),
    DeviceSN: device.sn,
    LabelName: device.label,
    Site: device.site,
    EmployeeCode: pin,
    OperationTime: `${local} ${formatOffset(offsetMinutes)}`,
  }
}

/** Whom a row of the log says to be deleted, and when; null for rows that say something else. */
export function deletedUser(row: OperationRow): { readonly pin: string; readonly local: string } | null {
  if (row.operation !== userDeleted || row.time.local === undefined) return null
  const deleted = readPin(row.objects[0] ?? '')
  return deleted.kind === 'ok' ? { pin: deleted.pin, local: row.time.local } : null
}
