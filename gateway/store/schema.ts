import type { Generated } from 'kysely'
import type { AttendanceTables } from './schema-attendance.ts'
import type { ConsoleTables } from './schema-console.ts'
import type { DoorTables } from './schema-doors.ts'
import type { HealthTables } from './schema-health.ts'
import type { PeopleTables, PersonRecordColumns } from './schema-people.ts'
import type { AttendancePhotoTable } from './schema-photos.ts'
import type { PlanTables } from './schema-plan.ts'
import type { RollupTables } from './schema-rollups.ts'
import type {
  AttemptTable,
  DeliveryTable,
  LaneTable,
  OutboxTable,
  SubscriptionTable,
} from './schema-webhooks.ts'

/** Kysely table types. Instants are epoch milliseconds; yes/no are 1/0; JSON is text: the same in both databases. */
export interface GatewayTables
  extends AttendanceTables,
    PlanTables,
    PeopleTables,
    DoorTables,
    HealthTables,
    RollupTables,
    ConsoleTables {
  device: DeviceTable
  device_contact: DeviceContactTable
  device_profile: DeviceProfileTable
  device_stamp: DeviceStampTable
  held_upload: HeldUploadTable
  quarantine: QuarantineTable
  incident: IncidentTable
  clock_reading: ClockReadingTable
  clock_change: ClockChangeTable
  device_key: DeviceKeyTable
  catch_up: CatchUpTable
  punch: PunchTable
  attendance_photo: AttendancePhotoTable
  person: PersonTable
  person_device: PersonDeviceTable
  door_event: DoorEventTable
  door_state: DoorStateTable
  access_registration: AccessRegistrationTable
  access_schedule: AccessScheduleTable
  access_right: AccessRightTable
  terminal_log: TerminalLogTable
  command: CommandTable
  token: TokenTable
  setting: SettingTable
  subscription: SubscriptionTable
  outbox: OutboxTable
  lane: LaneTable
  delivery: DeliveryTable
  attempt: AttemptTable
}

export interface DeviceTable {
  sn: string
  /** 'adopted' | 'waiting' */
  state: string
  label: string
  site: string
  zone: string
  simulated: number
  has_door: number
  model: string | null
  firmware: string | null
  /** 'attendance' | 'access' | null while nobody knows. Copied from `device_profile`, as is `zone`; see `profile`. */
  flavour: string | null
  /** JSON of everything it told about itself. */
  options: string
  /** JSON of INFO: counters. */
  info: string
  /** JSON of what `device_profile` holds, for requests to read without a second query; only store/profiles.ts writes it. */
  profile: Generated<string>
  /** The attendance query whose answer is being counted. */
  query_id: number | null
  first_seen_at: number
  adopted_at: number | null
}

/** How a terminal speaks, as far as it is not the default: the truth behind `device.profile`. */
export interface DeviceProfileTable {
  sn: string
  /** Name of the contract, or `Acknowledgement:<table>`. */
  name: string
  value: string
  /** 'learned' | 'edited' */
  source: string
  evidence: string
  at: number
}

/** The last Stamp a terminal posted, by table in lower case; written in the transaction that kept the upload. */
export interface DeviceStampTable {
  sn: string
  table_name: string
  stamp: string
  at: number
}

/** What changes with every contact; apart from the device row so that a poll rewrites little. */
export interface DeviceContactTable {
  sn: string
  last_seen_at: number | null
  address: string | null
  online: number
  /** Since when it is online or offline. */
  since: number
  clock_skew_ms: number | null
  poll_interval_ms: number | null
  /** Minutes east of UTC the last handshake told it; absent where there was none. */
  told_offset_minutes: number | null
  /** Why it is away, as far as that can be told: 'WrongKey' | 'Refused' | 'NoPoll' | 'Restart'. */
  away_cause: string | null
}

/** How far a terminal's clock was ahead of ours, at most every ten minutes or when that changed (store/clocks.ts). */
export interface ClockReadingTable {
  sn: string
  at: number
  skew_ms: number
  /** What stated the time: 'punch', 'event' or 'state'. */
  source: string
}

/** What moves a terminal's clock. */
export interface ClockChangeTable {
  id: Generated<number>
  sn: string
  at: number
  /** 'SyncTime' | 'Zone' | 'Offset' | 'Jump' */
  kind: string
  detail: string
  actor: string | null
  command_id: number | null
  /** Last known difference before. */
  skew_ms: number | null
}

/** A key a terminal has to show before it is believed (iclock-push 16). */
export interface DeviceKeyTable {
  sn: string
  /** HMAC-SHA256 of the key under the sealing key, hex: eight digits would not survive a plain hash. */
  hash: string
  /** Where it last showed the right one; requests that carry none are believed from there. */
  address: string | null
  at: number
}

/** What a terminal sent before anyone trusted it; taken in when it is adopted. */
export interface HeldUploadTable {
  id: Generated<number>
  sn: string
  received_at: number
  /** Path and query as sent. */
  raw_url: string
  /** Sealed, like everything a terminal says that may hold a template or a password. */
  body: Uint8Array
  bytes: number
  /** 'wrong-key' | null: why it waits although its terminal is adopted. */
  reason: string | null
}

/** Lines and bodies we could not read, kept with the reason, so that a better parser can have another go. */
export interface QuarantineTable {
  id: Generated<number>
  sn: string
  received_at: number
  table_name: string
  line: number
  reason: string
  /** Sealed: a line may hold a template or a password. */
  raw: Uint8Array
}

/** Something about a terminal that lasts; at most one of a kind and subject is open. */
export interface IncidentTable {
  id: Generated<number>
  sn: string
  kind: string
  subject: string
  detail: string
  /** JSON of the values in it; null in rows of before. */
  facts: string | null
  times: number
  started_at: number
  last_at: number
  ended_at: number | null
  /** Of an absence: 'NoPoll' | 'WrongKey' | 'Refused' | 'Restart' | 'NetworkShared'. */
  cause: string | null
  /** JSON of what the terminals of one absence have in common (health/group-losses.ts). */
  shared: string | null
  /** How many terminals it is about. */
  devices: Generated<number>
  /** Between which moments the terminals were lost. */
  lost_from: number | null
  lost_to: number | null
  acknowledged_at: number | null
  acknowledged_by: string | null
  assignee: string | null
  /** People who usually punch there at that time, and punches missing against what is usual; null: not judged. */
  people: number | null
  punches_missing: number | null
  judged_at: number | null
}

/** Since when punches of a terminal may be missing here, and what is being done about it (commands/catch-up.ts). */
export interface CatchUpTable {
  sn: string
  /** Wall clock of the terminal; null when nothing is missing that is not being asked for. */
  missing_from: string | null
  /** What the open query covers. */
  asked_from: string | null
  asked_at: number | null
  command_id: number | null
}

export interface PunchTable {
  id: Generated<number>
  sn: string
  employee_code: string
  /** Wall clock of the terminal, as sent, to the second. */
  local_time: string
  local_day: string
  local_minute: number
  zone: string
  offset_minutes: number
  instant: number
  status: number | null
  verify: number | null
  /** Contract words, decided once at the edge. */
  direction: string
  modality: string
  /** 'in' | 'out' | 'other' */
  side: string
  work_code: string | null
  temperature: number | null
  mask: number | null
  /** Space-separated flags of the contract. */
  flags: string
  clock_skew_ms: number | null
  received_at: number
  raw: string
  /** What makes it the same punch when it comes again: pin, time text, status, verify. */
  identity: string
}

export interface PersonTable extends PersonRecordColumns {
  employee_code: string
  first_name: string
  last_name: string
  /** As terminals write it (iclock-push 5.3); null: nobody has said, or it could not be read. */
  privilege: number | null
  card: string | null
  updated_at: number
}

export interface PersonDeviceTable {
  employee_code: string
  sn: string
  reported_at: number
  /** JSON of what the terminal said of the person beside name and card, without secrets. */
  said: string | null
}

export interface DoorEventTable {
  id: Generated<number>
  sn: string
  door_no: number
  event: string
  employee_code: string | null
  local_time: string
  instant: number
  received_at: number
  command_id: number | null
  identity: string
  /** What the terminal says it was, in words. */
  detail: string | null
  /** The line as sent. */
  raw: string | null
}

/** What an access controller last said of each of its doors; a row per door it has spoken of. */
export interface DoorStateTable {
  sn: string
  door_no: number
  /** 'open' | 'closed' | 'none': no sensor is set up | 'unknown' */
  sensor: string
  /** 'energised' | 'released' | 'unknown' */
  relay: string
  /** As sent, whatever it means on this terminal. */
  relay_bit: number | null
  /** Space-separated alarm names, empty for none; null while it has not spoken of alarms. */
  alarms: string | null
  /** Fields of its last statement that no document explains, `door=01`; null where there were none. Not of this door alone. */
  extra: string | null
  /** Since when the sensor says what it says. */
  since: number
  seen_at: number
  /** Wall clock of the terminal, so that an event sent late does not undo what came after it. */
  local_time: string
}

/** The code an access terminal got when it registered: the same for ever, or it starts anew (iclock-push 9.1). */
export interface AccessRegistrationTable {
  sn: string
  code: string
  at: number
}

/** Windows of a terminal as wanted; what it holds is what reading back has shown. */
export interface AccessScheduleTable {
  sn: string
  schedule_id: number
  name: string | null
  /** JSON of windows, in order (schedules/windows.ts). */
  windows: string
  updated_at: number
}

/** Whom a schedule lets in. */
export interface AccessRightTable {
  sn: string
  employee_code: string
  schedule_id: number
}

/** What terminals log of themselves: operations at the terminal, and errors. */
export interface TerminalLogTable {
  id: Generated<number>
  sn: string
  /** 'operation' | 'error' */
  kind: string
  /** Operation number or error code, as sent. */
  code: string
  /** Who acted at the terminal; '0' nobody known. */
  operator: string | null
  /** Space-separated objects of an operation; message of an error. */
  about: string
  /** Wall clock of the terminal; errors carry none. */
  local_time: string | null
  received_at: number
  /** What makes it the same entry when it comes again. */
  identity: string
}

export interface CommandTable {
  id: Generated<number>
  sn: string
  kind: string
  operation: string
  /** JSON, without secrets. */
  payload: string
  state: string
  idempotency_key: string | null
  actor: string | null
  created_at: number
  expires_at: number
  sent_at: number | null
  completed_at: number | null
  attempts: number
  return_code: number | null
  error: string | null
  /** Of an attendance query: lines of its range that came while it was open, new here and known already. */
  rows_new: number | null
  rows_repeated: number | null
  /** 'asked' | 'same' | 'different' | 'unread': what asking the terminal for what was written has shown. */
  read_back: string | null
  /** Higher goes first. */
  urgency: Generated<number>
  /** The command that was tried again with this one. */
  retry_of: number | null
}

export interface TokenTable {
  id: Generated<number>
  /** SHA-256 of the token, hex. */
  hash: string
  label: string
  /** JSON array of rights, or null for every right. */
  permissions: string | null
  /** JSON array of serial numbers, or null for every device. */
  devices: string | null
  rate_per_minute: number | null
  created_at: number
}

export interface SettingTable {
  name: string
  value: string
}
