import type { Generated } from 'kysely'

/** What the webhook console keeps beside deliveries. */
export interface ConsoleTables {
  webhook_sequence: WebhookSequenceTable
  webhook_stat: WebhookStatTable
  webhook_issue: WebhookIssueTable
  webhook_job: WebhookJobTable
}

interface WebhookSequenceTable {
  subscription_id: string
  /** The last number given out. */
  last: number
}

/** Attempts of five minutes, with a histogram of how long they took (webhooks/figures.ts has the bounds). */
interface WebhookStatTable {
  subscription_id: string
  /** Start of the five minutes, epoch ms. */
  slot: number
  attempts: number
  failures: number
  h0: number
  h1: number
  h2: number
  h3: number
  h4: number
  h5: number
  h6: number
  h7: number
  h8: number
  h9: number
  h10: number
  h11: number
}

/** Failures of one receiver with one cause, as something somebody looks after. */
export interface WebhookIssueTable {
  id: Generated<number>
  subscription_id: string
  /** Outcome, status and family of events: what makes failures the same. */
  cause: string
  event: string
  outcome: string
  status: number | null
  /** 'open' | 'acknowledged' | 'snoozed' | 'resolved' */
  state: string
  /** The last failure in words. */
  detail: string | null
  times: number
  first_at: number
  last_at: number
  snoozed_until: number | null
  settled_at: number | null
  /** Opaque actor, or null where it resolved by itself. */
  settled_by: string | null
  last_delivery: number
}

/** A bulk replay or copy under way or over. */
export interface WebhookJobTable {
  id: Generated<number>
  /** null: to a terminal. */
  subscription_id: string | null
  /** 'failed' | 'missed' | 'punches' | 'users' */
  kind: string
  /** 'running' | 'verifying' | 'done' | 'cancelled' | 'failed' */
  state: string
  /** JSON (webhooks/jobs). */
  spec: string
  per_second: number
  total: number
  queued: number
  /** Where the next part starts. */
  position: string
  started_at: number
  ended_at: number | null
  actor: string | null
  source_hash: string | null
  arrived: number | null
  arrived_hash: string | null
  /** Percent last told by OnMigration. */
  told: Generated<number>
  error: string | null
}
