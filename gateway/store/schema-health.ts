import type { Generated } from 'kysely'

/** Outages, maintenance, alerts: what watching over the terminals is written down in. */
export interface HealthTables {
  outage: OutageTable
  unwatched: UnwatchedTable
  maintenance: MaintenanceTable
  incident_comment: IncidentCommentTable
  storage_sample: StorageSampleTable
  device_replacement: DeviceReplacementTable
  device_tag: DeviceTagTable
  alert: AlertTable
  alert_rule: AlertRuleTable
  alert_channel: AlertChannelTable
  alert_notice: AlertNoticeTable
  push_subscription: PushSubscriptionTable
}

/** A word somebody put on a terminal, to find and group it by. */
export interface DeviceTagTable {
  sn: string
  tag: string
}

/** Something that wants a person; at most one of a dedupe key is open. */
export interface AlertTable {
  id: Generated<number>
  kind: string
  /** 'Info' | 'Warning' | 'Critical' */
  severity: string
  subject: string
  sn: string | null
  site: string | null
  door: string | null
  title: string
  detail: string
  /** What it says and its values, as JSON (contract/entities/alert-facts.ts); null in rows of before. */
  code: string | null
  facts: string | null
  dedupe_key: string
  times: number
  started_at: number
  last_at: number
  cleared_at: number | null
  acknowledged_at: number | null
  acknowledged_by: string | null
}

/** Which alerts are told to whom, when and how often. */
export interface AlertRuleTable {
  id: Generated<number>
  name: string
  enabled: number
  /** JSON array of kinds, or null for every kind. */
  kinds: string | null
  severity_min: string
  /** JSON arrays; null: not narrowed by it. */
  sites: string | null
  devices: string | null
  tags: string | null
  /** JSON array of channel ids. */
  channels: string
  /** JSON of days and times (alerts/schedule.ts), or null for always. */
  schedule: string | null
  /** An alert that ends within this time is not told. */
  delay_ms: number
  /** The same thing is told again only after this time. */
  repeat_ms: number
  tell_cleared: number
  created_at: number
  updated_at: number
}

/** Where messages go. */
export interface AlertChannelTable {
  id: Generated<number>
  name: string
  /** 'Email' | 'Webhook' | 'Slack' | 'Push' */
  kind: string
  /** JSON of what may be shown: host, port, recipients. */
  settings: string
  /** Sealed with the key outside the database: addresses that are secrets, passwords. */
  secret: string | null
  /** 1 when who made it may reach local addresses. */
  local_allowed: number
  created_at: number
  last_at: number | null
  last_ok: number | null
  last_answer: string | null
}

/** One message of one alert through one channel. */
export interface AlertNoticeTable {
  id: Generated<number>
  alert_id: number
  rule_id: number
  channel_id: number
  /** 'raised' | 'cleared' */
  about: string
  /** 'pending' | 'sent' | 'failed' | 'dropped' */
  state: string
  due_at: number
  attempts: number
  sent_at: number | null
  /** What the other side answered, or why it was not sent. */
  answer: string | null
  dedupe_key: string
}

/** A browser that wants to be told. */
export interface PushSubscriptionTable {
  id: Generated<number>
  /** SHA-256 of the endpoint, hex: the endpoint itself is a secret and sealed. */
  endpoint_hash: string
  /** Sealed JSON of endpoint and keys. */
  sealed: string
  actor: string | null
  label: string
  created_at: number
}

/** A time a terminal was away, from its last sign to its next; at most one of a terminal is open. */
export interface OutageTable {
  id: Generated<number>
  sn: string
  started_at: number
  /** When its own rhythm said so. */
  declared_at: number
  ended_at: number | null
  /** 'NoPoll' | 'WrongKey' | 'Refused' | 'Restart' */
  cause: string
  /** Null while planned work covers it. */
  incident_id: number | null
}

/** A time nobody looked, because we were down or stood still: what terminals did then is not known. */
export interface UnwatchedTable {
  id: Generated<number>
  started_at: number
  ended_at: number
  /** 'down' | 'stall' */
  why: string
}

/** Planned work: what goes away meanwhile is no incident and does not count against anybody. */
export interface MaintenanceTable {
  id: Generated<number>
  name: string
  /** JSON arrays; null: not narrowed by it. All null: every terminal. */
  sites: string | null
  devices: string | null
  tags: string | null
  starts_at: number
  ends_at: number
  actor: string | null
  created_at: number
}

export interface IncidentCommentTable {
  id: Generated<number>
  incident_id: number
  at: number
  actor: string | null
  text: string
}

/** What a terminal said it holds, once a day. */
export interface StorageSampleTable {
  sn: string
  /** Local day of the terminal. */
  day: string
  users: number | null
  fingerprints: number | null
  faces: number | null
  cards: number | null
  logs: number | null
}

/** Which terminal took the place of which. */
export interface DeviceReplacementTable {
  old_sn: string
  new_sn: string
  at: number
  actor: string | null
  /** JSON of what the old one was (health/replace.ts). */
  before: string
}
