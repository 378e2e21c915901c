import { useState } from 'react'
import { type ColumnId, columnIds } from './people-columns.tsx'

const storageKey = 'gatehouse-people-columns'
const usual: readonly string[] = ['department', 'status', 'terminals', 'credentials', 'validity', 'seen']

export interface ColumnChoice {
  readonly shown: ReadonlySet<string>
  readonly photos: boolean
  readonly toggle: (id: ColumnId | 'photos') => void
}

/** Which columns this browser shows; a choice of the desk, not of the account. */
export function useColumns(): ColumnChoice {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(stored() ?? usual))
  return {
    shown: chosen,
    photos: chosen.has('photos'),
    toggle: id =>
      setChosen(old => {
        const next = new Set(old)
        if (!next.delete(id)) next.add(id)
        keep([...next])
        return next
      }),
  }
}

function stored(): string[] | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? 'null')
    const known: readonly unknown[] = [...columnIds, 'photos']
    return Array.isArray(value) ? value.filter((id): id is string => known.includes(id)) : null
  } catch {
    return null
  }
}

function keep(ids: readonly string[]): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(ids))
  } catch {
    // A browser that keeps nothing still shows what was chosen until it is closed.
  }
}
