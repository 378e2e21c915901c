import { rollCall as en } from './en/roll-call.ts'
import { pageWords } from './index.ts'

export type RollCallWords = typeof en

/** Words of the roll call, in the language shown; the English ones travel with that page. */
export const rollCallWords: RollCallWords = pageWords.rollCall ?? en
