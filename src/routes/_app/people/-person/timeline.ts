import type { OperationAnswer } from '#contract/types.ts'

type Punch = OperationAnswer<'attendance.byEmployee'>['Attendance'][number]
type DoorEvent = OperationAnswer<'users.doorEvents'>['Events'][number]
type Change = OperationAnswer<'users.changes'>['Changes'][number]

export type Moment =
  | { readonly kind: 'punch'; readonly id: string; readonly at: string; readonly punch: Punch }
  | { readonly kind: 'door'; readonly id: string; readonly at: string; readonly event: DoorEvent }
  | { readonly kind: 'change'; readonly id: string; readonly at: string; readonly change: Change }

export interface MomentDay {
  readonly day: string
  readonly moments: readonly Moment[]
}

/**
 * Everything of one person by day, newest first. Punches and doors stand on the day and clock of their terminal, never
 * converted; a change stands on the reader's, which `dayOf` tells as `YYYY-MM-DD HH:MM:SS`.
 */
export function momentsByDay(
  given: {
    readonly punches: readonly Punch[]
    readonly doors: readonly DoorEvent[]
    readonly changes: readonly Change[]
  },
  dayOf: (instant: string) => string,
): MomentDay[] {
  const moments: Moment[] = [
    ...given.punches.map(punch => ({
      kind: 'punch' as const,
      id: punch.OperationID,
      at: punch.AttendanceLog,
      punch,
    })),
    ...given.doors.map((event, index) => ({
      kind: 'door' as const,
      id: `${event.DeviceSN} ${event.DoorNo} ${event.EventTime} ${event.Event} ${index}`,
      at: event.EventTime,
      event,
    })),
    ...given.changes.map((change, index) => ({
      kind: 'change' as const,
      id: `${change.ChangeID} ${change.Field} ${index}`,
      at: dayOf(change.At),
      change,
    })),
  ].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
  const days = Map.groupBy(moments, moment => moment.at.slice(0, 10))
  return [...days].map(([day, held]) => ({ day, moments: held }))
}
