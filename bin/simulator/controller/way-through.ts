import type { Random } from '../random.ts'

/** How somebody's way through one of several doors goes. */
export type WayThrough = {
  door: number
  heldMs: number
  /** A door that was tried before and does not open for them. */
  triedDoor?: number
  /** Somebody with a card nobody knows was at the door just before. */
  strangeCard?: string
  /** A door that is broken open at the same time. */
  forcedDoor?: number
}

const triedChance = 0.03
const strangeChance = 0.01
const propChance = 0.006
const forceChance = 0.002

/** Mostly the way is plain; now and then it is the wrong door, a propped one, a stranger, or force. */
export function wayThrough(random: Random, allowed: readonly number[], doors: number): WayThrough {
  const [first = 1, ...others] = allowed
  const door = random.pick([first, ...others])
  const closed = Array.from({ length: doors }, (_, index) => index + 1).filter(one => !allowed.includes(one))
  const [wrong] = closed
  const isTried = random.chance(triedChance)
  const isPropped = random.chance(propChance)
  const heldMs = isPropped ? random.between(20_000, 45_000) : random.between(2200, 4500)
  return {
    door,
    heldMs,
    ...(isTried && wrong !== undefined ? { triedDoor: wrong } : {}),
    ...(random.chance(strangeChance) ? { strangeCard: String(random.between(1_000_000, 16_777_215)) } : {}),
    ...(random.chance(forceChance) ? { forcedDoor: doors } : {}),
  }
}

/** Where a department has business behind several doors: the last one is for those who work there. */
export function doorsOf(department: string, doors: number): number[] {
  const isStaff = ['Warehouse', 'Maintenance', 'Security'].includes(department)
  return Array.from({ length: isStaff ? doors : Math.max(1, doors - 1) }, (_, index) => index + 1)
}
