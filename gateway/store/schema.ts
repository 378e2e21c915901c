import type { Generated } from 'kysely'

/** Kysely table types. Instants are epoch milliseconds; yes/no are 1/0; JSON is text: the same in both databases. */
export interface GatewayTables {
  device: DeviceTable
  device_contact: DeviceContactTable
  held_upload: HeldUploadTable
  quarantine: QuarantineTable
  punch: PunchTable
  person: PersonTable
  person_device: PersonDeviceTable
  door_event: DoorEventTable
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
  /** 'attendance' | 'access' | null: learned from what it says and does. */
  flavour: string | null
  /** 'count' | 'bare': how it wants uploads acknowledged (iclock-push 6.3). */
  ack_style: string
  charset: string | null
  /** JSON of everything it told about itself. */
  options: string
  /** JSON of INFO: counters. */
  info: string
  /** JSON: last Stamp per table, stored after commit. */
  stamps: string
  first_seen_at: number
  adopted_at: number | null
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

export interface PersonTable {
  employee_code: string
  first_name: string
  last_name: string
  privilege: number
  card: string | null
  updated_at: number
}

export interface PersonDeviceTable {
  employee_code: string
  sn: string
  reported_at: number
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

export interface SubscriptionTable {
  id: string
  url: string
  /** JSON array of event names. */
  events: string
  /** JSON array of serial numbers, or null for all. */
  devices: string | null
  format: string
  /** 'done' | 'any2xx': which answers count as received (webhooks/acknowledgement.ts). */
  ack: string
  /** Punches older than this when recorded are not sent; null sends all. */
  max_age_ms: number | null
  /** Sealed with the key outside the database. */
  secret: string
  /** Sealed likewise; sent back as AuthToken. */
  callback_token: string | null
  /** 1 when the token that registered it may reach local addresses. */
  local_allowed: number
  /** 'Active' | 'Paused' */
  state: string
  token_id: number
  created_at: number
  /** Counts up for ever; delivered rows are pruned. */
  delivered: number
  /** Times in a row the receiver was not there, over all lanes. */
  failures: number
  failing_since: number | null
  last_success_at: number | null
  last_error_at: number | null
  last_error: string | null
}

/** An event as it happened: body and time fixed in the transaction that caused it. */
export interface OutboxTable {
  id: Generated<number>
  event: string
  operation_id: string
  sn: string | null
  body: string
  occurred_at: number
}

/** What is sent in order, one at a time: the events of one terminal for one receiver. The unit of a claim. */
export interface LaneTable {
  subscription_id: string
  /** Serial number, or empty for events without a terminal. */
  lane: string
  /** When the lane may be claimed: now, after a back-off, or when the claim of a dead process lapses. Null: drained. */
  due_at: number | null
  /** Who sends it at the moment. */
  claim: string | null
  /** Rises with every event put in, so that "drained" is never said over a newcomer. */
  generation: number
  /** Failed attempts in a row. */
  failures: number
}

/** One event for one receiver, with its state. */
export interface DeliveryTable {
  id: Generated<number>
  outbox_id: number
  subscription_id: string
  lane: string
  /** 'pending' | 'delivered' | 'parked' */
  state: string
  attempts: number
  created_at: number
  settled_at: number | null
}

export interface AttemptTable {
  id: Generated<number>
  delivery_id: number
  number: number
  started_at: number
  duration_ms: number
  status: number | null
  outcome: string
  error: string | null
  response: string | null
}
