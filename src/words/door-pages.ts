import { access } from './en/door-pages-access.ts'
import { alarms } from './en/door-pages-alarms.ts'
import { emergency } from './en/door-pages-emergency.ts'
import { controls, occupancy, plan, tabs } from './en/door-pages-now.ts'
import { schedule } from './en/door-pages-schedule.ts'
import { doorsPage as page } from './en/doors-page.ts'
import { pageWords } from './index.ts'

const en = { page, tabs, occupancy, controls, plan, emergency, alarms, access, schedule }

export type DoorWords = typeof en

/** Words of the pages of the doors, in the language shown; the English ones travel with those pages. */
export const doorWords: DoorWords = pageWords.doors ?? en
