import { pageWords } from './index.ts'

const en = {
  label: 'Sections of attendance',
  list: 'Punches',
  grid: 'Grid',
  heat: 'Heat maps',
  inbox: 'Inbox',
  periods: 'Periods',
  setup: 'Setup',
  payroll: 'Payroll',
}

export type AttendanceNavWords = typeof en

/** Words of the tabs above every page of attendance. */
export const attendanceNavWords: AttendanceNavWords = pageWords.attendanceNav ?? en
