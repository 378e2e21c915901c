import { operationInfiniteQuery } from '../../../../api/query.ts'
import { present, readText } from '../../../../api/search.ts'

/** `/people?q=&device=` */
export function readPeopleSearch(search: Record<string, unknown>) {
  return present({ q: readText(search, 'q'), device: readText(search, 'device', 64) })
}

export type PeopleSearch = ReturnType<typeof readPeopleSearch>

/** People by code, in pages. */
export function peopleQuery({ q, device }: PeopleSearch) {
  return operationInfiniteQuery('users.list', {
    Limit: 100,
    ...(q ? { Search: q } : {}),
    ...(device ? { DeviceSN: device } : {}),
  })
}
