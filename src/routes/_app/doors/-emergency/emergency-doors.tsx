import type { ReactNode } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { useAge, useLasting } from '../../../../components/age/age.tsx'
import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import { doorName } from '../../../../components/doors/door-name.ts'
import type { IconName } from '../../../../components/icon/icon.tsx'
import { count, seconds } from '../../../../format/number.ts'
import { doorWords } from '../../../../words/door-pages.ts'
import styles from './emergency-doors.module.css'

type DoorRow = OperationAnswer<'doors.emergency'>['Doors'][number]

const looks: Record<DoorRow['State'], { tone: Tone; icon: IconName }> = {
  Unreachable: { tone: 'danger', icon: 'warning' },
  Failed: { tone: 'danger', icon: 'cross' },
  Unconfirmed: { tone: 'unknown', icon: 'question' },
  NotSupported: { tone: 'warn', icon: 'cross' },
  Queued: { tone: 'neutral', icon: 'clock' },
  Sent: { tone: 'accent', icon: 'external' },
  Confirmed: { tone: 'ok', icon: 'check' },
  DrillOnly: { tone: 'unknown', icon: 'eye' },
}
const needsSomebody: ReadonlySet<DoorRow['State']> = new Set([
  'Unreachable',
  'Failed',
  'Unconfirmed',
  'NotSupported',
])

/** Every door with how it stands; those somebody has to go to come first. */
export function EmergencyDoors({
  doors,
  isOver,
  between,
}: {
  readonly doors: readonly DoorRow[]
  /** Nobody has to go anywhere any more. */
  readonly isOver: boolean
  /** What stands after the doors that need somebody, before the long rest. */
  readonly between: ReactNode
}) {
  const w = doorWords.emergency
  const urgent = doors.filter(({ State }) => needsSomebody.has(State))
  const rest = doors.filter(({ State }) => !needsSomebody.has(State))
  return (
    <>
      {urgent.length > 0 && (
        <section>
          <h2 className={styles.title} data-over={isOver || undefined}>
            {isOver ? w.failures : w.goThere}
          </h2>
          <List doors={urgent} isOver={isOver} />
        </section>
      )}
      {between}
      {rest.length > 0 && <List doors={rest} isOver={isOver} />}
    </>
  )
}

function List({ doors, isOver }: { readonly doors: readonly DoorRow[]; readonly isOver: boolean }) {
  return (
    <ul className={styles.list}>
      {doors.map(door => (
        <Line key={`${door.DeviceSN}/${door.DoorNo}`} door={door} isOver={isOver} />
      ))}
    </ul>
  )
}

function Line({ door, isOver }: { readonly door: DoorRow; readonly isOver: boolean }) {
  const w = doorWords.emergency
  const lasted = useLasting(door.Since)
  const seen = useAge(door.SeenAt)
  const { tone, icon } = looks[door.State]
  const parts = [
    door.Site,
    // What grows with the clock is for those who have to act; in a report it would be about today.
    door.AfterMs === null ? (isOver ? '' : w.since(lasted)) : w.after(seconds(door.AfterMs / 1000)),
    !isOver && needsSomebody.has(door.State) ? (door.SeenAt ? w.seen(seen) : w.neverSeen) : '',
    door.Tries > 1 ? w.tries(count(door.Tries)) : '',
    door.Error ?? '',
    w.returns[door.ReturnState],
  ]
  return (
    <li className={styles.line} data-state={door.State}>
      <span className={styles.name}>{doorName(door)}</span>
      <Badge tone={tone} icon={icon}>
        {w.states[door.State]}
      </Badge>
      <span className={styles.about}>{parts.filter(Boolean).join(' · ')}</span>
    </li>
  )
}
