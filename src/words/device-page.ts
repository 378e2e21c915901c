import { devicePage } from './en/devices-page.ts'
import { pageWords } from './index.ts'

export type DevicePageWords = typeof devicePage

/** Words that travel with what shows them, in the language shown. */
export const devicePageWords: DevicePageWords = pageWords.devicePage ?? devicePage
