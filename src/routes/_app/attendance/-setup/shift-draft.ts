import { type ShiftFaultCode, shiftFaults } from '#contract/shift-faults.ts'
import type { OperationInput } from '#contract/types.ts'
import { readMinutes } from './minutes.ts'
import type { Shift, ShiftShape } from './shift-band.tsx'

type BreakRule = Shift['Breaks'][number]

export const ruleNames = [
  'LateGraceMinutes',
  'EarlyLeaveGraceMinutes',
  'WindowBeforeMinutes',
  'WindowAfterMinutes',
  'HalfDayBelowMinutes',
  'AbsentBelowMinutes',
] as const

export type RuleName = (typeof ruleNames)[number]

/** A shift while it is being edited: numbers as typed, so that an empty field stays empty. */
export interface ShiftDraft {
  readonly name: string
  readonly kind: Shift['Kind']
  readonly periods: readonly Shift['Periods'][number][]
  readonly breaks: readonly BreakRule[]
  /** Hours and minutes of work owed, in minutes. */
  readonly required: string
  readonly core: Shift['Core']
  readonly rules: Readonly<Record<RuleName, string>>
  /** Empty: the version in force itself. */
  readonly fromDate: string
}

export interface DraftFaults {
  readonly name: boolean
  /** By `Periods 0`, `Breaks 1`, `Core`, `RequiredMinutes`. */
  readonly places: ReadonlyMap<string, ShiftFaultCode>
  readonly rules: ReadonlySet<RuleName>
  readonly required: boolean
}

const typed = (minutes: number | null | undefined) => (minutes == null ? '' : String(minutes))

/** A draft of a shift that exists, or of a new day shift. */
export function draftOf(shift: Shift | undefined): ShiftDraft {
  const rules = (name: RuleName) => typed(shift?.Rules[name])
  return {
    name: shift?.Name ?? '',
    kind: shift?.Kind ?? 'fixed',
    periods: shift?.Periods ?? [{ StartMinute: 540, EndMinute: 1080 }],
    breaks: shift?.Breaks ?? [],
    required: typed(shift?.RequiredMinutes),
    core: shift?.Core ?? null,
    rules: {
      LateGraceMinutes: rules('LateGraceMinutes'),
      EarlyLeaveGraceMinutes: rules('EarlyLeaveGraceMinutes'),
      WindowBeforeMinutes: rules('WindowBeforeMinutes'),
      WindowAfterMinutes: rules('WindowAfterMinutes'),
      HalfDayBelowMinutes: rules('HalfDayBelowMinutes'),
      AbsentBelowMinutes: rules('AbsentBelowMinutes'),
    },
    fromDate: '',
  }
}

/** The shift a draft stands for, as far as it can be read; for the drawing. */
export function shapeOf(draft: ShiftDraft): ShiftShape {
  const rules = ruleNames.flatMap(name => {
    const minutes = readMinutes(draft.rules[name])
    return minutes == null ? [] : [[name, minutes] as const]
  })
  return {
    Kind: draft.kind,
    Periods: [...draft.periods],
    Breaks: [...draft.breaks],
    RequiredMinutes: readMinutes(draft.required) ?? null,
    Core: draft.kind === 'flexible' ? draft.core : null,
    Rules: Object.fromEntries(rules),
  }
}

/** What is wrong with a draft, or null. */
export function faultsOf(draft: ShiftDraft): DraftFaults | null {
  const places = new Map(shiftFaults(shapeOf(draft)).map(({ path, code }) => [path.join(' '), code]))
  const rules = new Set(ruleNames.filter(name => readMinutes(draft.rules[name]) === undefined))
  const faults = {
    name: draft.name.trim() === '',
    places,
    rules,
    required: readMinutes(draft.required) === undefined,
  }
  return faults.name || places.size > 0 || rules.size > 0 || faults.required ? faults : null
}

/** What is sent. */
export function inputOf(
  draft: ShiftDraft,
  shiftId: string | undefined,
): OperationInput<'attendance.saveShift'> {
  return {
    ...(shiftId === undefined ? {} : { ShiftID: shiftId }),
    Name: draft.name.trim(),
    ...(draft.fromDate === '' ? {} : { FromDate: draft.fromDate }),
    ...shapeOf(draft),
  }
}

/** What would bring back a shift as it was. */
export function inputOfShift(shift: Shift): OperationInput<'attendance.saveShift'> {
  const { ShiftID, Name, FromDate, Kind, Periods, Breaks, RequiredMinutes, Core, Rules } = shift
  return { ShiftID, Name, FromDate, Kind, Periods, Breaks, RequiredMinutes, Core, Rules }
}
