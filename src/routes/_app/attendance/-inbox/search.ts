import { present, readDay, readOneOf, readText } from '../../../../api/search.ts'

const views = ['approve', 'differences'] as const
const acts = ['look', 'add', 'settle'] as const

/** `/attendance/inbox?from=&to=&view=&kind=&person=&site=&at=&act=`; `at` is the day that is chosen, `act` opens it. */
export function readInboxSearch(search: Record<string, unknown>) {
  const at = readText(search, 'at', 80)
  return present({
    from: readDay(search, 'from'),
    to: readDay(search, 'to'),
    view: readOneOf(search, 'view', views),
    kind: readText(search, 'kind', 300),
    person: readText(search, 'person', 64),
    at: at && /^\d{4}-\d\d-\d\d ./.test(at) ? at : undefined,
    act: readOneOf(search, 'act', acts),
  })
}

export type InboxSearch = ReturnType<typeof readInboxSearch>
export type InboxAct = (typeof acts)[number]
