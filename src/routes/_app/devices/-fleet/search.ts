import { present, readOneOf, readText } from '../../../../api/search.ts'

export const incidentKinds = [
  'Offline',
  'Clock',
  'Flood',
  'RepeatedUpload',
  'SharedSerial',
  'WrongKey',
  'TooLarge',
] as const

/** `/devices/incidents?show=&kind=&site=&incident=`; `incident` is the one that is open. */
export function readIncidentsSearch(search: Record<string, unknown>) {
  return present({
    show: readOneOf(search, 'show', ['open', 'ended']),
    kind: readOneOf(search, 'kind', incidentKinds),
    site: readText(search, 'site'),
    incident: readText(search, 'incident', 15),
  })
}

export type IncidentsSearch = ReturnType<typeof readIncidentsSearch>

/** `/devices/service-levels?month=` */
export function readMonthSearch(search: Record<string, unknown>) {
  const month = readText(search, 'month', 7)
  return present({ month: month !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? month : undefined })
}
