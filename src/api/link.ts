import { useSyncExternalStore } from 'react'
import { serverNow } from './clock.ts'

/** `offline`: the browser has no network, or nobody has answered for a while. */
export type LinkState = 'connecting' | 'live' | 'reconnecting' | 'offline'

export interface Link {
  readonly state: LinkState
  /** When this state, or for the last two the loss, began (epoch milliseconds, server's clock). */
  readonly since: number
}

let link: Link = { state: 'connecting', since: serverNow() }
const listeners = new Set<() => void>()

/** Sets the state; going from reconnecting to offline keeps the moment of the loss. */
export function setLink(state: LinkState): void {
  if (state === link.state) return
  const stillLost = state === 'offline' && link.state === 'reconnecting'
  link = { state, since: stillLost ? link.since : serverNow() }
  for (const listener of listeners) listener()
}

/** The state right now, for code that is not a component. */
export function readLink(): Link {
  return link
}

/** The live link's state, for the indicator, the banner and for controls that must not act while it is down. */
export function useLink(): Link {
  return useSyncExternalStore(subscribe, readLink)
}

/** While the link is down what matters is asked for slowly instead; false while events tell. */
export function useFallbackInterval(): number | false {
  return useLink().state === 'live' ? false : 15_000
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
