import type { OperationAnswer } from '#contract/types.ts'
import { hoursLong } from '../../../../format/minutes.ts'
import { span, spanExact } from '../../../../format/span.ts'
import { stampClock, stampMinute, stampOffset } from '../../../../format/stamp.ts'
import { instantClock, instantFull, wallDay, zoneName } from '../../../../format/time.ts'
import { daysWords } from '../../../../words/attendance-days.ts'
import { words } from '../../../../words/index.ts'

export type ExplainedDay = OperationAnswer<'attendance.explain'>['Day']
export type ExplainedPunch = ExplainedDay['Punches'][number]

interface ExplainedSection {
  readonly title: string
  readonly lines: readonly string[]
}

/** The whole chain from punches to numbers in sentences: what the screen shows and what is copied. */
export function explanationOf(day: ExplainedDay): ExplainedSection[] {
  const w = daysWords.explain
  const shifts = day.Shifts.map(shift => ({
    title: shiftTitle(shift),
    lines: linesOf(day, shift.ShiftID),
  }))
  const deliveries = day.Punches.flatMap(punch =>
    punch.Deliveries.map(
      delivery =>
        `${stampMinute(punch.At)} → ${w.delivery(delivery.Url, w.deliveryStates[delivery.State], delivery.Attempts)}`,
    ),
  )
  return [
    { title: w.result, lines: [resultLine(day), ...waitingLines(day)] },
    ...shifts,
    { title: w.rule, lines: linesOf(day, null) },
    { title: w.punches, lines: day.Punches.map(punch => punchLine(punch, day.TimeZone)) },
    { title: daysWords.drawer.corrections, lines: day.Corrections.map(correctionLine(day.TimeZone)) },
    { title: w.deliveries, lines: deliveries.length > 0 ? deliveries : [w.noDeliveries] },
  ].filter(section => section.lines.length > 0)
}

/** The same as plain text, for a mail or a file. */
export function explanationText(day: ExplainedDay): string {
  const name = day.EmployeeName === null ? day.EmployeeCode : `${day.EmployeeName} (${day.EmployeeCode})`
  const head = `${name}, ${wallDay(day.Cell.Date)}, ${day.TimeZone} ${stampOffset(day.From)}`
  const sections = explanationOf(day).map(
    ({ title, lines }) => `${title}\n${lines.map(line => `- ${line}`).join('\n')}`,
  )
  return `${head}\n\n${sections.join('\n\n')}\n`
}

/** What the day still waits for, terminal by terminal. */
export function waitingLines(day: ExplainedDay): string[] {
  const w = daysWords.explain
  // Of a day that runs every terminal has still to say that it told everything; that is no news.
  const isRunning = day.Cell.Reason === 'running' || day.Cell.Reason === 'still_in'
  const waiting = day.WaitingFor.filter(({ Why }) => !isRunning || Why !== 'not_stated')
  return [
    ...(day.Cell.Reason ? [daysWords.grid.reason[day.Cell.Reason]] : []),
    ...waiting.map(({ LabelName, Why, Since }) =>
      Why === 'not_stated' ? w.waiting.not_stated(LabelName) : w.waiting[Why](LabelName, Since ?? w.never),
    ),
    ...(day.ClosedAt === null ? [] : [w.closedAt(instantFull(day.ClosedAt, day.TimeZone))]),
  ]
}

/** A clock error in words, or that nobody measured it. */
export function clockText(seconds: number | null): string {
  const w = daysWords.drawer
  if (seconds === null) return w.clockUnknown
  if (Math.abs(seconds) < 1) return w.clockExact
  return seconds > 0 ? w.clockAhead(spanExact(seconds)) : w.clockBehind(spanExact(seconds))
}

/** What became of a punch, in one sentence. */
export function punchUse(punch: ExplainedPunch): string {
  const w = daysWords.drawer
  if (punch.WhyNot !== null) return w.whyNot[punch.WhyNot]
  const role = punch.Role === null ? '' : w.roles[punch.Role]
  const reason = punch.RoleReason === null ? '' : w.roleReasons[punch.RoleReason]
  const isGuess = punch.Confidence !== null && punch.Confidence < 1
  return [role, [reason, isGuess ? w.sure(percent(punch.Confidence ?? 1)) : ''].filter(Boolean).join(', ')]
    .filter(Boolean)
    .join(', ')
}

function resultLine({ Cell }: ExplainedDay): string {
  const w = daysWords
  return [
    w.statuses[Cell.Status],
    `${w.drawer.worked} ${hoursLong(Cell.Worked ?? 0)}`,
    Cell.Expected ? `${w.drawer.expected} ${hoursLong(Cell.Expected)}` : '',
    Cell.Break ? `${w.drawer.break} ${hoursLong(Cell.Break)}` : '',
    Cell.Late ? `${w.drawer.late} ${hoursLong(Cell.Late)}` : '',
    Cell.EarlyLeave ? `${w.drawer.early} ${hoursLong(Cell.EarlyLeave)}` : '',
    Cell.Overtime ? `${w.drawer.overtime} ${hoursLong(Cell.Overtime)}` : '',
    w.grid.certainty[Cell.Certainty],
  ]
    .filter(Boolean)
    .join(', ')
}

/** Name and planned times of a shift. */
export function shiftTitle(shift: ExplainedDay['Shifts'][number]): string {
  const w = daysWords.drawer
  if (!shift.Planned || shift.From === null || shift.To === null) return w.unplanned
  return w.shiftOf(shift.Name ?? w.planned, stampMinute(shift.From), stampMinute(shift.To))
}

function linesOf(day: ExplainedDay, shiftId: string | null): string[] {
  const timeOf = new Map(day.Punches.map(punch => [punch.OperationID, stampMinute(punch.At)]))
  return day.Steps.filter(step => step.ShiftID === shiftId).map(step => {
    // Where it is about one or two punches, which ones is half of the matter.
    const times = step.PunchIDs.length <= 2 ? step.PunchIDs.flatMap(id => timeOf.get(id) ?? []) : []
    return [times.join(', '), stepLine(step, day.TimeZone)].filter(Boolean).join(': ')
  })
}

type Step = ExplainedDay['Steps'][number]
type StepCode = keyof typeof daysWords.explain.steps

/** A step in words; a code that these words do not know is shown as it is rather than left out. */
export function stepLine(step: Step, zone: string): string {
  const w = daysWords.explain
  if (!Object.hasOwn(w.steps, step.Code)) return w.unknownStep(step.Code)
  // Just proven to be one of the codes.
  return w.steps[step.Code as StepCode]({
    n: step.Numbers,
    minutes: value => hoursLong(value ?? 0),
    clock: value => (value === undefined ? '' : instantClock(value, zone)),
    seconds: value => span(value ?? 0),
    percent: value => percent(value ?? 0),
  })
}

function punchLine(punch: ExplainedPunch, zone: string): string {
  const w = daysWords.explain
  const time = `${stampClock(punch.At)} ${zoneName(punch.TimeZone, Date.parse(punch.At))}`
  const told = punch.Used
    ? w.usedLine(time, punch.LabelName, punchUse(punch))
    : w.unusedLine(time, punch.LabelName, punchUse(punch))
  const pressed = daysWords.drawer.pressed(words.punches.direction[punch.Pressed])
  return [
    told,
    pressed,
    words.punches.method[punch.Type],
    clockText(punch.ClockSkewSeconds),
    punch.Added ? daysWords.drawer.added : w.arrived(instantFull(punch.ReceivedAt, zone)),
  ].join('; ')
}

const correctionLine = (zone: string) => (fact: ExplainedDay['Corrections'][number]) =>
  `${correctionKind(fact.Kind)}: ${daysWords.drawer.by(fact.By, instantFull(fact.At, zone))}. ${fact.Reason}`

/** A kind of correction in words. */
function correctionKind(kind: string): string {
  const kinds = daysWords.drawer.correctionKinds
  return Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds] : kind
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
