import { useSyncExternalStore } from 'react'

/** The same width at which the style sheets switch to the phone. */
const phone = window.matchMedia('(max-width: 860px)')

/** True on a phone: tables then have one column of two lines instead of many. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => phone.matches)
}

function subscribe(listener: () => void): () => void {
  phone.addEventListener('change', listener)
  return () => phone.removeEventListener('change', listener)
}
