import { useEffect } from 'react'
import { words } from '../../words/index.ts'

/** Puts the page's name in the window title. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = words.pageTitle(title)
  }, [title])
}
