import { present, readOneOf, readText } from '../../../../api/search.ts'

export const setupTabs = [
  'shifts',
  'rotations',
  'assignments',
  'departments',
  'calendars',
  'leave',
  'policy',
  'import',
] as const

export type SetupTab = (typeof setupTabs)[number]

/** `/attendance/setup?tab=&open=`; without a tab it is the shifts. `open` is what the sheet shows; `new` is something new. */
export function readSetupSearch(search: Record<string, unknown>) {
  return present({
    tab: readOneOf(search, 'tab', setupTabs),
    open: readText(search, 'open', 64),
  })
}
