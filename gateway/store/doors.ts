import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import { DoorEvent } from '#contract/entities/door.ts'
import type { EventBody } from '#contract/events.ts'
import { type JsonColumnType, rowsFromJson } from '#platform/database/dialect.ts'
import { type Page, readPosition, toPage } from './cursor.ts'
import type { DeviceOverview, DeviceRow } from './devices.ts'
import { toIso } from './devices.ts'
import { controllerDoorStates, type DoorStateEntity } from './door-states.ts'
import type { Reader, Store, Write } from './index.ts'
import type { PageRequest } from './punches.ts'
import type { DoorEventTable } from './schema.ts'

export type DoorEventEntity = z.output<typeof DoorEvent>
type DoorEventRow = Selectable<DoorEventTable>
type DoorEventName = DoorEventEntity['Event']

export interface NewDoorEvent {
  readonly doorNo: number
  readonly event: DoorEventName
  readonly employeeCode: string | null
  readonly localTime: string
  readonly instant: number
  readonly receivedAt: number
  readonly commandId: number | null
  readonly identity: string
  /** What the terminal says it was, in words. */
  readonly detail?: string | null
  /** The line as sent. */
  readonly raw?: string | null
}

const sensorEvents: DoorEventName[] = ['Opened', 'Closed', 'Forced']
const alarmEvents: DoorEventName[] = ['Forced', 'Tamper', 'AlarmCancelled', 'Closed']

/** Keeps what happened at a door unless it is a repeat; answers the event to tell, or null for a repeat. */
export async function recordDoorEvent(
  write: Write,
  device: DeviceRow,
  event: NewDoorEvent,
): Promise<EventBody<'OnDoor'> | null> {
  const row = await write
    .insertInto('door_event')
    .values({ sn: device.sn, ...toRow(event) })
    .onConflict(conflict => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  return row ? toTold(device, row) : null
}

const columns = {
  door_no: 'integer',
  event: 'text',
  employee_code: 'text',
  local_time: 'text',
  instant: 'integer',
  received_at: 'integer',
  command_id: 'integer',
  identity: 'text',
  detail: 'text',
  raw: 'text',
} as const satisfies Record<keyof ReturnType<typeof toRow>, JsonColumnType>

/** The same for many, in one statement; answers those that are new, in the order of their keeping. */
export async function recordDoorEvents(
  write: Write,
  dialect: Store['dialect'],
  device: DeviceRow,
  events: readonly NewDoorEvent[],
): Promise<EventBody<'OnDoor'>[]> {
  if (events.length === 0) return []
  const names = sql.join(Object.keys(columns).map(name => sql.ref(name)))
  const { rows } = await sql<DoorEventRow>`
    insert into door_event (sn, ${names}) select ${device.sn}, ${names}
    from ${rowsFromJson(dialect, columns, events.map(toRow))} as given where true
    on conflict do nothing returning *`.execute(write)
  return rows.sort((a, b) => a.id - b.id).map(row => toTold(device, row))
}

function toRow(event: NewDoorEvent) {
  return {
    door_no: event.doorNo,
    event: event.event,
    employee_code: event.employeeCode,
    local_time: event.localTime,
    instant: event.instant,
    received_at: event.receivedAt,
    command_id: event.commandId,
    identity: event.identity,
    detail: event.detail ?? null,
    raw: event.raw ?? null,
  }
}

const openAfter: ReadonlySet<DoorEventName> = new Set(['Opened', 'Forced', 'HeldOpen'])

function toTold(device: DeviceRow, row: DoorEventRow): EventBody<'OnDoor'> {
  const { Event: what, ...entity } = toEntity({ ...row, label: device.label, actor: null })
  return {
    ...entity,
    Event: 'OnDoor',
    OperationID: `d${row.id}`,
    OccurredAt: new Date(row.received_at).toISOString(),
    DoorEvent: what,
    Site: device.site,
    State: openAfter.has(what) ? 'Open' : what === 'Closed' ? 'Closed' : 'Unknown',
  }
}

/** What is known of the doors of the given terminals. A terminal that is away makes every state unknown. */
export async function findDoorStates(
  reader: Reader,
  devices: readonly DeviceOverview[],
  doorNo: number | undefined,
): Promise<DoorStateEntity[]> {
  const states: DoorStateEntity[] = []
  for (const device of devices) {
    if (device.state !== 'adopted') continue
    if (device.flavour === 'access') states.push(...(await controllerDoorStates(reader, device)))
    else if (device.has_door === 1) states.push(await doorState(reader, device, 1))
  }
  return doorNo === undefined ? states : states.filter(state => state.DoorNo === doorNo)
}

async function doorState(reader: Reader, device: DeviceOverview, door: number): Promise<DoorStateEntity> {
  const latest = (names: DoorEventName[]) =>
    reader
      .selectFrom('door_event')
      .selectAll()
      .where('sn', '=', device.sn)
      .where('door_no', '=', door)
      .where('event', 'in', names)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
  const [sensor, alarm, last] = await Promise.all([
    latest(sensorEvents),
    latest(alarmEvents),
    reader
      .selectFrom('door_event')
      .select('received_at')
      .where('sn', '=', device.sn)
      .where('door_no', '=', door)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst(),
  ])
  const online = device.online === 1
  const known = online && sensor !== undefined
  return {
    DeviceSN: device.sn,
    DoorNo: door,
    DoorCount: 1,
    LabelName: device.label,
    Site: device.site,
    TimeZone: device.zone,
    State: known ? (sensor.event === 'Closed' ? 'Closed' : 'Open') : 'Unknown',
    LockState: 'Unknown',
    Alarm:
      alarm === undefined
        ? 'Unknown'
        : alarm.event === 'Forced'
          ? 'Forced'
          : alarm.event === 'Tamper'
            ? 'Tamper'
            : 'None',
    Since: known ? toIso(sensor.instant) : null,
    SeenAt: toIso(last?.received_at ?? null),
    Reason: !online ? 'device_offline' : known ? 'reported' : 'no_report',
    Online: online,
    AlsoSaid: null,
  }
}

export interface DoorEventFilter {
  /** null means every terminal. */
  readonly sns: readonly string[] | null
  readonly from: string
  readonly to: string
  readonly doorNo?: number | undefined
  readonly events?: readonly string[] | undefined
  readonly employeeCode?: string | undefined
}

/** A page of door events by local time, no cap on how far back. `sns` null means every terminal. */
export async function findDoorEvents(
  reader: Reader,
  filter: DoorEventFilter,
  page: PageRequest,
): Promise<Page<DoorEventEntity>> {
  const position = readPosition(page.offSet)
  const base = reader
    .selectFrom('door_event')
    .where('door_event.local_time', '>=', filter.from)
    .where('door_event.local_time', '<=', filter.to)
    .$if(filter.sns !== null, query =>
      query.where('door_event.sn', 'in', filter.sns && filter.sns.length > 0 ? [...filter.sns] : ['']),
    )
    .$if(filter.doorNo !== undefined, query => query.where('door_event.door_no', '=', filter.doorNo ?? 0))
    .$if(filter.events !== undefined, query =>
      query.where('door_event.event', 'in', [...(filter.events ?? [])]),
    )
    .$if(filter.employeeCode !== undefined, query =>
      query.where('door_event.employee_code', '=', filter.employeeCode ?? ''),
    )
  const total =
    position.kind === 'after'
      ? position.total
      : ((await base.select(sql<number>`count(*)`.as('total')).executeTakeFirst())?.total ?? 0)
  const ahead = page.order === 'asc' ? '>' : '<'
  const rows = await base
    .$if(position.kind === 'after', query => {
      const { key, id } = position as Extract<typeof position, { kind: 'after' }>
      return query.where(
        sql<boolean>`(door_event.local_time, door_event.id) ${sql.raw(ahead)} (${key}, ${id})`,
      )
    })
    .leftJoin('device', 'device.sn', 'door_event.sn')
    .leftJoin('command', 'command.id', 'door_event.command_id')
    .selectAll('door_event')
    .select(['device.label', 'command.actor'])
    .orderBy('door_event.local_time', page.order)
    .orderBy('door_event.id', page.order)
    .limit(page.limit + 1)
    .$if(position.kind === 'row', query => query.offset((position as { row: number }).row))
    .execute()
  const { rows: shown, paging } = toPage(rows, page.limit, total, row => ({
    key: row.local_time,
    id: row.id,
  }))
  return { rows: shown.map(toEntity), paging }
}

function toEntity(row: DoorEventRow & { label: string | null; actor: string | null }): DoorEventEntity {
  return {
    EventID: String(row.id),
    DeviceSN: row.sn,
    DoorNo: row.door_no,
    LabelName: row.label ?? row.sn,
    Event: DoorEvent.shape.Event.parse(row.event),
    EmployeeCode: row.employee_code,
    EventTime: row.local_time,
    ReceivedAt: new Date(row.received_at).toISOString(),
    CommandID: row.command_id === null ? null : String(row.command_id),
    Detail: row.detail,
    Actor: row.actor,
  }
}

/** One door event, or undefined; a text that is no id finds nothing. */
export async function findDoorEvent(reader: Reader, id: string): Promise<DoorEventEntity | undefined> {
  if (!/^[1-9]\d{0,14}$/.test(id)) return undefined
  const row = await reader
    .selectFrom('door_event')
    .leftJoin('device', 'device.sn', 'door_event.sn')
    .leftJoin('command', 'command.id', 'door_event.command_id')
    .selectAll('door_event')
    .select(['device.label', 'command.actor'])
    .where('door_event.id', '=', Number(id))
    .executeTakeFirst()
  return row && toEntity(row)
}
