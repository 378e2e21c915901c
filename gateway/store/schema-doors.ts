import type { Generated } from 'kysely'

/** Door orders with an end, emergencies, alarms. */
export interface DoorTables {
  door_hold: DoorHoldTable
  door_proof: DoorProofTable
  door_setting: DoorSettingTable
  access_holiday: AccessHolidayTable
  door_zone_member: DoorZoneMemberTable
  emergency: EmergencyTable
  emergency_door: EmergencyDoorTable
  muster_tick: MusterTickTable
  door_alarm: DoorAlarmTable
  door_alarm_step: DoorAlarmStepTable
  door_alarm_rule: DoorAlarmRuleTable
  floor_plan: FloorPlanTable
  floor_place: FloorPlaceTable
}

/** An order that lasts: a door locked, held open or kept closed until something ends it. */
export interface DoorHoldTable {
  id: Generated<number>
  sn: string
  door_no: number
  /** 'lock' | 'hold-open' | 'hold-closed' */
  mode: string
  /** See doors/next-hold.ts. */
  state: string
  until: number | null
  /** 'terminal': it counts itself; 'order': a return order is sent. */
  ends_by: string
  reason: string | null
  actor: string | null
  second_actor: string | null
  emergency_id: number | null
  started_at: number
  /** null while it is not over. */
  ended_at: number | null
  command_id: number | null
  return_id: number | null
  /** Not to be tried again before; while it awaits a second person, until when it does. */
  next_try_at: number | null
  note: string | null
}

/** The first movement of a door after an order, as its sensor told it. */
export interface DoorProofTable {
  command_id: number
  sn: string
  moved_at: number
  /** 'event' | 'state' */
  said_by: string
}

/** What single doors demand; a door without a row demands nothing. */
export interface DoorSettingTable {
  sn: string
  door_no: number
  name: string | null
  reason_required: number
  second_person: number
}

/** Days on which other windows hold, as wanted of a terminal. */
export interface AccessHolidayTable {
  sn: string
  holiday_id: number
  name: string
  /** `YYYY-MM-DD`; yearly ones are meant by month and day. */
  day: string
  yearly: number
  /** 1 to 3: which of the holiday windows of an access controller. */
  kind: number
  /** Attendance terminals: the schedule in force on that day. */
  schedule_id: number | null
  updated_at: number
}

/** A named group of doors, a row per door. */
interface DoorZoneMemberTable {
  zone: string
  sn: string
  door_no: number
}

/** A lockdown or an evacuation, real or as an exercise. */
export interface EmergencyTable {
  id: Generated<number>
  /** 'Lockdown' | 'Evacuation' */
  kind: string
  /** 'Door' | 'Zone' | 'Site' | 'Everything' */
  scope: string
  scope_name: string
  drill: number
  moves_relays: number
  reason: string | null
  started_at: number
  started_by: string | null
  ended_at: number | null
  ended_by: string | null
  end_note: string | null
  idempotency_key: string | null
}

/** One door of an emergency; how far it is, its command says. */
export interface EmergencyDoorTable {
  emergency_id: number
  sn: string
  door_no: number
  /** 0: such a terminal can do nothing of the kind. */
  supported: number
  /** Whether its terminal was there at the last try. */
  reachable: number
  command_id: number | null
  tries: number
  last_try_at: number
  confirmed_at: number | null
}

/** One tick of a roll call, never changed; ids are made where it was ticked. */
export interface MusterTickTable {
  id: string
  /** The emergency's id, or `day-YYYY-MM-DD`. */
  roll_call: string
  employee_code: string
  /** 'Safe' | 'Missing' | 'Unmarked' */
  state: string
  at: number
  by_name: string | null
  actor: string | null
  received_at: number
  note: string | null
}

export interface DoorAlarmTable {
  id: Generated<number>
  /** Kinds of the contract. */
  kind: string
  /** 'raised' | 'acknowledged' | 'assigned' | 'snoozed' | 'cleared' */
  state: string
  sn: string
  door_no: number
  employee_code: string | null
  raised_at: number
  last_at: number
  count: number
  acknowledged_at: number | null
  assigned_to: string | null
  snoozed_until: number | null
  cleared_at: number | null
  sound: number
  /** JSON array. */
  notify: string
  rule: string | null
  /** When somebody else is told, if nobody has taken it by then; null: never. */
  escalate_at: number | null
  /** JSON array; null like an empty one: everybody. */
  escalate_to: string | null
  escalated_at: number | null
}

interface DoorAlarmStepTable {
  id: Generated<number>
  alarm_id: number
  at: number
  actor: string | null
  what: string
  text: string | null
}

export interface DoorAlarmRuleTable {
  id: Generated<number>
  name: string
  /** JSON array of kinds. */
  kinds: string
  site: string | null
  zone: string | null
  /** `HH:MM`. */
  from_clock: string | null
  to_clock: string | null
  sound: number
  /** JSON array. */
  notify: string
  repeat_minutes: number
  raises: number
  enabled: number
  escalate_minutes: number | null
  /** JSON array. */
  escalate_to: string | null
}

interface FloorPlanTable {
  id: Generated<number>
  name: string
  site: string | null
  /** Media type of the image. */
  type: string | null
  image: Uint8Array | null
  updated_at: number
}

/** Where a door is on a plan: shares of its width and height from the top left. */
interface FloorPlaceTable {
  plan_id: number
  sn: string
  door_no: number
  x: number
  y: number
}
