import { present, readInt, readOneOf } from '../../../../api/search.ts'

/** Sections of the page of one terminal, in the order they are shown. */
export const deviceTabs = [
  'overview',
  'health',
  'orders',
  'timeline',
  'clock',
  'incidents',
  'rejects',
  'profile',
  'security',
  'trace',
] as const

export type DeviceTab = (typeof deviceTabs)[number]

/**
 * `/devices/SN?tab=&days=&view=&show=&line=`; without a tab it is the overview. `days` and `view` are of the clock's
 * chart, `show` narrows the list of the tab, `line` is the rejected line that is open.
 */
export function readDeviceSearch(search: Record<string, unknown>) {
  return present({
    tab: readOneOf(search, 'tab', deviceTabs.slice(1)),
    days: [30, 90].find(days => days === Number(search.days)),
    view: readOneOf(search, 'view', ['table']),
    show: readOneOf(search, 'show', ['kept', 'all', 'open', 'ended']),
    line: readInt(search, 'line', 1, Number.MAX_SAFE_INTEGER),
  })
}

export type DeviceSearch = ReturnType<typeof readDeviceSearch>
