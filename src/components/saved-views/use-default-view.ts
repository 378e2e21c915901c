import { useEffect, useRef } from 'react'
import type { SavedViewBody } from '#contract/dashboard/views.ts'

/**
 * Opens the reader's default view when the page was entered without filters. Only then: whoever clears the filters
 * afterwards wants the plain page, and whoever followed a link wants what it says.
 */
export function useDefaultView(
  views: readonly SavedViewBody[] | undefined,
  search: string,
  open: (view: SavedViewBody) => void,
): void {
  const isFresh = useRef(search === '')
  const latest = useRef(open)
  useEffect(() => {
    latest.current = open
  })
  useEffect(() => {
    if (search !== '') isFresh.current = false
    if (views === undefined || !isFresh.current) return
    isFresh.current = false
    const view = views.find(each => each.Default)
    if (view && view.Search !== '') latest.current(view)
  }, [views, search])
}
