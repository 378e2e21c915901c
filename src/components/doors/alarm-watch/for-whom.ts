import type { SessionBody } from '#contract/dashboard/session.ts'
import type { OperationAnswer } from '#contract/types.ts'

export type Alarm = OperationAnswer<'doors.alarms'>['Alarms'][number]
type Reader = Pick<SessionBody, 'Name' | 'Roles'>

/** Whether an alarm is to reach this person: its rule names them, one of their roles, or nobody, which means everybody. */
export function isFor(alarm: Pick<Alarm, 'Notify'>, reader: Reader): boolean {
  const own = new Set([reader.Name, ...reader.Roles].map(fold))
  return alarm.Notify.length === 0 || alarm.Notify.some(name => own.has(fold(name)))
}

/** Alarms that nobody has taken and that may be told aloud. Duress never is: nobody at the door must notice. */
export function toldAloud(alarms: readonly Alarm[], reader: Reader): Alarm[] {
  return alarms.filter(alarm => alarm.State === 'Raised' && !alarm.Silent && isFor(alarm, reader))
}

/** Alarms this person is to be notified of: those told aloud, and those somebody has given to them by name. */
export function toldTo(alarms: readonly Alarm[], reader: Reader): Alarm[] {
  const given = alarms.filter(
    alarm =>
      alarm.State === 'Assigned' && !alarm.Silent && fold(alarm.AssignedTo ?? '') === fold(reader.Name),
  )
  return [...toldAloud(alarms, reader), ...given]
}

function fold(name: string): string {
  return name.trim().toLowerCase()
}
