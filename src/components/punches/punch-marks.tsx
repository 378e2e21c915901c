import type { OperationAnswer } from '#contract/types.ts'
import { wallClock, zoneName } from '../../format/time.ts'
import { words } from '../../words/index.ts'
import { Icon, type IconName } from '../icon/icon.tsx'
import styles from './punch-marks.module.css'

export type Punch = OperationAnswer<'attendance.today'>['Attendance'][number]
type ShownPunch = Pick<
  Punch,
  'AttendanceLog' | 'TimeZone' | 'ReceivedAt' | 'Direction' | 'Type' | 'EmployeeCode' | 'EmployeeName'
>

const directionIcons: Record<Punch['Direction'], { icon: IconName; side: 'in' | 'out' | 'other' }> = {
  CheckIn: { icon: 'in', side: 'in' },
  BreakIn: { icon: 'in', side: 'in' },
  OverTimeIn: { icon: 'in', side: 'in' },
  CheckOut: { icon: 'out', side: 'out' },
  BreakOut: { icon: 'out', side: 'out' },
  OverTimeOut: { icon: 'out', side: 'out' },
  None: { icon: 'noKey', side: 'other' },
}

const methodIcons: Record<Punch['Type'], IconName> = {
  fingerprint: 'fingerprint',
  face: 'face',
  card: 'card',
  palm: 'palm',
  fingervein: 'fingerprint',
  iris: 'eye',
  retina: 'eye',
  password: 'keypad',
  others: 'question',
}

/** In or out as the key at the terminal said, icon and word. */
export function DirectionMark({ direction }: { readonly direction: Punch['Direction'] }) {
  const { icon, side } = directionIcons[direction]
  return (
    <span className={styles.mark} data-side={side}>
      <Icon name={icon} size={15} />
      {words.punches.direction[direction]}
    </span>
  )
}

/** How the person was recognised, icon and word. */
export function MethodMark({ method }: { readonly method: Punch['Type'] }) {
  return (
    <span className={styles.mark}>
      <Icon name={methodIcons[method]} size={15} />
      {words.punches.method[method]}
    </span>
  )
}

/** The terminal's own clock with its zone; never converted to the reader's. */
export function PunchTime({ punch }: { readonly punch: ShownPunch }) {
  return (
    <time className={styles.time} dateTime={punch.AttendanceLog.replace(' ', 'T')}>
      {wallClock(punch.AttendanceLog)}{' '}
      <span className={styles.zone}>{zoneName(punch.TimeZone, new Date(punch.ReceivedAt))}</span>
    </time>
  )
}

/** A sign beside a time that needs a grain of salt, with the reason in words. */
export function PunchFlags({ flags }: { readonly flags: Punch['Flags'] }) {
  if (flags.length === 0) return null
  const text = flags.map(flag => words.punches.flags[flag]).join(', ')
  return (
    <span className={styles.flag} title={text}>
      <Icon name="clock" size={14} />
      <span className="visually-hidden">{text}</span>
    </span>
  )
}

/** What the proxy writes over text a role may not see. */
const masked = '•••'

/** Name, or the code where no name is known, or "Hidden" where the role may not see either. */
export function personLabel(punch: Pick<ShownPunch, 'EmployeeCode' | 'EmployeeName'>): string {
  if (punch.EmployeeCode === masked) return words.punches.hiddenPerson
  return punch.EmployeeName || words.punches.person(punch.EmployeeCode)
}
