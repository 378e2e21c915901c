import { counter } from '../plural.ts'

const counted = counter('en')

/** Words of the chart of a day, which more than one chunk needs. */
export const punchesChart = {
  title: 'Punches today',
  label: (from: string, to: string) => `Punches today, ${from} to ${to}`,
  per: (minutes: number) => counted(minutes, { one: 'per minute', other: 'per # minutes' }),
  in: 'In',
  out: 'Out',
  other: 'Other',
  yesterday: 'Yesterday',
  showTable: 'Show as table',
  showChart: 'Show as chart',
  time: 'Time',
  total: 'Total',
  rangeLabel: 'Range',
  day: 'Day',
  recent: 'Last 3 h',
  empty: 'No punches yet today',
  emptyBody: (address: string) =>
    `A terminal sends them by itself. In its menu, set the server (ADMS or "cloud server") to ${address}.`,
  notAvailable: 'Counted from the rows at hand',
}
