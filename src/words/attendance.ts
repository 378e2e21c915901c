import { attendance } from './en/attendance.ts'
import { pageWords } from './index.ts'

export type AttendanceWords = typeof attendance

/** Words that travel with what shows them, in the language shown. */
export const attendanceWords: AttendanceWords = pageWords.attendance ?? attendance
