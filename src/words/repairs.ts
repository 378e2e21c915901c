import { repairs } from './en/repairs.ts'
import { pageWords } from './index.ts'

export type RepairsWords = typeof repairs

/** Words of repairs where an outage is shown, in the language shown. */
export const repairsWords: RepairsWords = pageWords.repairs ?? repairs
