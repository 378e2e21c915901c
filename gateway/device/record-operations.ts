import type { EventBody } from '#contract/events.ts'
import { readAlarmEvents } from '../doors/alarms/read-signs.ts'
import { noteMovements } from '../doors/note-movement.ts'
import { keepReportedPicture } from '../people/portraits.ts'
import { keepReportedTemplate, noteReportedUser } from '../people/report.ts'
import { noteReportedDeletion } from '../people/report-deletion.ts'
import { adoptTappedCard } from '../people/tapped-card.ts'
import type { DeviceRow } from '../store/devices.ts'
import { type NewDoorEvent, recordDoorEvent } from '../store/doors.ts'
import type { Write } from '../store/index.ts'
import { savePerson } from '../store/people.ts'
import { type LogEntry, saveLog } from '../store/terminal-log.ts'
import { readLocalTime } from '../time/zone.ts'
import type { UploadDeps } from './context.ts'
import type { OperationRow, OperlogRecord } from './protocol/attendance/operlog-records.ts'
import { type DoorFact, doorFactOf } from './protocol/codes.ts'
import { settleError } from './settle-error.ts'
import { deletedUser, saidBefore, userDeletedEvent, userUpdated } from './user-news.ts'

const doorEvents: Readonly<Partial<Record<DoorFact, NewDoorEvent['event']>>> = {
  'door-open': 'Opened',
  'door-closed': 'Closed',
  'exit-button': 'ExitButton',
  'door-forced': 'Forced',
  'device-tampered': 'Tamper',
  'alarm-cancelled': 'AlarmCancelled',
}

/**
 * Takes in what a terminal reports beside punches: people it knows, their templates and pictures, sealed, and door
 * facts of its alarm rows.
 */
export async function recordOperations(
  deps: Pick<UploadDeps, 'config' | 'clock' | 'log'>,
  write: Write,
  device: DeviceRow,
  records: readonly OperlogRecord[],
  receivedAt: number,
): Promise<EventBody[]> {
  const events: EventBody[] = []
  await saveLog(
    write,
    device.sn,
    receivedAt,
    records.flatMap(record => logEntries(record, receivedAt)),
  )
  for (const record of records) {
    if (record.kind === 'user') {
      const before = await saidBefore(write, device.sn, record.pin)
      await savePerson(write, device.sn, record, receivedAt)
      const said = { before, now: await saidBefore(write, device.sn, record.pin) }
      const event = userUpdated(device, record, said, receivedAt)
      if (event) events.push(event)
      await adoptTappedCard(deps, write, device, record, receivedAt)
      await noteReportedUser(deps, write, device, record, receivedAt)
    }
    if (record.kind === 'operation') {
      const deleted = deletedUser(record)
      if (deleted !== null) {
        const { instant } = readLocalTime(deleted.local, device.zone, receivedAt)
        await noteReportedDeletion(write, device, { pin: deleted.pin, deletedAt: instant }, receivedAt)
      }
      const event =
        (await userDeletedEvent(write, device, record, receivedAt)) ??
        (await recordDoorFact(write, device, record, receivedAt))
      if (event) events.push(event)
    }
    if (record.kind === 'error') await settleError(deps, write, device, record)
    if (record.kind === 'template') await keepReportedTemplate(deps, write, device, record, receivedAt)
    if (record.kind === 'picture') await keepReportedPicture(deps, write, record)
  }
  return events
}

/** An event this old says nothing about an order given now. */
const liveMs = 60_000

/** An error carries no time: without the id of a command, the same one ten minutes later is another one. */
const sameErrorMs = 10 * 60_000

function logEntries(record: OperlogRecord, receivedAt: number): LogEntry[] {
  if (record.kind === 'error') {
    const about = [record.message, record.origin, record.commandId, record.additional]
      .filter(Boolean)
      .join(' ')
    const when = record.commandId === null ? Math.floor(receivedAt / sameErrorMs) : ''
    const identity = `error|${record.code}|${about}|${when}`
    return [{ kind: 'error', code: record.code, operator: null, about, local_time: null, identity }]
  }
  if (record.kind !== 'operation') return []
  const about = record.objects
    .map(object => object ?? '')
    .join(' ')
    .trim()
  const code = String(record.operation)
  const local_time = record.time.local ?? null
  const identity = `operation|${local_time ?? record.time.epochSeconds}|${code}|${record.operator}|${about}`
  return [{ kind: 'operation', code, operator: record.operator, about, local_time, identity }]
}

async function recordDoorFact(
  write: Write,
  device: DeviceRow,
  row: OperationRow,
  receivedAt: number,
): Promise<EventBody | null> {
  const fact = doorFactOf(row.operation, row.objects)
  const event = fact === null ? undefined : doorEvents[fact]
  if (event === undefined || row.time.local === undefined) return null
  if (device.has_door === 0)
    await write.updateTable('device').set({ has_door: 1 }).where('sn', '=', device.sn).execute()
  const { instant } = readLocalTime(row.time.local, device.zone, receivedAt)
  if (Math.abs(receivedAt - instant) < liveMs && (event === 'Opened' || event === 'Closed'))
    await noteMovements(
      write,
      device.sn,
      [{ door: 1, what: event === 'Opened' ? 'opened' : 'closed', by: 'event' }],
      receivedAt,
    )
  const told = await recordDoorEvent(write, device, {
    doorNo: 1,
    event,
    employeeCode: null,
    localTime: row.time.local,
    instant,
    receivedAt,
    commandId: null,
    identity: `oplog-${row.time.local}-${row.operation}-${row.operator}-${row.objects.join('-')}`,
  })
  if (told) await readAlarmEvents(write, device, [told], () => instant, receivedAt)
  return told
}
