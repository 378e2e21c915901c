import type { CalendarDay, PunchDirection } from './types.ts'

/** What a punch is taken for. `between`: neither first nor last, where only those count. */
export type Role = 'in' | 'out' | 'break_start' | 'break_end' | 'between'

/** Why a punch got its role. */
export type RoleReason = 'key' | 'key_contradicts_order' | 'no_key' | 'first_last' | 'toggle' | 'corrected'

export type RuleName =
  | 'assigned'
  | 'unplanned'
  | 'double_collapsed'
  | 'direction_guessed'
  | 'hand_over'
  | 'worked_through'
  | 'late'
  | 'early_leave'
  | 'break_fixed'
  | 'break_automatic'
  | 'break_punched'
  | 'early_in_not_counted'
  | 'overtime'
  | 'overtime_capped'
  | 'rounded'
  | 'worked'
  | 'calendar'
  | 'clock_error'
  | 'corrected'
  | 'punch_excluded'
  | 'absence'
  | 'threshold'

/** One step of how a result came about: enough to retell it without the rules at hand. */
export interface Explanation {
  readonly rule: RuleName
  /** Id of the planned shift, or null where none is concerned. */
  readonly shiftId: string | null
  readonly punchIds: readonly string[]
  /** Named with their unit, such as `graceMinutes`. */
  readonly numbers: Readonly<Record<string, number>>
  /** Key of the sentence; the screen has the words. */
  readonly words: string
}

export type FindingKind =
  | 'late'
  | 'early_leave'
  | 'missing_in'
  | 'missing_out'
  | 'still_in'
  | 'impossible_span'
  | 'gap'
  | 'missed_period'
  | 'late_back'
  | 'short_hours'
  | 'punch_on_day_off'
  | 'punch_on_holiday'
  | 'punch_on_leave'
  | 'outside_shift'
  | 'other_site'
  | 'double_punch'
  | 'guessed_direction'
  | 'implausible_punch'
  | 'late_punch'
  | 'absent'

/** Something a reviewer should see. */
export interface Finding {
  readonly kind: FindingKind
  readonly shiftId: string | null
  readonly punchIds: readonly string[]
  readonly minutes: number | null
  /** The verdict would be another one within the clock error of the punch. */
  readonly uncertain: boolean
}

/** A punch in its role. The original stays in `instantMs` and `localTime`; `countedMs` is what rounding made of it. */
export interface JudgedPunch {
  readonly punchId: string
  readonly instantMs: number
  readonly countedMs: number
  readonly localTime: string
  readonly zone: string
  readonly offsetMinutes: number
  readonly deviceSn: string
  readonly site: string
  readonly clockSkewMs: number | null
  readonly receivedAtMs: number
  readonly pressed: PunchDirection
  readonly role: Role
  readonly reason: RoleReason
  /** 0 to 1. */
  readonly confidence: number
  /** Kept, and counted with this one. */
  readonly doubles: readonly { readonly punchId: string; readonly secondsAfter: number }[]
}

/**
 * `early`, `after`: present outside the shift, not counted; `between`: away while nothing was owed; `gap`: away although
 * something was; `unclear`: a punch is missing, so nobody knows; `open`: came and has not left yet.
 */
export type BandKind =
  | 'worked'
  | 'break'
  | 'gap'
  | 'between'
  | 'early'
  | 'after'
  | 'overtime'
  | 'unclear'
  | 'open'

/** A stretch of the timeline. The bands of a shift follow each other without holes. */
export interface Band {
  readonly kind: BandKind
  readonly fromMs: number
  readonly toMs: number
  /** A paid break counts as work. */
  readonly paid: boolean
}

/** Late or early leave: how much, whether that is beyond the grace, and whether the clock error could turn it. */
export interface Verdict {
  readonly minutes: number
  readonly exceeded: boolean
  readonly uncertain: boolean
}

export type ShiftStatus = 'attended' | 'excused' | 'expected' | 'not_arrived' | 'not_known_yet' | 'absent'

/** Numbers that shifts and days share; whole minutes of real elapsed time, rounded down. */
export interface Totals {
  /** All that counts, overtime and paid breaks included. */
  readonly workedMinutes: number
  /** Unpaid and paid. */
  readonly breakMinutes: number
  readonly expectedMinutes: number
  readonly lateMinutes: number
  readonly earlyLeaveMinutes: number
  /** The part of the worked minutes that is overtime, after the caps. */
  readonly overtimeMinutes: number
  /** The same times its multiplier. */
  readonly overtimeWeightedMinutes: number
}

/** A planned shift, or a stay that no plan speaks of. */
export interface ShiftResult extends Totals {
  /** Of the planned shift; `unplanned:<first punch>` otherwise. */
  readonly id: string
  readonly planned: boolean
  readonly date: string
  readonly name: string | null
  readonly zone: string
  readonly plannedFromMs: number | null
  readonly plannedToMs: number | null
  readonly status: ShiftStatus
  readonly punches: readonly JudgedPunch[]
  /** Punches of a neighbouring shift that also begin or end this one. They count there. */
  readonly sharedPunchIds: readonly string[]
  readonly bands: readonly Band[]
  readonly late: Verdict
  readonly earlyLeave: Verdict
  readonly overtimeMultiplier: number
  readonly findings: readonly Finding[]
  readonly explanation: readonly Explanation[]
}

export type DayStatus =
  | 'present'
  | 'half_day'
  | 'absent'
  /** Nobody was seen, and not every terminal has said that it told us everything. */
  | 'not_known_yet'
  /** The shift has not begun. */
  | 'expected'
  /** It has begun without them. */
  | 'not_arrived'
  | 'excused'
  | 'leave'
  | 'holiday'
  | 'day_off'
  | 'nothing_planned'

export interface WaitingFor {
  readonly deviceSn: string
  readonly label: string
  readonly why: 'offline' | 'not_stated' | 'behind'
  /** Out of contact since, or else the moment up to which everything is here; null: it never said. */
  readonly sinceMs: number | null
  /** The same on its own wall clock. */
  readonly sinceLocal: string | null
}

/** How far a day can be relied on. */
export interface Certainty {
  /** `complete`: over, and every terminal has told everything. `reopened`: closed, and then something came. */
  readonly state: 'provisional' | 'complete' | 'closed' | 'reopened'
  readonly reason: 'running' | 'still_in' | 'waiting_for_terminals' | 'no_terminals' | null
  readonly waitingFor: readonly WaitingFor[]
  /** Punches that reached us long after they were made, or after the day was closed. */
  readonly latePunches: readonly { readonly punchId: string; readonly receivedAtMs: number }[]
  readonly closedAtMs: number | null
}

export interface AppliedCorrection {
  readonly correctionId: string
  readonly kind: string
  readonly by: string
  readonly reason: string
  readonly atMs: number
  readonly punchIds: readonly string[]
}

export interface Change {
  readonly field: string
  readonly before: number | string | null
  readonly after: number | string | null
}

/** What a recalculation of a closed day would change. It waits for somebody to accept or to carry it. */
export interface Difference {
  readonly date: string
  readonly changes: readonly Change[]
  readonly workedDeltaMinutes: number
  readonly overtimeDeltaMinutes: number
  readonly causes: readonly {
    readonly kind: 'punch_added' | 'punch_gone' | 'correction'
    readonly id: string
  }[]
  readonly recalculated: DayResult
}

/** One person on one date: the shifts that start on it, whenever they end. */
export interface DayResult extends Totals {
  readonly employeeCode: string
  readonly date: string
  readonly zone: string | null
  readonly status: DayStatus
  readonly certainty: Certainty
  readonly shifts: readonly ShiftResult[]
  readonly firstIn: JudgedPunch | null
  readonly lastOut: JudgedPunch | null
  /** Double punches count once. */
  readonly punchCount: number
  readonly calendar: readonly CalendarDay[]
  /** Largest measured clock error of its punches, without sign; null where none was measured. */
  readonly clockErrorMs: number | null
  /** Lowest confidence of a direction; 1 where none was guessed. */
  readonly confidence: number
  readonly corrections: readonly AppliedCorrection[]
  readonly findings: readonly Finding[]
  readonly explanation: readonly Explanation[]
  readonly difference: Difference | null
}
