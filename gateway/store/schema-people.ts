import type { Generated } from 'kysely'

/** Wanted state per terminal, credentials, consent, jobs over people. */
export interface PeopleTables {
  credential: CredentialTable
  person_photo: PersonPhotoTable
  person_wanted: PersonWantedTable
  person_item: PersonItemTable
  person_order: PersonOrderTable
  people_job: PeopleJobTable
  people_job_pair: PeopleJobPairTable
  deletion: DeletionTable
  deletion_terminal: DeletionTerminalTable
  person_change: PersonChangeTable
  simulated_memory: SimulatedMemoryTable
}

/** What is said of a person here, beside what terminals report; part of the row of `person`. */
export interface PersonRecordColumns {
  /** 1: what stands here is wanted on the person's terminals; 0: it is only what terminals report. */
  managed: Generated<number>
  department: Generated<string>
  group_name: Generated<string>
  /** Wall clock of each terminal; null: no limit. */
  valid_from: string | null
  valid_to: string | null
  /** null: let in; '*': nowhere; else a JSON list of the sites that do not. */
  suspended: string | null
  /** 'active' | 'leaving' | 'left' */
  status: Generated<string>
  /** Sealed. */
  password: Uint8Array | null
  password_mark: string | null
  /** JSON {given, on, note, by}. */
  consent: string | null
  /** Day after which templates and photo go. */
  retain_until: string | null
  /** Counts up whenever something changes that terminals hold. */
  version: Generated<number>
  /** What they are found by (store/search-text.ts). */
  search_text: Generated<string>
  created_at: number | null
}

/** A template, sealed; told apart by whose, of what, and of which algorithm. */
export interface CredentialTable {
  id: Generated<number>
  employee_code: string
  /** iclock-push 11.5. */
  bio_type: number
  no: number
  idx: number
  /** Version of the algorithm; empty: nobody has said. */
  major: string
  minor: string
  /** 0 ZK, 1 ISO, 2 ANSI. */
  format: number
  duress: number
  /** Serial number it came from; empty: through the API. */
  source: string
  /** Before sealing. */
  bytes: number
  /** Keyed digest of the content (people/marks.ts). */
  mark: string
  content: Uint8Array
  at: number
}

/** A portrait, sealed. Without `keep` it stays only until terminals have made a template of it. */
export interface PersonPhotoTable {
  employee_code: string
  type: string
  bytes: number
  mark: string
  content: Uint8Array
  keep: number
  /** 1: sent to become a face, also of who has one. */
  as_face: Generated<number>
  at: number
}

/** One person on one terminal: wanted or to be removed, and how far that is. */
export interface PersonWantedTable {
  employee_code: string
  sn: string
  /** 'ordered' here, or 'found' when the terminal was adopted. */
  origin: string
  wanted: number
  /** State and reason of the contract. */
  state: string
  reason_code: string
  reason: string | null
  since: number
  /** Failures in a row. */
  attempts: number
  /** When the reconciler has to look; null: nothing to do. */
  due_at: number | null
  /** Version of the person the terminal is known to hold. */
  synced_version: number | null
  confirmed_at: number | null
}

/** What a terminal is known to hold of a person, thing by thing (people/wanted.ts). */
export interface PersonItemTable {
  employee_code: string
  sn: string
  item: string
  /** Digest of what it holds. */
  mark: string
  /** 'Answered' | 'ReadBack' | 'Reported' | 'Unread' */
  proof: string
  reason: string | null
  at: number
}

/** A command under way that is about a person. */
export interface PersonOrderTable {
  command_id: number
  employee_code: string
  sn: string
  item: string
  mark: string
}

export interface PeopleJobTable {
  id: string
  kind: string
  state: string
  title: string
  total: number
  actor: string | null
  started_at: number
  ended_at: number | null
  /** Progress last told by an event, 0 to 100; -1 none. */
  told: number
}

export interface PeopleJobPairTable {
  job_id: string
  employee_code: string
  sn: string
  /** 'open' | 'done' | 'trouble' | 'cancelled' */
  outcome: string
  /** 1: wanted there because of this job. */
  fresh: number
}

export interface DeletionTable {
  id: string
  employee_code: string
  scope: string
  state: string
  asked_at: number
  actor: string | null
  done_at: number | null
  statement: string | null
  /** JSON lists of lines of the certificate. */
  removed: string | null
  kept: string | null
  hash: string | null
}

/** No reference to the terminal: the tick outlives it. */
export interface DeletionTerminalTable {
  deletion_id: string
  sn: string
  label: string
  state: string
  proof: string
  at: number | null
  reason: string | null
}

export interface PersonChangeTable {
  id: Generated<number>
  change_id: string
  at: number
  employee_code: string
  actor: string | null
  what: string
  field: string | null
  was: string | null
  became: string | null
}

/** What a simulated terminal keeps over a restart: sealed JSON of what has changed since it was made. */
export interface SimulatedMemoryTable {
  sn: string
  content: Uint8Array
}
