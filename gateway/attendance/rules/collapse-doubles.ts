import type { WorkingPunch } from './apply-corrections.ts'
import { minuteMs } from './minutes.ts'
import type { PunchDirection } from './types.ts'

/** A punch that counts, with those that are the same one again. */
export interface KeptPunch extends WorkingPunch {
  readonly doubles: readonly { readonly punchId: string; readonly secondsAfter: number }[]
}

/**
 * Counts a punch once that was made again within the window, at whichever terminal. The first one gives the time; the
 * last key pressed gives the direction, since whoever presses twice within two minutes corrects a wrong key. The window
 * starts at the punch that counts, so that a row of doubles cannot stretch over hours. `punches` in order of time.
 */
export function collapseDoubles(punches: readonly WorkingPunch[], windowMinutes: number): KeptPunch[] {
  const kept: KeptPunch[] = []
  for (const next of punches) {
    const anchor = kept.at(-1)
    // A break of a minute is a break: nothing behind another kind of punch is the same one again.
    if (anchor && isNear(anchor, next, windowMinutes) && isSameAgain(anchor, next))
      kept[kept.length - 1] = joined(anchor, next)
    else kept.push({ ...next, doubles: [] })
  }
  return kept
}

function isNear(anchor: WorkingPunch, next: WorkingPunch, windowMinutes: number): boolean {
  return next.punch.instantMs - anchor.punch.instantMs <= windowMinutes * minuteMs
}

/** Keys of breaks and of overtime are pressed on purpose: out of the shift and into overtime are two punches. */
function isSameAgain(anchor: WorkingPunch, next: WorkingPunch): boolean {
  if (next.plannedShiftId !== null && next.plannedShiftId !== anchor.plannedShiftId) return false
  if (anchor.key === next.key || anchor.key === 'None' || next.key === 'None') return true
  return (
    !isBreakKey(anchor.key) && !isBreakKey(next.key) && isOvertimeKey(anchor.key) === isOvertimeKey(next.key)
  )
}

function joined(anchor: KeptPunch, next: WorkingPunch): KeptPunch {
  const replaces = next.keyCorrected || (!anchor.keyCorrected && next.key !== 'None')
  return {
    ...anchor,
    key: replaces ? next.key : anchor.key,
    keyCorrected: anchor.keyCorrected || next.keyCorrected,
    correctionIds: [...anchor.correctionIds, ...next.correctionIds],
    doubles: [
      ...anchor.doubles,
      {
        punchId: next.punch.id,
        secondsAfter: Math.floor((next.punch.instantMs - anchor.punch.instantMs) / 1000),
      },
    ],
  }
}

function isBreakKey(key: PunchDirection): boolean {
  return key === 'BreakIn' || key === 'BreakOut'
}

function isOvertimeKey(key: PunchDirection): boolean {
  return key === 'OverTimeIn' || key === 'OverTimeOut'
}
