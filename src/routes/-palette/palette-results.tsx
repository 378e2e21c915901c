import { useEffect, useRef } from 'react'
import { Icon } from '../../components/icon/icon.tsx'
import { words } from '../../words/index.ts'
import styles from './palette.module.css'
import type { Entry, EntryGroup } from './use-entries.ts'

/** The list under the field, in groups. The field keeps the focus; the active one is named to it by id. */
export function PaletteResults({
  id,
  entries,
  active,
  onChoose,
  onActive,
}: {
  readonly id: string
  readonly entries: readonly Entry[]
  readonly active: number
  readonly onChoose: (entry: Entry) => void
  readonly onActive: (index: number) => void
}) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <div
      className={styles.list}
      role="listbox"
      id={`${id}-list`}
      aria-label={words.palette.results}
      tabIndex={-1}
      ref={list}
    >
      {groupsOf(entries).map(([group, members]) => (
        // biome-ignore lint/a11y/useSemanticElements: groups of options have no element of their own outside <select>
        <div key={group} role="group" aria-labelledby={`${id}-${group}`}>
          <p className={styles.group} id={`${id}-${group}`}>
            {words.palette.groups[group]}
          </p>
          {members.map(({ entry, index }) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
            <div
              key={entry.id}
              className={styles.option}
              role="option"
              tabIndex={-1}
              id={`${id}-${index}`}
              data-index={index}
              aria-selected={index === active}
              onClick={() => onChoose(entry)}
              onPointerMove={() => onActive(index)}
            >
              <Icon name={entry.icon} />
              <span className={styles.name}>{entry.label}</span>
              <span className={styles.hint}>{entry.hint}</span>
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}

/** The groups as they come, each entry with its place in the whole, which is what the arrow keys count. */
function groupsOf(entries: readonly Entry[]): [EntryGroup, { entry: Entry; index: number }[]][] {
  const groups = new Map<EntryGroup, { entry: Entry; index: number }[]>()
  for (const [index, entry] of entries.entries()) {
    const members = groups.get(entry.group) ?? []
    members.push({ entry, index })
    groups.set(entry.group, members)
  }
  return [...groups]
}
