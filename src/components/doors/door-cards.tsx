import { type ReactNode, useRef, useState } from 'react'
import { words } from '../../words/index.ts'
import styles from './door-cards.module.css'
import { byRisk, type Door, DoorStateBadge, DoorStateLine, doorRisk } from './door-state.tsx'
import { OpenDoorButton } from './open-door-button.tsx'

/** Doors as cards, the ones that need a look first. */
export function DoorCards({
  doors,
  aside,
}: {
  readonly doors: readonly Door[]
  /** Something small beside each name. */
  readonly aside?: (door: Door) => ReactNode
}) {
  const { ordered, hold } = useHeldOrder(doors)
  return (
    <ul className={styles.cards} {...hold}>
      {ordered.map(door => (
        <li key={doorKey(door)} className={styles.card} data-risk={doorRisk(door)}>
          <div className={styles.head}>
            <h3 className={styles.name} title={door.LabelName}>
              {door.LabelName}
            </h3>
            <DoorStateBadge door={door} />
          </div>
          <div className={styles.head}>
            <p className={styles.site}>
              {door.Site}
              {door.DoorNo > 1 && ` · ${words.doors.number(String(door.DoorNo))}`}
            </p>
            {aside?.(door)}
          </div>
          <DoorStateLine door={door} />
          <div className={styles.action}>
            <OpenDoorButton door={door} />
          </div>
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
  const [isHeld, setHeld] = useState(false)
  const lastOrder = useRef<string[]>([])
  const ordered = [...doors].sort(byRisk)
  if (isHeld) {
    const place = new Map(lastOrder.current.map((key, index) => [key, index]))
    ordered.sort((a, b) => (place.get(doorKey(a)) ?? doors.length) - (place.get(doorKey(b)) ?? doors.length))
  } else {
    lastOrder.current = ordered.map(doorKey)
  }
  return {
    ordered,
    hold: {
      onPointerEnter: () => setHeld(true),
      onPointerLeave: () => setHeld(false),
      onFocus: () => setHeld(true),
      onBlur: () => setHeld(false),
    },
  }
}
