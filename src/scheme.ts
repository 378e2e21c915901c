import { useSyncExternalStore } from 'react'

export type SchemeChoice = 'light' | 'dark' | 'auto'
export type Scheme = Exclude<SchemeChoice, 'auto'>

/** public/scheme.js reads the same key before the first paint, and Mantine's styles the same attribute. */
const storageKey = 'gatehouse-scheme'
const attribute = 'data-mantine-color-scheme'
const system = window.matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()
let choice: SchemeChoice = readChoice()

system.addEventListener('change', apply)

/** What the person chose: a scheme, or to follow the system. */
export function useSchemeChoice(): SchemeChoice {
  return useSyncExternalStore(subscribe, () => choice)
}

/** The scheme in force. */
export function useScheme(): Scheme {
  return useSyncExternalStore(subscribe, inForce)
}

/** Chooses and remembers; applies at once to the whole document. */
export function chooseScheme(next: SchemeChoice): void {
  choice = next
  try {
    localStorage.setItem(storageKey, next)
  } catch {
    // Storage is blocked: the choice lasts until the page is left.
  }
  apply()
}

function apply(): void {
  document.documentElement.setAttribute(attribute, inForce())
  for (const listener of listeners) listener()
}

function inForce(): Scheme {
  if (choice !== 'auto') return choice
  return system.matches ? 'dark' : 'light'
}

function readChoice(): SchemeChoice {
  try {
    const stored = localStorage.getItem(storageKey)
    return stored === 'light' || stored === 'dark' ? stored : 'auto'
  } catch {
    return 'auto'
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
