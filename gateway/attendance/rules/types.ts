/**
 * What the attendance rules are given. Instants are epoch milliseconds; dates are `YYYY-MM-DD` and shift times are
 * minutes of the wall clock, both in the zone of the site; every duration names its unit.
 */

/** The key pressed at the terminal. `BreakOut` leaves for a break, `BreakIn` returns from it. */
export type PunchDirection =
  | 'CheckIn'
  | 'CheckOut'
  | 'BreakOut'
  | 'BreakIn'
  | 'OverTimeIn'
  | 'OverTimeOut'
  | 'None'

export type PunchFlag = 'implausible_time' | 'late_arrival' | 'estimated_instant'

/** One punch as kept. Nothing in here is ever changed by a rule. */
export interface Punch {
  readonly id: string
  readonly instantMs: number
  /** Wall clock of the terminal, as sent: `YYYY-MM-DD HH:MM:SS`. */
  readonly localTime: string
  readonly zone: string
  readonly offsetMinutes: number
  readonly direction: PunchDirection
  readonly modality: string
  readonly deviceSn: string
  readonly site: string
  /** Terminal clock minus ours; null while nobody has measured it. */
  readonly clockSkewMs: number | null
  readonly flags: readonly PunchFlag[]
  readonly receivedAtMs: number
}

/**
 * Minutes of the wall clock since 00:00 of the shift's date. 1440 is the next midnight: a night shift runs from 1320 to
 * 1800, a duty of 36 hours from 480 to 2640.
 */
export interface Period {
  readonly startMinute: number
  readonly endMinute: number
}

export type BreakRule =
  /** Everyone pauses then: presence within it is not work. */
  | {
      readonly kind: 'fixed'
      readonly startMinute: number
      readonly endMinute: number
      readonly paid: boolean
    }
  /** Taken off once so much has been worked, less what was already paused. */
  | {
      readonly kind: 'automatic'
      readonly afterMinutes: number
      readonly lengthMinutes: number
      readonly paid: boolean
    }
  /** Punched, so much a shift; what goes beyond is time away. */
  | { readonly kind: 'punched'; readonly allowedMinutes: number; readonly paid: boolean }

/** What a shift may set for itself; the policy holds otherwise. */
export interface ShiftRules {
  /** Up to this many minutes late is on time; one more is late from the first minute. */
  readonly lateGraceMinutes: number
  readonly earlyLeaveGraceMinutes: number
  /** How long before its start a punch may belong to a shift. */
  readonly windowBeforeMinutes: number
  readonly windowAfterMinutes: number
  /** Less work than this is half a day; null: no such rule. */
  readonly halfDayBelowMinutes: number | null
  /** Less work than this is an absence although there are punches; null: no such rule. */
  readonly absentBelowMinutes: number | null
}

export interface Shift {
  readonly id: string
  readonly name: string
  /** `flexible`: the periods are only the frame, `requiredMinutes` are owed and `core` must be kept. */
  readonly kind: 'fixed' | 'flexible'
  /** At least one, in order of time; several make a split shift. */
  readonly periods: readonly Period[]
  readonly breaks: readonly BreakRule[]
  /** Work owed, without breaks; null: the length of the periods less their unpaid breaks. */
  readonly requiredMinutes: number | null
  readonly core: Period | null
  readonly rules: Partial<ShiftRules>
}

export interface PlannedShift {
  readonly id: string
  /** The day it is called after: where it starts. */
  readonly date: string
  readonly zone: string
  readonly shift: Shift
}

/** A day somebody has planned. Without shifts it is a day off; a date that is missing is a day nobody has planned. */
export interface PlannedDay {
  readonly date: string
  readonly shifts: readonly PlannedShift[]
}

/** Give it two days more on either side than the range asked for: shifts reach over midnight. */
export interface Plan {
  /** IANA zone of the home site. */
  readonly zone: string
  readonly homeSite: string | null
  readonly days: readonly PlannedDay[]
}

/** A holiday of the site or a leave of the person. */
export interface CalendarDay {
  readonly id: string
  readonly date: string
  readonly kind: 'holiday' | 'leave'
  readonly name: string
  readonly portion: 'full' | 'first_half' | 'second_half'
}

interface CorrectionFact {
  readonly id: string
  readonly by: string
  readonly reason: string
  readonly atMs: number
}

/** A new fact beside the punches, never a change of one. A later correction wins over an earlier one. */
export type Correction = CorrectionFact &
  (
    | {
        readonly kind: 'add_punch'
        readonly punch: Punch
        /** Only a guess after an outage: gives way when a real punch near it arrives afterwards. */
        readonly estimated: boolean
      }
    | { readonly kind: 'ignore_punch'; readonly punchId: string }
    | { readonly kind: 'set_direction'; readonly punchId: string; readonly direction: PunchDirection }
    | { readonly kind: 'assign_shift'; readonly punchId: string; readonly plannedShiftId: string }
    | { readonly kind: 'excuse'; readonly date: string; readonly what: 'absence' | 'late' | 'early_leave' }
    | { readonly kind: 'withdraw'; readonly correctionId: string }
  )

/** A terminal that the person can use, and how far it is known to have handed over everything. */
export interface TerminalState {
  readonly deviceSn: string
  readonly label: string
  readonly zone: string
  /** Null while it is in contact. */
  readonly offlineSinceMs: number | null
  readonly statement: TerminalStatement | null
}

/** What it said last of its own log. Log times are by its own clock, `atMs` is by ours. */
export interface TerminalStatement {
  readonly atMs: number
  /** Null: its log is empty. */
  readonly lastLogMs: number | null
  /** Newest of its punches that we hold. */
  readonly lastReceivedMs: number | null
}

/** Somebody has closed days. A closed day reopens by itself; a closed period only opens a difference. */
export interface Closure {
  readonly id: string
  readonly kind: 'day' | 'period'
  readonly fromDate: string
  readonly toDate: string
  readonly closedAtMs: number
  readonly by: string
}

export interface RoundingRule {
  /** 0 or 1: none. Counted from local midnight. */
  readonly stepMinutes: number
  readonly mode: 'nearest' | 'up' | 'down'
}

export interface OvertimePolicy {
  readonly enabled: boolean
  /** Less than this after a shift is none at all; from here on all of it counts. */
  readonly fromMinutes: number
  readonly dailyCapMinutes: number | null
  /** Monday to Sunday, by the dates of the shifts. */
  readonly weeklyCapMinutes: number | null
  readonly ordinaryMultiplier: number
  readonly dayOffMultiplier: number
  readonly holidayMultiplier: number
}

export interface Policy extends ShiftRules {
  /** A punch within so many minutes after one that counts is the same one again. */
  readonly doubleWindowMinutes: number
  /** `keys`: as pressed where that makes sense; `first_last`: forgive every key; `toggle`: in, out, in, out. */
  readonly direction: 'keys' | 'first_last' | 'toggle'
  /** What stands in for keys where nobody presses them. */
  readonly withoutKeys: 'first_last' | 'toggle'
  readonly impossibleSpanMinutes: number
  /** Time away inside a shift is reported from here on. */
  readonly gapFromMinutes: number
  /** Presence before a shift counts as work. It never counts as overtime. */
  readonly earlyInCounts: boolean
  readonly rounding: { readonly in: RoundingRule; readonly out: RoundingRule }
  /** For shifts and days without break rules of their own; a length of 0 is none. */
  readonly automaticBreak: { readonly afterMinutes: number; readonly lengthMinutes: number }
  readonly overtime: OvertimePolicy
  /** Shifts no further apart than this hand over to each other. */
  readonly handOverMinutes: number
  /** Without a plan: punches no further apart than this belong together even over midnight. */
  readonly unplannedRestMinutes: number
  /** Without plan and keys: the longest stay over midnight that two punches alone are taken for. */
  readonly unplannedNightMinutes: number
  /** A punch that reached us so long after it was made is named as late. */
  readonly lateArrivalMinutes: number
  /** How near a real punch must lie for an estimated one to give way. */
  readonly estimateWindowMinutes: number
}

/** Dates, both inclusive. */
export interface DateRange {
  readonly fromDate: string
  readonly toDate: string
}
