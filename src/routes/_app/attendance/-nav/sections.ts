import type { Permission } from '#contract/permissions.ts'
import type { AttendanceNavWords } from '../../../../words/attendance-nav.ts'

interface Section {
  readonly path: string
  readonly word: Exclude<keyof AttendanceNavWords, 'label'>
  readonly right: Permission
  /** A page without a tab of its own that is reached from this one. */
  readonly inside?: string
}

/** The pages of attendance in the order of their tabs. One whose route does not exist has no tab. */
export const sections: readonly Section[] = [
  { path: '/attendance', word: 'list', right: 'attendance:read' },
  { path: '/attendance/grid', word: 'grid', right: 'attendance:read', inside: '/attendance/sheet' },
  { path: '/attendance/heat', word: 'heat', right: 'attendance:read' },
  { path: '/attendance/inbox', word: 'inbox', right: 'attendance:read', inside: '/attendance/repair' },
  { path: '/attendance/periods', word: 'periods', right: 'attendance:read' },
  { path: '/attendance/setup', word: 'setup', right: 'attendance:read' },
  { path: '/attendance/payroll', word: 'payroll', right: 'attendance:export' },
]
