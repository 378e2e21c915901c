import type { Random } from './random.ts'

/** How often a terminal sends what the server has already. */
export type RepeatHabit = {
  /** At once, as after a reply that got lost. */
  againChance: number
  /** Some minutes later. */
  laterChance: number
  /** Loses its stamp, so that everything of late comes again. */
  resetChance: number
  laterMinMs: number
  laterMaxMs: number
}

export type Repetition = { afterMs: number; what: 'batch' | 'everything' }

/** What follows a batch that was acknowledged. */
export function repetitionsOf(habit: RepeatHabit, random: Random): Repetition[] {
  const later = () => random.between(habit.laterMinMs, habit.laterMaxMs)
  const repetitions: Repetition[] = []
  if (random.chance(habit.againChance)) repetitions.push({ afterMs: 0, what: 'batch' })
  if (random.chance(habit.laterChance)) repetitions.push({ afterMs: later(), what: 'batch' })
  if (random.chance(habit.resetChance)) repetitions.push({ afterMs: later(), what: 'everything' })
  return repetitions
}
