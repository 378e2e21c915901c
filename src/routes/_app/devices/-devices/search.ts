import { present, readOneOf, readText } from '../../../../api/search.ts'

export const troubles = ['any', 'incident', 'clock', 'rejects', 'queue'] as const
export const sorts = ['site', 'name', 'state', 'seen', 'firmware', 'clock', 'queue', 'uptime'] as const

/** `/devices?q=&site=&state=&trouble=&tag=&model=&firmware=&sort=&adopt=`; `adopt` is the terminal whose form is open. */
export function readDevicesSearch(search: Record<string, unknown>) {
  return present({
    q: readText(search, 'q'),
    site: readText(search, 'site'),
    state: readOneOf(search, 'state', ['online', 'offline']),
    trouble: readOneOf(search, 'trouble', troubles),
    tag: readText(search, 'tag', 40),
    model: readText(search, 'model'),
    firmware: readText(search, 'firmware'),
    sort: readOneOf(search, 'sort', sorts.slice(1)),
    adopt: readText(search, 'adopt', 64),
  })
}

export type DevicesSearch = ReturnType<typeof readDevicesSearch>
