import { operationInfiniteQuery } from '../../../../api/query.ts'
import type { DevicesSearch } from './search.ts'

const pageRows = 100
/** What is sorted by how bad it is begins with the worst. */
const worstFirst: ReadonlySet<string> = new Set(['clock', 'queue'])

/** The terminals the URL asks for, a page at a time. */
export function fleetQuery(search: DevicesSearch) {
  const sort = search.sort ?? 'site'
  return operationInfiniteQuery('devices.fleet', {
    Limit: pageRows,
    Sort: sort,
    Order: worstFirst.has(sort) ? 'desc' : 'asc',
    ...(search.q ? { Search: search.q } : {}),
    ...(search.site ? { Site: search.site } : {}),
    ...(search.state ? { State: search.state } : {}),
    ...(search.trouble ? { Trouble: search.trouble } : {}),
    ...(search.tag ? { Tag: search.tag } : {}),
    ...(search.model ? { Model: search.model } : {}),
    ...(search.firmware ? { Firmware: search.firmware } : {}),
  })
}
