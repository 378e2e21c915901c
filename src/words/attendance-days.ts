import { explain } from './en/attendance-explain.ts'
import { arrivalCounts, filters, flags, grid, list, sheet, statuses, takeAway } from './en/attendance-grid.ts'
import { heat } from './en/attendance-heat.ts'
import { drawer } from './en/attendance-person.ts'
import { pageWords } from './index.ts'

const en = { statuses, flags, arrivalCounts, grid, list, filters, sheet, takeAway, drawer, explain, heat }

export type AttendanceDaysWords = typeof en

/** Words of the pages about days: grid, list, drawer, explanation, heat maps and the sheet to print. */
export const daysWords: AttendanceDaysWords = pageWords.attendanceDays ?? en
