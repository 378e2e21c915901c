import { present, readInt, readOneOf, readText } from '../../../../api/search.ts'

/** Sections of the page of one person, in the order they are shown. */
export const personTabs = ['overview', 'credentials', 'terminals', 'timeline', 'changes'] as const

export type PersonTab = (typeof personTabs)[number]

/**
 * `/people/CODE?tab=&days=&list=&at=`; without a tab it is the overview. `list` and `at` say from which list the
 * person was opened and at which row, so that one can go to the next; `days` is how far the timeline looks back.
 */
export function readPersonSearch(search: Record<string, unknown>) {
  return present({
    tab: readOneOf(search, 'tab', personTabs.slice(1)),
    days: [7, 90].find(days => days === Number(search.days)),
    list: readText(search, 'list', 1000),
    at: readInt(search, 'at', 0, 10_000_000),
  })
}

export type PersonSearch = ReturnType<typeof readPersonSearch>
