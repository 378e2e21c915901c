import { settings } from './en/settings.ts'
import { pageWords } from './index.ts'

export type SettingsWords = typeof settings

/** Words of the page "settings", in the language shown; they travel with what shows them. */
export const settingsWords: SettingsWords = pageWords.settings ?? settings
