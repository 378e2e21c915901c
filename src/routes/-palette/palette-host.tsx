import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { NavItem } from '../../components/app-shell/nav-items.ts'
import { Icon } from '../../components/icon/icon.tsx'
import { words } from '../../words/index.ts'
import styles from './palette-host.module.css'

export type PaletteView = 'search' | 'keys'

const loadPalette = () => import('./palette.tsx')
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }))
const isMac = /Mac|iPhone|iPad/.test(navigator.platform)
const sequenceMs = 1200

/** The button and the keys that open the palette, and "g then a letter". The palette itself is fetched when wanted. */
export function PaletteHost({ items }: { readonly items: readonly NavItem[] }) {
  const [view, setView] = useState<PaletteView | null>(null)
  useKeys(items, setView)
  return (
    <>
      <button
        type="button"
        className={styles.open}
        onClick={() => setView('search')}
        onPointerEnter={() => void loadPalette()}
        aria-keyshortcuts="Control+K Meta+K"
      >
        <Icon name="search" />
        <span className={styles.label}>{words.palette.open}</span>
        <span className={styles.keys} aria-hidden="true">
          {isMac ? '⌘ K' : 'Ctrl K'}
        </span>
      </button>
      {view && (
        <Suspense fallback={null}>
          <Palette view={view} items={items} onClose={() => setView(null)} />
        </Suspense>
      )}
    </>
  )
}

function useKeys(items: readonly NavItem[], open: (view: PaletteView) => void) {
  const navigate = useNavigate()
  const goneAt = useRef(0)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault()
        return open('search')
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (event.key === '?') return open('keys')
      const isSecond = event.timeStamp - goneAt.current < sequenceMs
      goneAt.current = event.key === 'g' ? event.timeStamp : 0
      const item = isSecond ? items.find(each => each.letter === event.key) : undefined
      if (item) void navigate({ to: item.to })
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [items, open, navigate])
}

/** Letters belong to the field or dialog that has the focus. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input:not([type=radio], [type=checkbox]), textarea, select, dialog, [role=dialog]') !==
      null
  )
}
