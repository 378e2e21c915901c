import { overview } from './en/overview.ts'
import { pageWords } from './index.ts'

export type OverviewWords = typeof overview

/** Words of the overview beside those of its chart; they travel with its page. */
export const overviewWords: OverviewWords = pageWords.overview ?? overview
