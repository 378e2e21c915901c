import type { WorkingPunch } from './apply-corrections.ts'
import type { PunchDirection } from './types.ts'

/** Whether the keys pressed around a span of time mean anything; instants in epoch ms. */
export type KeyTrust = (fromMs: number, toMs: number) => boolean

/**
 * How far around a span keys are looked at. The shift before and the one after show a habit; with more, a span that
 * begins or ends a day away would reach past the days a result is judged from (`contextDays`).
 */
const habitMs = 36 * 3_600_000

/** Which side of the door a key names; null where none was pressed. */
export function sideOf(key: PunchDirection): 'in' | 'out' | null {
  if (key === 'None') return null
  return key.endsWith('In') ? 'in' : 'out'
}

/**
 * Keys are believed where both sides occur and at least half of neighbouring punches change the side. A terminal nobody
 * presses keys at says `CheckIn` to everything; that is no key at all. `punches` in order of time.
 */
export function createKeyTrust(punches: readonly WorkingPunch[]): KeyTrust {
  const keyed = punches.flatMap(({ punch, key }) => {
    const side = sideOf(key)
    return side === null ? [] : [{ atMs: punch.instantMs, side }]
  })
  return (fromMs, toMs) => {
    let inwards = 0
    let outwards = 0
    let changes = 0
    let before: 'in' | 'out' | null = null
    for (let at = firstFrom(keyed, fromMs - habitMs); at < keyed.length; at += 1) {
      const punch = keyed[at]
      if (!punch || punch.atMs > toMs + habitMs) break
      if (punch.side === 'in') inwards += 1
      else outwards += 1
      if (before !== null && before !== punch.side) changes += 1
      before = punch.side
    }
    return inwards > 0 && outwards > 0 && changes * 2 >= inwards + outwards - 1
  }
}

/** Place of the first punch at or after an instant. */
function firstFrom(punches: readonly { readonly atMs: number }[], fromMs: number): number {
  let low = 0
  let high = punches.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((punches[middle]?.atMs ?? 0) < fromMs) low = middle + 1
    else high = middle
  }
  return low
}
