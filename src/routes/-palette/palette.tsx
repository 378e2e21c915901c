import '@mantine/core/styles/Paper.css'
import '@mantine/core/styles/Overlay.css'
import '@mantine/core/styles/ModalBase.css'
import '@mantine/core/styles/Modal.css'
import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type KeyboardEvent, useId, useState } from 'react'
import type { NavItem } from '../../components/app-shell/nav-items.ts'
import { MantineScope } from '../../components/mantine-scope/mantine-scope.tsx'
import { words } from '../../words/index.ts'
import { KeySheet } from './key-sheet.tsx'
import styles from './palette.module.css'
import type { PaletteView } from './palette-host.tsx'
import { PaletteResults } from './palette-results.tsx'
import { noteRecent, readRecent } from './recent.ts'
import { type Entry, matching, useEntries } from './use-entries.ts'

const shownMax = 40
const calmMs = 180

/** Go, find, do: one list of what this person may see, narrowed by typing. */
export function Palette({
  view,
  items,
  onClose,
}: {
  readonly view: PaletteView
  readonly items: readonly NavItem[]
  readonly onClose: () => void
}) {
  const w = words.palette
  return (
    <MantineScope>
      <Modal.Root
        opened
        onClose={onClose}
        size={560}
        yOffset="12vh"
        padding={0}
        transitionProps={{ duration: 90 }}
        classNames={{ content: styles.content ?? '' }}
      >
        <Modal.Overlay backgroundOpacity={0.35} />
        <Modal.Content
          aria-label={view === 'keys' ? w.keysTitle : w.title}
          // Mantine names and describes a dialog by a title and body that this one may not have.
          aria-labelledby={undefined}
          aria-describedby={undefined}
        >
          {view === 'keys' ? <KeySheet items={items} /> : <Search items={items} onClose={onClose} />}
        </Modal.Content>
      </Modal.Root>
    </MantineScope>
  )
}

function Search({ items, onClose }: { readonly items: readonly NavItem[]; readonly onClose: () => void }) {
  const w = words.palette
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const [calm] = useDebouncedValue(text, calmMs)
  const { entries, isSearching } = useEntries(items, calm)
  const id = useId()
  const shown = text.trim() === '' ? withRecent(entries) : matching(entries, text).slice(0, shownMax)
  const index = Math.min(active, shown.length - 1)

  const choose = (entry: Entry | undefined) => {
    if (!entry) return
    noteRecent(entry.id)
    onClose()
    entry.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setActive((index + step + shown.length) % Math.max(shown.length, 1))
    }
    // Enter also ends a composition of characters; that one is not a choice.
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) choose(shown[index])
  }
  return (
    <>
      <input
        className={styles.input}
        data-autofocus
        role="combobox"
        aria-label={w.title}
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={index >= 0 ? `${id}-${index}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={w.placeholder}
        value={text}
        onChange={event => {
          setText(event.target.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
      />
      <PaletteResults id={id} entries={shown} active={index} onChoose={choose} onActive={setActive} />
      <p className={styles.state} role="status">
        {shown.length === 0 && (isSearching || calm !== text ? w.searching : w.none)}
      </p>
    </>
  )
}

/** What was used last comes first; then the pages and actions. Hundreds of doors wait for a word. */
function withRecent(entries: readonly Entry[]): Entry[] {
  const byId = new Map(entries.map(entry => [entry.id, entry]))
  const recent = readRecent().flatMap(id => byId.get(id) ?? [])
  const rest = entries.filter(entry => entry.group === 'pages' || entry.group === 'actions')
  return [
    ...recent.map(entry => ({ ...entry, group: 'recent' as const })),
    ...rest.filter(entry => !recent.includes(entry)),
  ]
}
