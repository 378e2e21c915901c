import type { OperationAnswer } from '#contract/types.ts'
import { words } from '../../words/index.ts'
import { useAge, useLasting } from '../age/age.tsx'
import { Badge, type Tone } from '../badge/badge.tsx'
import type { IconName } from '../icon/icon.tsx'
import styles from './door-state.module.css'

export type Door = OperationAnswer<'doors.status'>['Doors'][number]

/** How urgently someone should look: the order of the cards. */
export type DoorRisk = 'alarm' | 'unknown' | 'open' | 'closed'

const riskOrder: readonly DoorRisk[] = ['alarm', 'unknown', 'open', 'closed']
const looks: Record<DoorRisk, { tone: Tone; icon: IconName }> = {
  alarm: { tone: 'danger', icon: 'warning' },
  unknown: { tone: 'unknown', icon: 'question' },
  open: { tone: 'warn', icon: 'doors' },
  closed: { tone: 'ok', icon: 'lock' },
}

/** An alarm outweighs everything; what is not known, or comes from a terminal that is away, is never "closed". */
export function doorRisk(door: Door): DoorRisk {
  if (door.Alarm !== 'None' && door.Alarm !== 'Unknown') return 'alarm'
  if (door.State === 'Unknown' || !door.Online) return 'unknown'
  return door.State === 'Open' ? 'open' : 'closed'
}

/** Riskiest first, then by name. */
export function byRisk(a: Door, b: Door): number {
  const difference = riskOrder.indexOf(doorRisk(a)) - riskOrder.indexOf(doorRisk(b))
  return difference || a.LabelName.localeCompare(b.LabelName) || a.DoorNo - b.DoorNo
}

/** State in a word, with its tone. "Unknown" is a state of its own. */
export function DoorStateBadge({ door }: { readonly door: Door }) {
  const risk = doorRisk(door)
  const { tone, icon } = looks[risk]
  const text =
    risk === 'alarm'
      ? words.doors.alarm[door.Alarm]
      : words.doors.state[risk === 'unknown' ? 'Unknown' : door.State]
  return (
    <Badge tone={tone} icon={icon}>
      {text}
    </Badge>
  )
}

/** State with how long it has lasted, or why it is not known. */
export function DoorStateLine({ door }: { readonly door: Door }) {
  const lasted = useLasting(door.Since)
  const w = words.doors
  const risk = doorRisk(door)
  const about = {
    alarm: door.Since ? w.lasting(lasted) : '',
    unknown: w.reason[door.Reason],
    open: door.Since ? w.lasting(lasted) : '',
    closed: [door.Since ? w.lasting(lasted) : '', door.LockState === 'Unknown' ? '' : w.lock[door.LockState]]
      .filter(Boolean)
      .join(' · '),
  }
  return (
    <p className={styles.line}>
      <DoorStateBadge door={door} />
      <span className={styles.about}>{about[risk]}</span>
    </p>
  )
}

/** Where it is and how old the knowledge is; what a terminal said before it left is shown as the past. */
export function DoorPlaceLine({ door }: { readonly door: Door }) {
  const seen = useAge(door.SeenAt)
  const w = words.doors
  const isPast = doorRisk(door) === 'unknown' && door.State !== 'Unknown'
  const parts = [
    door.Site,
    door.DoorCount > 1 ? w.number(String(door.DoorNo)) : '',
    door.SeenAt ? w.seen(seen) : w.neverSeen,
    isPast ? w.lastKnown(w.state[door.State]) : '',
  ]
  return <p className={styles.place}>{parts.filter(Boolean).join(' · ')}</p>
}
