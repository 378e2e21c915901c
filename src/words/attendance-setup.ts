import { calendars } from './en/setup-calendars.ts'
import { people } from './en/setup-people.ts'
import { policy } from './en/setup-policy.ts'
import { general, rotations, shifts } from './en/setup-shifts.ts'
import { pageWords } from './index.ts'

const en = { ...general, shifts, rotations, ...people, ...calendars, policy }

export type AttendanceSetupWords = typeof en

/** Words of the setup of attendance; they travel with its page. */
export const setupWords: AttendanceSetupWords = pageWords.attendanceSetup ?? en
