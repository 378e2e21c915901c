import { present, readOneOf, readText } from '../../../../api/search.ts'

/** `/devices?q=&site=&state=&adopt=`; `adopt` is the terminal whose form is open. */
export function readDevicesSearch(search: Record<string, unknown>) {
  return present({
    q: readText(search, 'q'),
    site: readText(search, 'site'),
    state: readOneOf(search, 'state', ['online', 'offline']),
    adopt: readText(search, 'adopt', 64),
  })
}

export type DevicesSearch = ReturnType<typeof readDevicesSearch>
