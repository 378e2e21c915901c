import type { OperationAnswer } from '#contract/types.ts'
import { words } from '../../words/index.ts'
import { useAge } from '../age/age.tsx'
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

/** What is known of a door, how old that is, and why it is not more. */
export function DoorStateLine({ door }: { readonly door: Door }) {
  const seen = useAge(door.SeenAt)
  const since = useAge(door.Since)
  const w = words.doors
  const isUnknown = doorRisk(door) === 'unknown'
  const parts = [
    isUnknown ? w.reason[door.Reason] : w.lock[door.LockState],
    !isUnknown && door.Since ? w.since(since) : '',
    // A terminal that left may have said something before; it is shown as what it is, the past.
    isUnknown && door.State !== 'Unknown' ? `${w.lastKnown}: ${w.state[door.State]}` : '',
    door.SeenAt ? w.seen(seen) : w.neverSeen,
  ]
  return <p className={styles.line}>{parts.filter(Boolean).join(' · ')}</p>
}
