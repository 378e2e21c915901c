import { useQueries } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { directoryPage, pageSize } from './directory-page.ts'
import type { DirectoryPerson, PeopleSearch } from './search.ts'

/** A scroll bar dragged across the list passes hundreds of pages; only where it rests is asked for. */
const restMs = 70

export interface Directory {
  readonly total: number | undefined
  readonly rowAt: (index: number) => DirectoryPerson | undefined
  readonly onRange: (first: number, last: number) => void
  readonly error: Error | null
  readonly retry: () => void
}

/**
 * The directory as a list of which only the pages in sight are loaded and kept fresh. Any place can be reached at
 * once; 50,000 people are never in the browser together.
 */
export function useDirectory(search: PeopleSearch): Directory {
  const key = JSON.stringify(search)
  const [range, setRange] = useState({ first: 0, last: 0 })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins at its first page
  useEffect(() => setRange({ first: 0, last: 0 }), [key])
  const onRange = useCallback((first: number, last: number) => {
    const next = { first: Math.floor(first / pageSize), last: Math.floor(last / pageSize) }
    clearTimeout(timer.current)
    timer.current = setTimeout(
      () => setRange(old => (old.first === next.first && old.last === next.last ? old : next)),
      restMs,
    )
  }, [])

  const pages = Array.from({ length: range.last - range.first + 1 }, (_, at) => range.first + at)
  const results = useQueries({ queries: pages.map(page => directoryPage(search, page)) })
  const loaded = new Map(pages.map((page, at) => [page, results[at]?.data?.People]))
  const counted = results.find(result => result.data !== undefined)?.data?.ActualRowCount
  const lastTotal = useRef<number>(undefined)
  useEffect(() => {
    if (counted !== undefined) lastTotal.current = counted
  }, [counted])

  // The function changes only when the rows do, so that a list drawn from it is not drawn again for nothing.
  const parts = [key, ...pages.map((page, at) => `${page}:${results[at]?.dataUpdatedAt ?? 0}`)].join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: `parts` stands for what was loaded
  const rowAt = useMemo(() => {
    return (index: number) => loaded.get(Math.floor(index / pageSize))?.[index % pageSize]
  }, [parts])
  const failed = results.find(result => result.isError && result.data === undefined)
  return {
    total: counted ?? lastTotal.current,
    rowAt,
    onRange,
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  }
}
