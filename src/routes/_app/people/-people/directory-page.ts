import { operationQuery } from '../../../../api/query.ts'
import { directoryInput, type PeopleSearch } from './search.ts'

/** People a page. */
export const pageSize = 100

/** The page of the directory that begins with row `page` times `pageSize`. */
export function directoryPage(search: PeopleSearch, page: number) {
  return operationQuery('users.directory', {
    ...directoryInput(search),
    Limit: pageSize,
    ...(page === 0 ? {} : { OffSet: String(page * pageSize) }),
  })
}
