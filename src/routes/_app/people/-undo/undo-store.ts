import { useSyncExternalStore } from 'react'

/** How a change is taken back: by its id, or by the opposite for the same people. */
export type Undo =
  | { readonly by: 'change'; readonly changeId: string }
  | { readonly by: 'resume' | 'suspend'; readonly codes: readonly string[] }

export interface UndoNotice {
  readonly text: string
  readonly undo: Undo
  /** Epoch milliseconds of the server's clock. */
  readonly until: number
}

let notice: UndoNotice | null = null
const listeners = new Set<() => void>()

/** Offers to take back what has just been done; it stays on offer while the reader goes to another page of people. */
export function offerUndo(next: UndoNotice | null): void {
  notice = next
  for (const listener of listeners) listener()
}

/** What can be taken back now. */
export function useUndoNotice(): UndoNotice | null {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => notice,
  )
}
