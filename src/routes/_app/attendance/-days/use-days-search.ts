import { useNavigate, useSearch } from '@tanstack/react-router'
import { type Changes, present } from '../../../../api/search.ts'
import type { DaysSearch } from './search.ts'

/** What the address says of the days shown, and how to change it without a step in the history. */
export function useDaysSearch(): readonly [DaysSearch, (changes: Changes<DaysSearch>) => void] {
  // The grid and the heat maps share what they understand.
  const search = useSearch({ strict: false }) as DaysSearch
  const navigate = useNavigate()
  return [
    search,
    changes =>
      void navigate({
        to: '.',
        search: old => present({ ...(old as DaysSearch), ...changes }),
        replace: true,
        resetScroll: false,
      }),
  ]
}
