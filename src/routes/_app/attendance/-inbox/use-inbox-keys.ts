import { useEffect, useEffectEvent } from 'react'

interface InboxKeyActs {
  /** Something over the page has the keys. */
  readonly isPaused: boolean
  readonly step: (by: 1 | -1) => void
  readonly open: () => void
  readonly add: () => void
  readonly settle: () => void
  readonly flip: () => void
  readonly help: () => void
}

/** The keys of the list. Nobody is disturbed who types, holds a modifier, or presses a button. */
export function useInboxKeys(acts: InboxKeyActs): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (acts.isPaused || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    const target = event.target instanceof Element ? event.target : null
    if (target?.closest('input, textarea, select, dialog')) return
    const isOnControl = target?.closest('button, a') !== null && target !== null
    const keys: Readonly<Record<string, () => void>> = {
      j: () => acts.step(1),
      k: () => acts.step(-1),
      f: acts.flip,
      a: acts.add,
      x: acts.settle,
      '?': acts.help,
      ...(isOnControl ? {} : { Enter: acts.open }),
    }
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  })
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
