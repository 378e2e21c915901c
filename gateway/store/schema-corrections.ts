import type { Generated } from 'kysely'
import type { ClosingTables } from './schema-closing.ts'

/** Corrections, closures and what terminals state of their own log. */
export interface CorrectionTables extends ClosingTables {
  terminal_statement: TerminalStatementTable
  correction: CorrectionTable
  correction_decision: CorrectionDecisionTable
}

/** How many records a terminal says it holds (iclock-push 6.1), against what has come since it said so before. */
export interface TerminalStatementTable {
  sn: string
  at: number
  logs: number
  /** 1 once it was compared with what is here (attendance/judge-statements.ts). */
  judged: number
  /** The statement it was compared with; null: it is the first. */
  base_at: number | null
  base_logs: number | null
  /** Records that were counted between the two and have not come; 0 for none. */
  held: number
}

/** A fact beside the punches. Rows are added and never changed. */
export interface CorrectionTable {
  id: Generated<number>
  employee_code: string
  /** The day it is about: of the punch, or as said. */
  day: string
  /** CorrectionKind of the contract. */
  kind: string
  /** Name of the punch it is about; null where it is about none, or adds one. */
  punch_ref: string | null
  /** The correction a Withdraw takes back. */
  target_id: number | null
  /** Of the punch, all five; its zone was settled when it was written down. */
  instant: number | null
  local_time: string | null
  zone: string | null
  offset_minutes: number | null
  sn: string | null
  before: string | null
  after: string | null
  /** 1: a guess after an outage, which gives way when the real punch arrives. */
  estimated: number
  repair_id: number | null
  reason: string
  actor: string
  at: number
  /** 1: it counts once somebody else has approved it. */
  needs_approval: number
}

export interface CorrectionDecisionTable {
  correction_id: number
  /** 'approve' | 'refuse' */
  decision: string
  actor: string
  reason: string
  at: number
}
