import { arrivals } from './en/overview-arrivals.ts'
import { pageWords } from './index.ts'

export type OverviewArrivalsWords = typeof arrivals

/** Words of the overview about arrivals; they travel with its page. */
export const arrivalsWords: OverviewArrivalsWords = pageWords.overviewArrivals ?? arrivals
