import { corrections } from './en/corrections.ts'
import { pageWords } from './index.ts'

export type CorrectionWords = typeof corrections

/** Words of corrections, in the language shown. The English ones travel with whatever shows corrections. */
export const correctionWords: CorrectionWords = pageWords.corrections ?? corrections
