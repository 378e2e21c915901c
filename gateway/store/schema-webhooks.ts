import type { Generated } from 'kysely'

export interface SubscriptionTable {
  id: string
  url: string
  /** JSON array of event names. */
  events: string
  /** JSON array of serial numbers, or null for all. */
  devices: string | null
  /** The form of its callbacks (webhooks/formats). */
  format: string
  /** 'done' | 'exact' | 'any2xx': which answers count as received (webhooks/acknowledgement.ts). */
  ack: string
  /** Punches older than this when recorded are not sent; null sends all. */
  max_age_ms: number | null
  /** Sealed with the key outside the database. */
  secret: string
  /** Sealed likewise; sent back as AuthToken. */
  callback_token: string | null
  /** Sealed likewise; encrypts bodies of Web API 3.0. Null: they are sent as they are. */
  body_key: string | null
  /** 'pkcs7' | 'zero'; null without a key. */
  body_padding: string | null
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
  /** What people call it; null: by its address. */
  name: string | null
  /** JSON array of sites; null for all. */
  sites: string | null
  /** JSON array of employee codes; null for all. */
  people: string | null
  /** Attempts a second at most; null: as fast as it answers. */
  rate_per_second: number | null
  /** Why it is paused: 'asked', 'gone' (it answered 410: nothing is kept for it) or 'failing'. */
  pause_reason: string | null
  paused_at: number | null
  /** Nothing is sent before this but one probe; null: the breaker is closed. */
  breaker_until: number | null
  /** Times in a row the breaker opened. */
  breaker_trips: Generated<number>
  /** Warnings given about the present failure (webhooks/disable-ladder.ts). */
  ladder_step: Generated<number>
  /** The secret before the present one, sealed; also signed with until `secret_before_until`. */
  secret_before: string | null
  secret_before_until: number | null
  /** Ed25519 private key (PKCS #8), sealed; null: HMAC alone. */
  signing_key: string | null
  /** Its public half, raw, base64. */
  signing_public: string | null
}

/** An event as it happened: body and time fixed in the transaction that caused it. */
export interface OutboxTable {
  id: Generated<number>
  event: string
  operation_id: string
  sn: string | null
  body: string
  occurred_at: number
  /** Whom it is about, where it is about somebody. */
  employee_code: string | null
}

/** What is sent in order, one at a time: the events of one terminal for one receiver. The unit of a claim. */
export interface LaneTable {
  subscription_id: string
  /** Terminal and kind of event (webhooks/lane-of.ts). */
  lane: string
  /** When the lane may be claimed: now, after a back-off, or when the claim of a dead process lapses. Null: drained. */
  due_at: number | null
  /** Who sends it at the moment. */
  claim: string | null
  /** Rises with every event put in, so that "drained" is never said over a newcomer. */
  generation: number
  /** Failed attempts in a row. */
  failures: number
  /** 1: its last run left more than it could take; it does not go before lanes that are live. */
  long: Generated<number>
}

/** One event for one receiver, with its state. */
export interface DeliveryTable {
  id: Generated<number>
  outbox_id: number
  subscription_id: string
  lane: string
  /** 'pending' | 'delivered' | 'parked' | 'skipped' (not wanted any more when resumed) */
  state: string
  attempts: number
  created_at: number
  settled_at: number | null
  /** Counts up by one per subscription over everything recorded for it; null for tests and copies. */
  seq: number | null
  /** 'live' | 'test' | 'replay' | 'copy' */
  kind: Generated<string>
  /** The job that put it here or sent it again. */
  job_id: number | null
  /** Of the last attempt. */
  last_status: number | null
  last_outcome: string | null
  last_error: string | null
  last_ms: number | null
  last_at: number | null
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
  /** JSON of milliseconds by phase (webhooks/phases.ts). */
  timing: string | null
  /** Where it went, query values hidden. */
  url: string | null
  /** In which form. */
  format: string | null
  /** JSON of the reply's headers, cut and redacted. */
  headers: string | null
}
