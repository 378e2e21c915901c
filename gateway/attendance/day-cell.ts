import type { z } from 'zod'
import type { DayCell, DaySums } from '#contract/entities/attendance-day.ts'
import type { DayResult, JudgedPunch } from './rules/results.ts'
import { type SummedDay, summarise } from './rules/summarise.ts'
import { stampOf } from './stamp.ts'

export type DayCellEntity = z.output<typeof DayCell>
export type DaySumsEntity = z.output<typeof DaySums>

/** A day as the grid shows it; what is zero, none or no is left out. */
export function dayCell(day: DayResult, personZone: string): DayCellEntity {
  const { certainty } = day
  const last = lastPunch(day)
  const names = [...new Set(day.shifts.flatMap(({ name }) => (name === null ? [] : [name])))]
  const flags = [...new Set(day.findings.map(({ kind }) => kind))]
  return {
    Date: day.date,
    Status: day.status,
    Certainty: certainty.state,
    ...(certainty.reason === null ? {} : { Reason: certainty.reason }),
    ...some(
      'WaitingFor',
      certainty.waitingFor.map(({ label }) => label),
    ),
    ...(day.firstIn ? { In: stampOfPunch(day.firstIn) } : {}),
    ...(day.lastOut ? { Out: stampOfPunch(day.lastOut) } : {}),
    ...(last && last.punchId !== day.lastOut?.punchId ? { Last: stampOfPunch(last) } : {}),
    ...(day.zone !== null && day.zone !== personZone ? { TimeZone: day.zone } : {}),
    ...(names.length > 0 ? { Shift: names.join(', ') } : {}),
    ...positive('Punches', day.punchCount),
    ...positive('Worked', day.workedMinutes),
    ...positive('Expected', day.expectedMinutes),
    ...positive('Late', day.lateMinutes),
    ...positive('EarlyLeave', day.earlyLeaveMinutes),
    ...positive('Overtime', day.overtimeMinutes),
    ...positive('Break', day.breakMinutes),
    ...some('Flags', flags),
    ...(day.confidence < 1 ? { Confidence: Math.round(day.confidence * 100) / 100 } : {}),
    ...(day.clockErrorMs ? { ClockErrorSeconds: day.clockErrorMs / 1000 } : {}),
    ...positive('Corrections', day.corrections.length),
    ...(day.difference ? { Difference: true } : {}),
    ...(day.calendar.length > 0 ? { Holiday: day.calendar.map(({ name }) => name).join(', ') } : {}),
  }
}

/** Sums of the days of one person, as the contract names them. */
export function daySums(employeeCode: string, days: readonly SummedDay[]): DaySumsEntity {
  const sums = summarise(employeeCode, days)
  return {
    Present: sums.daysPresent,
    HalfDays: sums.halfDays,
    Absent: sums.daysAbsent,
    NotKnownYet: sums.daysNotKnownYet,
    Leave: sums.daysLeave,
    Holidays: sums.daysHoliday,
    Provisional: sums.daysProvisional,
    Worked: sums.workedMinutes,
    Expected: sums.expectedMinutes,
    Overtime: sums.overtimeMinutes,
    OvertimeWeighted: sums.overtimeWeightedMinutes,
    Late: sums.lateMinutes,
    LateTimes: sums.lateTimes,
    EarlyLeave: sums.earlyLeaveMinutes,
    EarlyLeaveTimes: sums.earlyLeaveTimes,
    MissingPunches: sums.missingPunches,
    Differences: sums.openDifferences,
  }
}

/** A punch on its own wall clock. */
export function stampOfPunch(punch: JudgedPunch): string {
  return stampOf(punch.localTime, punch.offsetMinutes)
}

function lastPunch({ shifts }: DayResult): JudgedPunch | null {
  return shifts
    .flatMap(shift => shift.punches)
    .reduce<JudgedPunch | null>(
      (last, punch) => (last === null || punch.instantMs >= last.instantMs ? punch : last),
      null,
    )
}

function positive<N extends string>(name: N, value: number): { [K in N]?: number } {
  // A computed key forgets which one it is.
  return (value > 0 ? { [name]: value } : {}) as { [K in N]?: number }
}

function some<N extends string, T>(name: N, list: readonly T[]): { [K in N]?: T[] } {
  // As above.
  return (list.length > 0 ? { [name]: [...list] } : {}) as { [K in N]?: T[] }
}
