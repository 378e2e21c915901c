import { minuteMs } from './minutes.ts'
import type { RoundingRule } from './types.ts'

/**
 * An instant on the grid of the wall clock, in epoch ms: steps are counted from local midnight, so that a quarter of an
 * hour is one in a half-hour zone too. `localTime` is the wall clock at the instant.
 */
export function roundInstant(instantMs: number, localTime: string, rule: RoundingRule): number {
  if (rule.stepMinutes <= 1) return instantMs
  const [hour = 0, minute = 0, second = 0] = localTime.slice(11, 19).split(':').map(Number)
  const sinceMidnightMs = ((hour * 60 + minute) * 60 + second) * 1000
  const stepMs = rule.stepMinutes * minuteMs
  const over = sinceMidnightMs % stepMs
  if (over === 0) return instantMs
  const up = rule.mode === 'up' || (rule.mode === 'nearest' && over * 2 >= stepMs)
  return instantMs + (up ? stepMs - over : -over)
}
