import type { z } from 'zod'
import type { Emergency, EmergencyDoor } from '#contract/entities/emergency.ts'
import { toIso } from '../../store/devices.ts'
import type { EmergencyDoorRow, EmergencyRow } from '../../store/emergencies.ts'

type DoorEntity = z.output<typeof EmergencyDoor>
type EmergencyEntity = z.output<typeof Emergency>

/** Where somebody has to go first. */
const order: readonly DoorEntity['State'][] = [
  'Unreachable',
  'Failed',
  'Unconfirmed',
  'NotSupported',
  'Queued',
  'Sent',
  'Confirmed',
  'DrillOnly',
]

/** Share of the doors whose word makes a lockdown count as taken effect. */
const share = 0.95

/** How far one door is. Pure; `returns` is what became of its return order, by `SN/1`. */
export function emergencyDoor(
  emergency: EmergencyRow,
  row: EmergencyDoorRow,
  returnState: DoorEntity['ReturnState'],
): DoorEntity {
  const state = stateOf(emergency, row)
  return {
    DeviceSN: row.sn,
    DoorNo: row.door_no,
    LabelName: row.label,
    DoorName: row.name,
    Site: row.site,
    State: state,
    Since: new Date(sinceOf(state, row)).toISOString(),
    SeenAt: toIso(row.last_seen_at),
    ConfirmedAt: toIso(row.confirmed_at),
    AfterMs: row.confirmed_at === null ? null : Math.max(0, row.confirmed_at - emergency.started_at),
    Tries: row.tries,
    CommandID: row.command_id === null ? null : String(row.command_id),
    Error: errorOf(emergency, state, row),
    ReturnState: returnState,
  }
}

function stateOf(emergency: EmergencyRow, row: EmergencyDoorRow): DoorEntity['State'] {
  if (row.confirmed_at !== null) return 'Confirmed'
  if (row.supported === 0) return 'NotSupported'
  if (emergency.moves_relays === 0) return row.online === 1 ? 'DrillOnly' : 'Unreachable'
  switch (row.state) {
    case 'done':
      return 'Confirmed'
    case 'queued':
      return 'Queued'
    case 'sent':
      return 'Sent'
    case 'failed':
      return 'Failed'
    case 'unconfirmed':
      return 'Unconfirmed'
    default:
      return 'Unreachable'
  }
}

function sinceOf(state: DoorEntity['State'], row: EmergencyDoorRow): number {
  if (state === 'Sent') return row.sent_at ?? row.last_try_at
  if (state === 'Unreachable') return row.last_seen_at ?? row.last_try_at
  return row.confirmed_at ?? row.completed_at ?? row.last_try_at
}

function errorOf(emergency: EmergencyRow, state: DoorEntity['State'], row: EmergencyDoorRow): string | null {
  if (state === 'NotSupported')
    return emergency.kind === 'Lockdown'
      ? 'This terminal cannot be locked down from afar'
      : 'This terminal can only open its door for a few seconds'
  return state === 'Confirmed' || state === 'DrillOnly' ? null : row.error
}

/** Doors that need somebody first, each the longer it has been so. */
export function byNeed(a: DoorEntity, b: DoorEntity): number {
  return (
    order.indexOf(a.State) - order.indexOf(b.State) ||
    a.Since.localeCompare(b.Since) ||
    a.LabelName.localeCompare(b.LabelName) ||
    a.DoorNo - b.DoorNo
  )
}

/** The whole of it with its counts. Pure. */
export function emergencyEntity(emergency: EmergencyRow, doors: readonly DoorEntity[]): EmergencyEntity {
  const count = (...states: DoorEntity['State'][]) =>
    doors.filter(({ State }) => states.includes(State)).length
  return {
    EmergencyID: String(emergency.id),
    Kind: emergency.kind === 'Evacuation' ? 'Evacuation' : 'Lockdown',
    Scope: scopeOf(emergency.scope),
    ScopeName: emergency.scope_name,
    Drill: emergency.drill === 1,
    MovesRelays: emergency.moves_relays === 1,
    Reason: emergency.reason,
    StartedAt: new Date(emergency.started_at).toISOString(),
    StartedBy: emergency.started_by,
    EndedAt: toIso(emergency.ended_at),
    EndedBy: emergency.ended_by,
    EndNote: emergency.end_note,
    Doors: doors.length,
    Confirmed: count('Confirmed'),
    Pending: count('Queued', 'Sent'),
    Unreachable: count('Unreachable'),
    Failed: count('Failed', 'Unconfirmed', 'NotSupported'),
    Returned: doors.filter(({ ReturnState }) => ReturnState === 'Returned').length,
    Ms95: time95(doors),
  }
}

function time95(doors: readonly DoorEntity[]): number | null {
  if (doors.length === 0) return null
  const times = doors.flatMap(({ AfterMs }) => (AfterMs === null ? [] : [AfterMs])).sort((a, b) => a - b)
  return times[Math.ceil(doors.length * share) - 1] ?? null
}

function scopeOf(scope: string): EmergencyEntity['Scope'] {
  return scope === 'Door' || scope === 'Zone' || scope === 'Site' ? scope : 'Everything'
}
