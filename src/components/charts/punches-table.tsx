// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
import { count } from '../../format/number.ts'
import { minuteOfDay } from '../../format/time.ts'
import { words } from '../../words/index.ts'
import { arrivalsWords } from '../../words/overview-arrivals.ts'
import styles from './punches-chart.module.css'
import type { ChartSlice } from './slices.ts'

/** The chart's twin: the same numbers to read, hear and copy. Slices without any punch are left out. */
export function PunchesTable({
  slices,
  label,
}: {
  readonly slices: readonly ChartSlice[]
  readonly label: string
}) {
  const w = words.overview.chart
  const rows = slices.filter(slice => slice.in + slice.out + slice.other + slice.yesterday > 0)
  const hasUsual = slices.some(slice => slice.usual)
  return (
    <section className={styles.tableScroll} tabIndex={0} aria-label={label}>
      <table className={styles.table}>
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{w.time}</th>
            <th scope="col">{w.in}</th>
            <th scope="col">{w.out}</th>
            <th scope="col">{w.other}</th>
            <th scope="col">{w.total}</th>
            <th scope="col">{w.yesterday}</th>
            {hasUsual && <th scope="col">{arrivalsWords.chart.usual}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(slice => (
            <tr key={slice.minute}>
              <th scope="row">{minuteOfDay(slice.minute)}</th>
              <td>{count(slice.in)}</td>
              <td>{count(slice.out)}</td>
              <td>{count(slice.other)}</td>
              <td>{count(slice.in + slice.out + slice.other)}</td>
              <td>{count(slice.yesterday)}</td>
              {hasUsual && (
                <td>
                  {slice.usual && arrivalsWords.chart.range(count(slice.usual[0]), count(slice.usual[1]))}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
