import { present, readText } from '../../../../api/search.ts'

/** `/attendance/repair?device=&from=&to=&incident=`; an outage links here. Times are `YYYY-MM-DDTHH:MM`. */
export function readRepairSearch(search: Record<string, unknown>) {
  return present({
    device: readText(search, 'device', 64),
    from: readMinute(search, 'from'),
    to: readMinute(search, 'to'),
    incident: readText(search, 'incident', 60),
  })
}

function readMinute(search: Record<string, unknown>, name: string): string | undefined {
  const text = readText(search, name)
  return text && /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) ? text : undefined
}

export type RepairSearch = ReturnType<typeof readRepairSearch>
