import { alertTexts } from './en/alert-texts.ts'
import { pageWords } from './index.ts'

export type AlertTexts = typeof alertTexts

/** Words of alerts and incidents, in the language shown; they travel with the pages that show them. */
export const alertTextWords: AlertTexts = pageWords.alertTexts ?? alertTexts
