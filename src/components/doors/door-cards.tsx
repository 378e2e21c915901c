import { type ReactNode, type SyntheticEvent, useState } from 'react'
import styles from './door-cards.module.css'
import { doorName } from './door-name.ts'
import { byRisk, type Door, DoorPlaceLine, DoorStateLine, doorRisk } from './door-state.tsx'
import { OpenDoorButton } from './open-door-button.tsx'

/** Doors as cards, the ones that need a look first. */
export function DoorCards({
  doors,
  aside,
  below,
}: {
  readonly doors: readonly Door[]
  /** Something small beside each name. */
  readonly aside?: (door: Door) => ReactNode
  /** What else can be done at each door. */
  readonly below?: (door: Door) => ReactNode
}) {
  const { ordered, hold } = useHeldOrder(doors)
  return (
    <ul className={styles.cards} {...hold}>
      {ordered.map(door => (
        <li
          key={doorKey(door)}
          id={`door-${doorKey(door)}`}
          className={styles.card}
          data-risk={doorRisk(door)}
        >
          <div className={styles.head}>
            <h2 className={styles.name}>{doorName(door)}</h2>
            {aside?.(door)}
          </div>
          <DoorPlaceLine door={door} />
          <DoorStateLine door={door} />
          <div className={styles.action}>
            <OpenDoorButton door={door} />
          </div>
          {below?.(door)}
        </li>
      ))}
    </ul>
  )
}

/** Names a door among all. */
export function doorKey(door: Pick<Door, 'DeviceSN' | 'DoorNo'>): string {
  return `${door.DeviceSN}/${door.DoorNo}`
}

/**
 * By risk, but never moving under a hand: while a pointer or the focus is among the cards their order stays, or the
 * door someone is about to open could become another one.
 */
function useHeldOrder(doors: readonly Door[]) {
  const [held, setHeld] = useState<readonly string[] | null>(null)
  const sorted = [...doors].sort(byRisk)
  const place = new Map(held?.map((key, index) => [key, index]))
  const ordered = held
    ? sorted.sort((a, b) => (place.get(doorKey(a)) ?? doors.length) - (place.get(doorKey(b)) ?? doors.length))
    : sorted
  const hold = () => setHeld(held ?? ordered.map(doorKey))
  const release = (event: SyntheticEvent<HTMLElement>) => {
    // One of the two may still be there when the other leaves.
    if (!event.currentTarget.matches(':hover, :has(:focus-visible)')) setHeld(null)
  }
  return { ordered, hold: { onPointerEnter: hold, onPointerLeave: release, onFocus: hold, onBlur: release } }
}
