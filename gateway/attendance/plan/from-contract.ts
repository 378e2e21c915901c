import type { z } from 'zod'
import type { AttendancePolicy, RotationDefinition, ShiftDefinition } from '#contract/entities/plan.ts'
import type { BreakRule, Policy, Shift, ShiftRules } from '../rules/types.ts'

export type ShiftEntity = z.output<typeof ShiftDefinition>
export type RotationEntity = z.output<typeof RotationDefinition>
export type PolicyEntity = z.output<typeof AttendancePolicy>

/** A shift of the contract as the rules know it. */
export function shiftOf(id: string, name: string, shift: ShiftEntity): Shift {
  return {
    id,
    name,
    kind: shift.Kind,
    periods: shift.Periods.map(periodOf),
    breaks: shift.Breaks.map(breakOf),
    requiredMinutes: shift.RequiredMinutes,
    core: shift.Core && periodOf(shift.Core),
    rules: rulesOf(shift.Rules),
  }
}

function periodOf({ StartMinute, EndMinute }: ShiftEntity['Periods'][number]) {
  return { startMinute: StartMinute, endMinute: EndMinute }
}

function breakOf(rule: ShiftEntity['Breaks'][number]): BreakRule {
  if (rule.Kind === 'fixed') return { kind: 'fixed', ...periodOf(rule), paid: rule.Paid }
  if (rule.Kind === 'punched')
    return { kind: 'punched', allowedMinutes: rule.AllowedMinutes, paid: rule.Paid }
  return {
    kind: 'automatic',
    afterMinutes: rule.AfterMinutes,
    lengthMinutes: rule.LengthMinutes,
    paid: rule.Paid,
  }
}

function rulesOf(rules: ShiftEntity['Rules']): Partial<ShiftRules> {
  const entries = [
    ['lateGraceMinutes', rules.LateGraceMinutes],
    ['earlyLeaveGraceMinutes', rules.EarlyLeaveGraceMinutes],
    ['windowBeforeMinutes', rules.WindowBeforeMinutes],
    ['windowAfterMinutes', rules.WindowAfterMinutes],
    ['halfDayBelowMinutes', rules.HalfDayBelowMinutes],
    ['absentBelowMinutes', rules.AbsentBelowMinutes],
  ] as const
  // What a shift does not set is left out, so that the policy shows through.
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/** The policy of the contract as the rules know it. */
export function policyOf(policy: PolicyEntity): Policy {
  const { Rounding, AutomaticBreak, Overtime } = policy
  return {
    lateGraceMinutes: policy.LateGraceMinutes,
    earlyLeaveGraceMinutes: policy.EarlyLeaveGraceMinutes,
    windowBeforeMinutes: policy.WindowBeforeMinutes,
    windowAfterMinutes: policy.WindowAfterMinutes,
    halfDayBelowMinutes: policy.HalfDayBelowMinutes,
    absentBelowMinutes: policy.AbsentBelowMinutes,
    doubleWindowMinutes: policy.DoubleWindowMinutes,
    direction: policy.Direction,
    withoutKeys: policy.WithoutKeys,
    impossibleSpanMinutes: policy.ImpossibleSpanMinutes,
    gapFromMinutes: policy.GapFromMinutes,
    earlyInCounts: policy.EarlyInCounts,
    rounding: {
      in: { stepMinutes: Rounding.In.StepMinutes, mode: Rounding.In.Mode },
      out: { stepMinutes: Rounding.Out.StepMinutes, mode: Rounding.Out.Mode },
    },
    automaticBreak: {
      afterMinutes: AutomaticBreak.AfterMinutes,
      lengthMinutes: AutomaticBreak.LengthMinutes,
    },
    overtime: {
      enabled: Overtime.Enabled,
      fromMinutes: Overtime.FromMinutes,
      dailyCapMinutes: Overtime.DailyCapMinutes,
      weeklyCapMinutes: Overtime.WeeklyCapMinutes,
      ordinaryMultiplier: Overtime.OrdinaryMultiplier,
      dayOffMultiplier: Overtime.DayOffMultiplier,
      holidayMultiplier: Overtime.HolidayMultiplier,
    },
    handOverMinutes: policy.HandOverMinutes,
    unplannedRestMinutes: policy.UnplannedRestMinutes,
    unplannedNightMinutes: policy.UnplannedNightMinutes,
    lateArrivalMinutes: policy.LateArrivalMinutes,
    estimateWindowMinutes: policy.EstimateWindowMinutes,
  }
}

/** The other way round, for what holds while nobody has decided anything. */
export function policyEntity(policy: Policy): PolicyEntity {
  const { rounding, automaticBreak, overtime } = policy
  return {
    LateGraceMinutes: policy.lateGraceMinutes,
    EarlyLeaveGraceMinutes: policy.earlyLeaveGraceMinutes,
    WindowBeforeMinutes: policy.windowBeforeMinutes,
    WindowAfterMinutes: policy.windowAfterMinutes,
    HalfDayBelowMinutes: policy.halfDayBelowMinutes,
    AbsentBelowMinutes: policy.absentBelowMinutes,
    DoubleWindowMinutes: policy.doubleWindowMinutes,
    Direction: policy.direction,
    WithoutKeys: policy.withoutKeys,
    ImpossibleSpanMinutes: policy.impossibleSpanMinutes,
    GapFromMinutes: policy.gapFromMinutes,
    EarlyInCounts: policy.earlyInCounts,
    Rounding: {
      In: { StepMinutes: rounding.in.stepMinutes, Mode: rounding.in.mode },
      Out: { StepMinutes: rounding.out.stepMinutes, Mode: rounding.out.mode },
    },
    AutomaticBreak: {
      AfterMinutes: automaticBreak.afterMinutes,
      LengthMinutes: automaticBreak.lengthMinutes,
    },
    Overtime: {
      Enabled: overtime.enabled,
      FromMinutes: overtime.fromMinutes,
      DailyCapMinutes: overtime.dailyCapMinutes,
      WeeklyCapMinutes: overtime.weeklyCapMinutes,
      OrdinaryMultiplier: overtime.ordinaryMultiplier,
      DayOffMultiplier: overtime.dayOffMultiplier,
      HolidayMultiplier: overtime.holidayMultiplier,
    },
    HandOverMinutes: policy.handOverMinutes,
    UnplannedRestMinutes: policy.unplannedRestMinutes,
    UnplannedNightMinutes: policy.unplannedNightMinutes,
    LateArrivalMinutes: policy.lateArrivalMinutes,
    EstimateWindowMinutes: policy.estimateWindowMinutes,
  }
}
