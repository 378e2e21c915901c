import type { DayFacts } from './days/day-facts.ts'

/** Where most punches of some days are from; where no plan says it, somebody belongs there. */
export function usualSite(days: readonly Pick<DayFacts, 'sites'>[]): string | null {
  return commonest(days.flatMap(({ sites }) => Object.entries(sites)))
}

/** What is counted most often; of several the first. */
export function commonest(counted: readonly (readonly [word: string, times: number])[]): string | null {
  const sums = new Map<string, number>()
  for (const [word, times] of counted) sums.set(word, (sums.get(word) ?? 0) + times)
  let best: string | null = null
  for (const [word, times] of sums) if (best === null || times > (sums.get(best) ?? 0)) best = word
  return best
}
