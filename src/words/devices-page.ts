import { devicesPage } from './en/devices-page.ts'
import { pageWords } from './index.ts'

export type DevicesPageWords = typeof devicesPage

/** Words that travel with what shows them, in the language shown. */
export const devicesPageWords: DevicesPageWords = pageWords.devicesPage ?? devicesPage
