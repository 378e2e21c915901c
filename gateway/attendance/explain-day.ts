import type { z } from 'zod'
import type { ExplainedDay, ExplainedPunch } from '#contract/entities/attendance-day.ts'
import { Direction, Modality } from '#contract/entities/punch.ts'
import type { Reader } from '../store/index.ts'
import { namesOf } from '../store/people-names.ts'
import { type PunchFact, punchFacts } from '../store/punch-facts.ts'
import { plannedInstant, shiftDay } from '../time/zone.ts'
import { dayCell, stampOfPunch } from './day-cell.ts'
import type { DayResult, Explanation, JudgedPunch, ShiftResult } from './rules/results.ts'
import { stampAt, stampOf } from './stamp.ts'

type Entity = z.output<typeof ExplainedDay>
type PunchEntity = z.output<typeof ExplainedPunch>

/** Everything behind the numbers of a day, with what the store knows of its punches. */
export async function explainDay(reader: Reader, day: DayResult, nowMs: number): Promise<Entity> {
  const zone = day.zone ?? 'UTC'
  const facts = await punchFacts(reader, punchIdsOf(day))
  const names = await namesOf(reader, [day.employeeCode])
  return {
    EmployeeCode: day.employeeCode,
    EmployeeName: names.get(day.employeeCode) ?? null,
    Cell: dayCell(day, zone),
    TimeZone: zone,
    From: stampAt(plannedInstant(`${day.date} 00:00:00`, zone), zone),
    To: stampAt(plannedInstant(`${shiftDay(day.date, 1)} 00:00:00`, zone), zone),
    Now: new Date(nowMs).toISOString(),
    WaitingFor: day.certainty.waitingFor.map(waiting => ({
      DeviceSN: waiting.deviceSn,
      LabelName: waiting.label,
      Why: waiting.why,
      Since: waiting.sinceLocal,
    })),
    ClosedAt: day.certainty.closedAtMs === null ? null : new Date(day.certainty.closedAtMs).toISOString(),
    Shifts: day.shifts.map(explainedShift),
    Findings: day.findings.map(finding => ({
      Kind: finding.kind,
      ShiftID: finding.shiftId,
      PunchIDs: [...finding.punchIds],
      Minutes: finding.minutes,
      Uncertain: finding.uncertain,
    })),
    Steps: day.explanation.map(step => ({
      Code: codeOf(step),
      ShiftID: step.shiftId,
      PunchIDs: [...step.punchIds],
      Numbers: { ...step.numbers },
    })),
    Punches: explainedPunches(day, facts),
    Corrections: day.corrections.map(fact => ({
      CorrectionID: fact.correctionId,
      Kind: fact.kind,
      By: fact.by,
      Reason: fact.reason,
      At: new Date(fact.atMs).toISOString(),
      PunchIDs: [...fact.punchIds],
    })),
    Changes: (day.difference?.changes ?? []).map(change => ({
      Field: change.field,
      Before: change.before,
      After: change.after,
    })),
  }
}

/** A day about which nothing is known: nobody planned it and nothing was punched. */
export function emptyDay(employeeCode: string, date: string): DayResult {
  return {
    employeeCode,
    date,
    zone: null,
    status: 'nothing_planned',
    certainty: { state: 'provisional', reason: null, waitingFor: [], latePunches: [], closedAtMs: null },
    shifts: [],
    firstIn: null,
    lastOut: null,
    punchCount: 0,
    calendar: [],
    workedMinutes: 0,
    breakMinutes: 0,
    expectedMinutes: 0,
    lateMinutes: 0,
    earlyLeaveMinutes: 0,
    overtimeMinutes: 0,
    overtimeWeightedMinutes: 0,
    clockErrorMs: null,
    confidence: 1,
    corrections: [],
    findings: [],
    explanation: [],
    difference: null,
  }
}

const prefix = 'attendance.explain.'

/** `late`, or `punch_excluded.ignored` where the sentence differs. */
function codeOf({ words }: Explanation): string {
  return words.startsWith(prefix) ? words.slice(prefix.length) : words
}

function explainedShift(shift: ShiftResult): Entity['Shifts'][number] {
  const stamp = (instantMs: number | null) => (instantMs === null ? null : stampAt(instantMs, shift.zone))
  const verdict = ({ minutes, exceeded, uncertain }: ShiftResult['late']) => ({
    Minutes: minutes,
    Exceeded: exceeded,
    Uncertain: uncertain,
  })
  return {
    ShiftID: shift.id,
    Planned: shift.planned,
    Name: shift.name,
    TimeZone: shift.zone,
    From: stamp(shift.plannedFromMs),
    To: stamp(shift.plannedToMs),
    Status: shift.status,
    Bands: shift.bands.map(band => ({
      Kind: band.kind,
      From: stampAt(band.fromMs, shift.zone),
      To: stampAt(band.toMs, shift.zone),
      Paid: band.paid,
    })),
    Late: verdict(shift.late),
    EarlyLeave: verdict(shift.earlyLeave),
    Worked: shift.workedMinutes,
    Expected: shift.expectedMinutes,
    Break: shift.breakMinutes,
    Overtime: shift.overtimeMinutes,
    OvertimeMultiplier: shift.overtimeMultiplier,
  }
}

const excludedCode = 'punch_excluded.'

function whyExcluded(day: DayResult): ReadonlyMap<string, NonNullable<PunchEntity['WhyNot']>> {
  const why = new Map<string, NonNullable<PunchEntity['WhyNot']>>()
  for (const shift of day.shifts)
    for (const punch of shift.punches) for (const { punchId } of punch.doubles) why.set(punchId, 'double')
  for (const step of day.explanation) {
    const code = codeOf(step)
    if (!code.startsWith(excludedCode)) continue
    const reason = code.slice(excludedCode.length)
    if (reason === 'implausible_time' || reason === 'ignored' || reason === 'estimate_withdrawn')
      for (const id of step.punchIds) why.set(id, reason)
  }
  return why
}

function punchIdsOf(day: DayResult): string[] {
  const used = day.shifts.flatMap(shift => shift.punches.map(({ punchId }) => punchId))
  return [...new Set([...used, ...whyExcluded(day).keys()])]
}

/** Those that count, as they were judged, and those that do not, as they are kept. */
function explainedPunches(day: DayResult, facts: ReadonlyMap<string, PunchFact>): PunchEntity[] {
  const late = new Set(day.certainty.latePunches.map(({ punchId }) => punchId))
  const used = day.shifts.flatMap(shift =>
    shift.punches.map(punch => usedPunch(day.employeeCode, punch, facts.get(punch.punchId), late)),
  )
  const unused = [...whyExcluded(day)].flatMap(([id, why]) => {
    const fact = facts.get(id)
    return fact ? [unusedPunch(day.employeeCode, id, fact, why, late)] : []
  })
  return [...used, ...unused].sort((a, b) => Date.parse(a.At) - Date.parse(b.At))
}

function usedPunch(
  employeeCode: string,
  punch: JudgedPunch,
  fact: PunchFact | undefined,
  late: ReadonlySet<string>,
): PunchEntity {
  return {
    OperationID: punch.punchId,
    EmployeeCode: employeeCode,
    AttendanceLog: punch.localTime,
    At: stampOfPunch(punch),
    Counted: stampAt(punch.countedMs, punch.zone),
    TimeZone: punch.zone,
    DeviceSN: punch.deviceSn,
    LabelName: fact?.label ?? punch.deviceSn,
    Site: punch.site,
    Type: Modality.parse(fact?.modality ?? 'others'),
    Pressed: punch.pressed,
    Used: true,
    WhyNot: null,
    Role: punch.role,
    RoleReason: punch.reason,
    Confidence: punch.confidence,
    ClockSkewSeconds: punch.clockSkewMs === null ? null : punch.clockSkewMs / 1000,
    ReceivedAt: new Date(punch.receivedAtMs).toISOString(),
    Late: late.has(punch.punchId),
    Added: fact === undefined,
    Deliveries: deliveriesOf(fact),
  }
}

function unusedPunch(
  employeeCode: string,
  id: string,
  fact: PunchFact,
  why: NonNullable<PunchEntity['WhyNot']>,
  late: ReadonlySet<string>,
): PunchEntity {
  return {
    OperationID: id,
    EmployeeCode: employeeCode,
    AttendanceLog: fact.localTime,
    At: stampOf(fact.localTime, fact.offsetMinutes),
    Counted: null,
    TimeZone: fact.zone,
    DeviceSN: fact.sn,
    LabelName: fact.label,
    Site: fact.site,
    Type: Modality.parse(fact.modality),
    Pressed: Direction.parse(fact.direction),
    Used: false,
    WhyNot: why,
    Role: null,
    RoleReason: null,
    Confidence: null,
    ClockSkewSeconds: fact.clockSkewMs === null ? null : fact.clockSkewMs / 1000,
    ReceivedAt: new Date(fact.receivedAtMs).toISOString(),
    Late: late.has(id),
    Added: false,
    Deliveries: deliveriesOf(fact),
  }
}

function deliveriesOf(fact: PunchFact | undefined): PunchEntity['Deliveries'] {
  return (fact?.deliveries ?? []).map(delivery => ({
    SubscriptionID: delivery.subscriptionId,
    Url: delivery.url,
    State: delivery.state,
    Attempts: delivery.attempts,
    SettledAt: delivery.settledAtMs === null ? null : new Date(delivery.settledAtMs).toISOString(),
  }))
}
