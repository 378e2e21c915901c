import { carve, totalMs } from './bands.ts'
import { explain, find } from './explain.ts'
import { minuteMs, wholeMinutes } from './minutes.ts'
import type { FixedBreak } from './place-shifts.ts'
import type { Band, Explanation, Finding } from './results.ts'
import type { BreakRule } from './types.ts'

export interface BreakOutcome {
  readonly bands: readonly Band[]
  readonly findings: readonly Finding[]
  readonly explanation: readonly Explanation[]
}

/** What the break rules of a shift depend on. */
export interface BreakContext {
  readonly shiftId: string
  readonly rules: readonly BreakRule[]
  readonly fixedBreaks: readonly FixedBreak[]
  /** Back so many minutes after a fixed break is in time. */
  readonly graceMinutes: number
}

const isBreak = (band: Band) => band.kind === 'break'
const isGap = (band: Band) => band.kind === 'gap'
const isWorked = (band: Band) => band.kind === 'worked'

/**
 * Breaks taken off the timeline. Fixed ones are in the bands already and are only checked for a late return; punched
 * ones turn time away into a break up to what is allowed; an automatic one is cut out of the work after its threshold,
 * less what was already paused, so that nobody loses more by working a minute longer than that minute.
 */
export function applyBreaks(bands: readonly Band[], context: BreakContext): BreakOutcome {
  let outcome: BreakOutcome = fixedBreaks(bands, context)
  for (const rule of context.rules) {
    if (rule.kind === 'fixed') continue
    const next =
      rule.kind === 'punched'
        ? punchedBreak(outcome.bands, rule, context)
        : automaticBreak(outcome.bands, rule, context)
    outcome = {
      bands: next.bands,
      findings: [...outcome.findings, ...next.findings],
      explanation: [...outcome.explanation, ...next.explanation],
    }
  }
  return outcome
}

function fixedBreaks(bands: readonly Band[], context: BreakContext): BreakOutcome {
  const { shiftId, graceMinutes } = context
  const taken = context.fixedBreaks.flatMap(pause => {
    const minutes = wholeMinutes(
      totalMs(bands, band => isBreak(band) && band.fromMs >= pause.fromMs && band.toMs <= pause.toMs),
    )
    return minutes > 0 ? [explain('break_fixed', { shiftId, numbers: { minutes } })] : []
  })
  const late = context.fixedBreaks.flatMap(pause => {
    const beyond = bands.find(band => band.fromMs === pause.toMs && (isGap(band) || isBreak(band)))
    const minutes = beyond ? wholeMinutes(beyond.toMs - beyond.fromMs) : 0
    return minutes > graceMinutes ? [find('late_back', { shiftId, minutes })] : []
  })
  return { bands, findings: late, explanation: taken }
}

function punchedBreak(
  bands: readonly Band[],
  rule: Extract<BreakRule, { kind: 'punched' }>,
  { shiftId, fixedBreaks }: BreakContext,
): BreakOutcome {
  const elsewhere = (band: Band) =>
    !fixedBreaks.some(pause => band.fromMs >= pause.fromMs && band.toMs <= pause.toMs)
  const away = (band: Band) => (isBreak(band) || isGap(band)) && elsewhere(band)
  const takenMs = totalMs(bands, away)
  if (takenMs === 0) return { bands, findings: [], explanation: [] }
  const allowedMs = rule.allowedMinutes * minuteMs
  const paused = carve(bands, away, {
    skipMs: 0,
    takeMs: allowedMs,
    into: { kind: 'break', paid: rule.paid },
  })
  const beyondMs = Math.max(0, takenMs - allowedMs)
  let passed = 0
  const divided = paused.map(band => {
    if (!away(band)) return band
    passed += band.toMs - band.fromMs
    return passed > allowedMs ? { ...band, kind: 'gap' as const, paid: false } : band
  })
  const numbers = { minutes: wholeMinutes(takenMs), allowedMinutes: rule.allowedMinutes }
  return {
    bands: divided,
    findings:
      wholeMinutes(beyondMs) > 0 ? [find('late_back', { shiftId, minutes: wholeMinutes(beyondMs) })] : [],
    explanation: [explain('break_punched', { shiftId, numbers })],
  }
}

function automaticBreak(
  bands: readonly Band[],
  rule: Extract<BreakRule, { kind: 'automatic' }>,
  { shiftId }: BreakContext,
): BreakOutcome {
  const takenMs = totalMs(bands, isBreak)
  const skipMs = rule.afterMinutes * minuteMs
  const owedMs = Math.max(0, rule.lengthMinutes * minuteMs - takenMs)
  const takeMs = Math.min(owedMs, Math.max(0, totalMs(bands, isWorked) - skipMs))
  if (takeMs === 0) return { bands, findings: [], explanation: [] }
  return {
    bands: carve(bands, isWorked, { skipMs, takeMs, into: { kind: 'break', paid: rule.paid } }),
    findings: [],
    explanation: [
      explain('break_automatic', {
        shiftId,
        numbers: {
          minutes: wholeMinutes(takeMs),
          afterMinutes: rule.afterMinutes,
          alreadyTakenMinutes: wholeMinutes(takenMs),
        },
      }),
    ],
  }
}
