import type { OperationAnswer } from '#contract/types.ts'

/** What the lists of the setup are made of. */
export type Assignment = OperationAnswer<'attendance.assignments'>['Assignments'][number]
export type Calendar = OperationAnswer<'attendance.calendars'>['Calendars'][number]
export type Policy = OperationAnswer<'attendance.policy'>['Policy']
