import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type SyntheticEvent, useState } from 'react'
import { useFallbackInterval } from '../../../api/link.ts'
import {
  byRisk,
  type Door,
  DoorPlaceLine,
  DoorStateLine,
  doorRisk,
} from '../../../components/doors/door-state.tsx'
import { OpenDoorButton } from '../../../components/doors/open-door-button.tsx'
import { EmptyState } from '../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../components/page-states/query-states.tsx'
import { Bone } from '../../../components/page-states/skeleton.tsx'
import { Panel } from '../../../components/panel/panel.tsx'
import { overviewWords } from '../../../words/overview.ts'
import styles from './doors-panel.module.css'
import { doorsQuery, ofSite } from './queries.ts'

const cardsMax = 9

/** Doors, the ones that need a look first. */
export function DoorsPanel({ site }: { readonly site: string | undefined }) {
  const w = overviewWords.doors
  const query = useQuery({ ...doorsQuery, refetchInterval: useFallbackInterval() })
  const doors = ofSite(query.data?.Doors ?? [], site)
  const attention = doors.filter(door => ['alarm', 'unknown'].includes(doorRisk(door))).length
  return (
    <Panel
      title={w.title}
      note={attention > 0 && w.attention(attention)}
      updatedAt={query.dataUpdatedAt}
      actions={
        doors.length > cardsMax && (
          <Link to="/doors" className={styles.all}>
            {w.all(doors.length)}
          </Link>
        )
      }
    >
      <QueryBlock query={query} pending={<Bone height={132} />}>
        {() =>
          doors.length === 0 ? (
            <EmptyState compact icon="doors" title={w.empty}>
              {w.emptyBody}
            </EmptyState>
          ) : (
            <DoorCards doors={doors} />
          )
        }
      </QueryBlock>
    </Panel>
  )
}

function DoorCards({ doors }: { readonly doors: readonly Door[] }) {
  const { ordered, hold } = useHeldOrder(doors)
  return (
    <ul className={styles.cards} {...hold}>
      {ordered.slice(0, cardsMax).map(door => (
        <li key={doorKey(door)} className={styles.card} data-risk={doorRisk(door)}>
          <h3 className={styles.name}>{door.LabelName}</h3>
          <DoorPlaceLine door={door} />
          <DoorStateLine door={door} />
          <div className={styles.action}>
            <OpenDoorButton door={door} />
          </div>
        </li>
      ))}
    </ul>
  )
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

function doorKey(door: Door): string {
  return `${door.DeviceSN}/${door.DoorNo}`
}
