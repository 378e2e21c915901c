import { views } from './en/views.ts'
import { pageWords } from './index.ts'

export type ViewsWords = typeof views

/** Words of saved views, in the language shown; they travel with the pages that have views. */
export const viewsWords: ViewsWords = pageWords.views ?? views
