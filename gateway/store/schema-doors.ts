import type { Generated } from 'kysely'

/** Door orders with an end, emergencies, alarms. */
export interface DoorTables {
  door_hold: DoorHoldTable
  door_proof: DoorProofTable
  door_setting: DoorSettingTable
  access_holiday: AccessHolidayTable
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
