import type { DayResult } from './results.ts'

/** One row per person and range, as payroll wants it. */
export interface PersonSummary {
  readonly employeeCode: string
  readonly daysPresent: number
  readonly halfDays: number
  readonly daysAbsent: number
  /** Nobody can say yet: a terminal still owes its log. */
  readonly daysNotKnownYet: number
  readonly daysLeave: number
  readonly daysHoliday: number
  /** Days whose numbers may still change. */
  readonly daysProvisional: number
  readonly workedMinutes: number
  readonly expectedMinutes: number
  readonly overtimeMinutes: number
  readonly overtimeWeightedMinutes: number
  readonly lateMinutes: number
  readonly lateTimes: number
  readonly earlyLeaveMinutes: number
  readonly earlyLeaveTimes: number
  readonly missingPunches: number
  readonly openDifferences: number
}

/** What sums are made of. */
export interface SummedDay
  extends Pick<
    DayResult,
    | 'status'
    | 'workedMinutes'
    | 'expectedMinutes'
    | 'overtimeMinutes'
    | 'overtimeWeightedMinutes'
    | 'lateMinutes'
    | 'earlyLeaveMinutes'
  > {
  readonly certainty: Pick<DayResult['certainty'], 'state'>
  readonly findings: readonly Pick<DayResult['findings'][number], 'kind'>[]
  readonly difference: DayResult['difference'] | boolean
}

/** Sums of the days of one person. */
export function summarise(employeeCode: string, days: readonly SummedDay[]): PersonSummary {
  const count = (chosen: (day: SummedDay) => boolean) => days.filter(chosen).length
  const total = (value: (day: SummedDay) => number) => days.reduce((sum, day) => sum + value(day), 0)
  return {
    employeeCode,
    daysPresent: count(({ status }) => status === 'present' || status === 'half_day'),
    halfDays: count(({ status }) => status === 'half_day'),
    daysAbsent: count(({ status }) => status === 'absent'),
    daysNotKnownYet: count(({ status }) => status === 'not_known_yet'),
    daysLeave: count(({ status }) => status === 'leave'),
    daysHoliday: count(({ status }) => status === 'holiday'),
    daysProvisional: count(({ certainty }) => ['provisional', 'reopened'].includes(certainty.state)),
    workedMinutes: total(day => day.workedMinutes),
    expectedMinutes: total(day => day.expectedMinutes),
    overtimeMinutes: total(day => day.overtimeMinutes),
    overtimeWeightedMinutes: total(day => day.overtimeWeightedMinutes),
    lateMinutes: total(day => day.lateMinutes),
    lateTimes: count(day => day.lateMinutes > 0),
    earlyLeaveMinutes: total(day => day.earlyLeaveMinutes),
    earlyLeaveTimes: count(day => day.earlyLeaveMinutes > 0),
    missingPunches: total(
      day => day.findings.filter(({ kind }) => kind === 'missing_in' || kind === 'missing_out').length,
    ),
    openDifferences: count(({ difference }) => difference !== null && difference !== false),
  }
}

/** What the published summary knows of a day. Times are wall clocks of the terminals. */
export interface PlainDay {
  readonly date: string
  readonly employeeCode: string
  readonly firstIn: string | null
  readonly firstInDeviceSn: string | null
  readonly lastOut: string | null
  readonly lastOutDeviceSn: string | null
  /** To the hundredth; null while no stay has both ends. */
  readonly hours: number | null
  readonly punchCount: number
  readonly certainty: 'provisional' | 'complete' | 'closed' | 'reopened'
  /** What a reviewer should see, each kind once. */
  readonly findings: readonly string[]
  readonly confidence: number
  readonly clockErrorMs: number | null
}

/** The plain answer for a day, or null for one without punches. */
export function plainDay(day: DayResult): PlainDay | null {
  if (day.punchCount === 0) return null
  const paired = day.shifts.some(shift =>
    shift.bands.some(({ kind }) => kind !== 'open' && kind !== 'unclear'),
  )
  return {
    date: day.date,
    employeeCode: day.employeeCode,
    firstIn: day.firstIn?.localTime ?? null,
    firstInDeviceSn: day.firstIn?.deviceSn ?? null,
    lastOut: day.lastOut?.localTime ?? null,
    lastOutDeviceSn: day.lastOut?.deviceSn ?? null,
    hours: paired ? Math.round(day.workedMinutes / 0.6) / 100 : null,
    punchCount: day.punchCount,
    certainty: day.certainty.state,
    findings: [...new Set(day.findings.map(({ kind }) => kind))],
    confidence: day.confidence,
    clockErrorMs: day.clockErrorMs,
  }
}
