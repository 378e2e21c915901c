import type { DayResultRow } from '../../store/day-results.ts'
import { type DayFacts, isSettled } from './day-facts.ts'

/** What a cell leaves out of the facts; short names, since there is one for every person and day. */
interface More {
  /** Sites and the punches from each. */
  readonly s?: Readonly<Record<string, number>>
  /** Serial numbers of the terminals. */
  readonly d?: readonly string[]
  /** Hours of presence: a hundred times the weekday and the hour, then the minutes, by turns. */
  readonly h?: readonly number[]
  /** Why it is not settled. */
  readonly r?: NonNullable<DayFacts['certainty']['reason']>
  /** The plain day: hours, and the terminals of first in and last out. */
  readonly p?: readonly [hours: number | null, firstInSn: string | null, lastOutSn: string | null]
  /** Confidence before it was rounded for show. */
  readonly c?: number
  /** Clock error, ms. */
  readonly e?: number
  /** Findings that stand there more than once. */
  readonly f?: readonly string[]
}

/** A day as the store keeps it. */
export function keptDay(employeeCode: string, facts: DayFacts, judgedAt: number): DayResultRow {
  const { plain, cell } = facts
  const kinds = facts.findings.map(({ kind }) => kind)
  const more: More = {
    ...(Object.keys(facts.sites).length > 0 ? { s: facts.sites } : {}),
    ...(facts.deviceSns.length > 0 ? { d: facts.deviceSns } : {}),
    ...(facts.presence.length > 0
      ? { h: facts.presence.flatMap(({ weekday, hour, minutes }) => [weekday * 100 + hour, minutes]) }
      : {}),
    ...(facts.certainty.reason === null ? {} : { r: facts.certainty.reason }),
    ...(plain === null ? {} : { p: [plain.hours, plain.firstInDeviceSn, plain.lastOutDeviceSn] as const }),
    ...(plain !== null && plain.confidence < 1 ? { c: plain.confidence } : {}),
    ...(plain === null || plain.clockErrorMs === null ? {} : { e: plain.clockErrorMs }),
    ...(kinds.length === (cell.Flags?.length ?? 0) ? {} : { f: kinds }),
  }
  return {
    employee_code: employeeCode,
    date: facts.date,
    status: facts.status,
    certainty: facts.certainty.state,
    settled: isSettled(facts) ? 1 : 0,
    punches: facts.punchCount,
    worked: facts.workedMinutes,
    expected: facts.expectedMinutes,
    overtime: facts.overtimeMinutes,
    overtime_weighted: facts.overtimeWeightedMinutes,
    late: facts.lateMinutes,
    early_leave: facts.earlyLeaveMinutes,
    missing: kinds.filter(kind => kind === 'missing_in' || kind === 'missing_out').length,
    difference: facts.difference ? 1 : 0,
    cell: JSON.stringify(cell),
    more: JSON.stringify(more),
    judged_at: judgedAt,
  }
}

/** The facts of a kept day again. */
export function factsOf(row: DayResultRow): DayFacts {
  // Written by `keptDay` and by nothing else.
  const cell = JSON.parse(row.cell) as DayFacts['cell']
  const more = JSON.parse(row.more) as More
  const kinds = (more.f ?? cell.Flags ?? []) as DayFacts['findings'][number]['kind'][]
  const [hours, firstInDeviceSn, lastOutDeviceSn] = more.p ?? [null, null, null]
  return {
    date: row.date,
    status: row.status as DayFacts['status'],
    certainty: { state: row.certainty as DayFacts['certainty']['state'], reason: more.r ?? null },
    findings: kinds.map(kind => ({ kind })),
    workedMinutes: row.worked,
    expectedMinutes: row.expected,
    overtimeMinutes: row.overtime,
    overtimeWeightedMinutes: row.overtime_weighted,
    lateMinutes: row.late,
    earlyLeaveMinutes: row.early_leave,
    punchCount: row.punches,
    zone: cell.TimeZone ?? null,
    difference: row.difference === 1,
    sites: more.s ?? {},
    deviceSns: more.d ?? [],
    presence: presenceOf(more.h ?? []),
    cell,
    plain:
      more.p === undefined
        ? null
        : {
            date: row.date,
            employeeCode: row.employee_code,
            firstIn: wallClock(cell.In),
            firstInDeviceSn,
            lastOut: wallClock(cell.Out),
            lastOutDeviceSn,
            hours,
            punchCount: row.punches,
            certainty: row.certainty as DayFacts['certainty']['state'],
            findings: cell.Flags ?? [],
            confidence: more.c ?? 1,
            clockErrorMs: more.e ?? null,
          },
  }
}

function presenceOf(pairs: readonly number[]): DayFacts['presence'] {
  return Array.from({ length: pairs.length / 2 }, (_, at) => {
    const [code = 0, minutes = 0] = pairs.slice(at * 2)
    return { weekday: Math.floor(code / 100), hour: code % 100, minutes }
  })
}

/** `2026-03-02T08:00:00+05:30` as the terminal wrote it. */
function wallClock(stamp: string | undefined): string | null {
  return stamp === undefined ? null : stamp.slice(0, 19).replace('T', ' ')
}
