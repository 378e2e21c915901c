import { readMinutes } from './minutes.ts'
import type { Policy } from './rows.ts'

/** Numbers of minutes of their own. */
export const numberNames = [
  'LateGraceMinutes',
  'EarlyLeaveGraceMinutes',
  'HalfDayBelowMinutes',
  'AbsentBelowMinutes',
  'WindowBeforeMinutes',
  'WindowAfterMinutes',
  'DoubleWindowMinutes',
  'HandOverMinutes',
  'ImpossibleSpanMinutes',
  'GapFromMinutes',
  'LateArrivalMinutes',
  'EstimateWindowMinutes',
  'UnplannedRestMinutes',
  'UnplannedNightMinutes',
] as const

export type NumberName = (typeof numberNames)[number]

interface RoundingDraft {
  readonly step: string
  readonly mode: Policy['Rounding']['In']['Mode']
}

/** The rules while they are being edited: numbers as typed. */
export interface PolicyDraft {
  readonly numbers: Readonly<Record<NumberName, string>>
  readonly direction: Policy['Direction']
  readonly withoutKeys: Policy['WithoutKeys']
  readonly earlyIn: boolean
  readonly rounding: { readonly in: RoundingDraft; readonly out: RoundingDraft }
  readonly breakAfter: string
  readonly breakLength: string
  readonly overtime: {
    readonly enabled: boolean
    readonly from: string
    readonly dailyCap: string
    readonly weeklyCap: string
    readonly ordinary: string
    readonly dayOff: string
    readonly holiday: string
  }
}

const typed = (value: number | null) => (value === null ? '' : String(value))

/** A draft of rules in force. */
export function policyDraft(policy: Policy): PolicyDraft {
  const { Rounding, AutomaticBreak, Overtime } = policy
  // A loop over the names forgets which they are.
  const numbers = Object.fromEntries(numberNames.map(name => [name, typed(policy[name])])) as Record<
    NumberName,
    string
  >
  return {
    numbers,
    direction: policy.Direction,
    withoutKeys: policy.WithoutKeys,
    earlyIn: policy.EarlyInCounts,
    rounding: {
      in: { step: typed(Rounding.In.StepMinutes), mode: Rounding.In.Mode },
      out: { step: typed(Rounding.Out.StepMinutes), mode: Rounding.Out.Mode },
    },
    breakAfter: typed(AutomaticBreak.AfterMinutes),
    breakLength: typed(AutomaticBreak.LengthMinutes),
    overtime: {
      enabled: Overtime.Enabled,
      from: typed(Overtime.FromMinutes),
      dailyCap: typed(Overtime.DailyCapMinutes),
      weeklyCap: typed(Overtime.WeeklyCapMinutes),
      ordinary: String(Overtime.OrdinaryMultiplier),
      dayOff: String(Overtime.DayOffMultiplier),
      holiday: String(Overtime.HolidayMultiplier),
    },
  }
}

/** The rules a draft stands for, or null with the names of what cannot be read. */
export function readPolicyDraft(draft: PolicyDraft): { value: Policy | null; faults: ReadonlySet<string> } {
  const faults = new Set<string>()
  const optional = (name: string, text: string): number | null => {
    const minutes = readMinutes(text)
    if (minutes === undefined) faults.add(name)
    return minutes ?? null
  }
  const needed = (name: string, text: string): number => {
    const minutes = optional(name, text)
    if (minutes === null) faults.add(name)
    return minutes ?? 0
  }
  const factor = (name: string, text: string): number => {
    const number = Number(text.trim().replace(',', '.'))
    if (text.trim() === '' || !Number.isFinite(number) || number < 1 || number > 5) faults.add(name)
    return number
  }
  const number = (name: NumberName) => needed(name, draft.numbers[name])
  const { rounding, overtime } = draft
  const value: Policy = {
    LateGraceMinutes: number('LateGraceMinutes'),
    EarlyLeaveGraceMinutes: number('EarlyLeaveGraceMinutes'),
    HalfDayBelowMinutes: optional('HalfDayBelowMinutes', draft.numbers.HalfDayBelowMinutes),
    AbsentBelowMinutes: optional('AbsentBelowMinutes', draft.numbers.AbsentBelowMinutes),
    WindowBeforeMinutes: number('WindowBeforeMinutes'),
    WindowAfterMinutes: number('WindowAfterMinutes'),
    DoubleWindowMinutes: number('DoubleWindowMinutes'),
    HandOverMinutes: number('HandOverMinutes'),
    ImpossibleSpanMinutes: number('ImpossibleSpanMinutes'),
    GapFromMinutes: number('GapFromMinutes'),
    LateArrivalMinutes: number('LateArrivalMinutes'),
    EstimateWindowMinutes: number('EstimateWindowMinutes'),
    UnplannedRestMinutes: number('UnplannedRestMinutes'),
    UnplannedNightMinutes: number('UnplannedNightMinutes'),
    Direction: draft.direction,
    WithoutKeys: draft.withoutKeys,
    EarlyInCounts: draft.earlyIn,
    Rounding: {
      In: { StepMinutes: needed('rounding.in', rounding.in.step), Mode: rounding.in.mode },
      Out: { StepMinutes: needed('rounding.out', rounding.out.step), Mode: rounding.out.mode },
    },
    AutomaticBreak: {
      AfterMinutes: needed('breakAfter', draft.breakAfter),
      LengthMinutes: needed('breakLength', draft.breakLength),
    },
    Overtime: {
      Enabled: overtime.enabled,
      FromMinutes: needed('overtime.from', overtime.from),
      DailyCapMinutes: optional('overtime.dailyCap', overtime.dailyCap),
      WeeklyCapMinutes: optional('overtime.weeklyCap', overtime.weeklyCap),
      OrdinaryMultiplier: factor('overtime.ordinary', overtime.ordinary),
      DayOffMultiplier: factor('overtime.dayOff', overtime.dayOff),
      HolidayMultiplier: factor('overtime.holiday', overtime.holiday),
    },
  }
  return { value: faults.size > 0 ? null : value, faults }
}
