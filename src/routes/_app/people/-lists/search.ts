import { present, readOneOf, readText } from '../../../../api/search.ts'

/** Lists of what terminals hold, in the order they are shown. */
export const listTabs = ['orphans', 'collisions', 'admins', 'cards', 'deletions'] as const

export type ListTab = (typeof listTabs)[number]

/** `/people/terminals?tab=&device=&show=`; without a tab it is those nobody has ordered. */
export function readListsSearch(search: Record<string, unknown>) {
  return present({
    tab: readOneOf(search, 'tab', listTabs.slice(1)),
    device: readText(search, 'device', 64),
    show: readOneOf(search, 'show', ['all']),
  })
}
