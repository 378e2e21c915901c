import { useMemo } from 'react'
import { serverNow } from '../../../../api/clock.ts'
import { Button } from '../../../../components/button/button.tsx'
import { ClockChart } from '../../../../components/charts/clock-chart.tsx'
import { skewMaxSeconds } from '../../../../components/devices/device-health.tsx'
import { skewText } from '../../../../components/devices/skew.ts'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { dayStart } from '../../../../format/offset.ts'
import { instantFull } from '../../../../format/time.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import { type DeviceClock, daysOf } from './clock-change.ts'
import styles from './clock-history.module.css'
import { useDeviceSearch } from './use-device-search.ts'

const rangeDays = [7, 30, 90] as const

/** The difference over the chosen days, as a drawing or as its table. Range and view are in the URL. */
export function ClockHistory({
  clock,
  days,
  range,
}: {
  readonly clock: DeviceClock
  readonly days: number
  readonly range: { readonly FromDate: string; readonly ToDate: string }
}) {
  const w = terminalWords.clock
  const [{ view }, change] = useDeviceSearch()
  const asTable = view === 'table'
  const label = `${w.chart}, ${w.chartLabel(days)}`
  return (
    <Panel
      title={w.chart}
      actions={
        <>
          <Segmented
            label={w.range}
            value={String(days)}
            options={rangeDays.map(each => ({ value: String(each), label: w.days(each) }))}
            onChange={chosen => change({ days: chosen === '7' ? undefined : Number(chosen) })}
          />
          <Button
            size="small"
            look="quiet"
            icon={asTable ? 'chart' : 'table'}
            aria-label={asTable ? w.showChart : w.showTable}
            title={asTable ? w.showChart : w.showTable}
            onClick={() => change({ view: asTable ? undefined : 'table' })}
          />
        </>
      }
    >
      {clock.Readings.length === 0 ? (
        <EmptyState icon="clock" title={w.noReadings}>
          {w.noReadingsBody}
        </EmptyState>
      ) : asTable ? (
        <ReadingTable clock={clock} label={label} />
      ) : (
        <Drawing clock={clock} range={range} label={label} />
      )}
    </Panel>
  )
}

function Drawing({
  clock,
  range: { FromDate, ToDate },
  label,
}: {
  readonly clock: DeviceClock
  readonly range: { readonly FromDate: string; readonly ToDate: string }
  readonly label: string
}) {
  const w = terminalWords.clock
  const dayStarts = useMemo(
    () => daysOf({ FromDate, ToDate }).map(day => dayStart(day, clock.TimeZone)),
    [FromDate, ToDate, clock.TimeZone],
  )
  const marks = clock.Changes.map(({ At, Kind, Detail }) => ({
    at: Date.parse(At),
    label: `${w.kinds[Kind]}: ${Detail}`,
  }))
  const spans = clock.Drifted.map(span => ({
    from: Date.parse(span.From),
    to: Date.parse(span.To),
    label: `${w.legendDrifted}: ${w.driftedPunches(span.Punches)}`,
  }))
  const last = Math.max(serverNow(), ...clock.Readings.map(({ At }) => Date.parse(At)))
  return (
    <ClockChart
      readings={clock.Readings}
      marks={marks}
      spans={spans}
      dayStarts={dayStarts}
      to={last}
      limitSeconds={skewMaxSeconds}
      timeZone={clock.TimeZone}
      label={label}
    />
  )
}

/** The drawing's twin, newest first: the same readings to read, hear and copy. */
function ReadingTable({ clock, label }: { readonly clock: DeviceClock; readonly label: string }) {
  const w = terminalWords.clock
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={styles.scroller} tabIndex={0} aria-label={label}>
      <table className={styles.table}>
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{w.when}</th>
            <th scope="col">{w.difference}</th>
            <th scope="col">{w.from}</th>
          </tr>
        </thead>
        <tbody>
          {clock.Readings.toReversed().map(reading => (
            <tr key={reading.At}>
              <th scope="row">{instantFull(reading.At, clock.TimeZone)}</th>
              <td>{skewText(reading.ClockSkewSeconds)}</td>
              <td>{w.sources[reading.Source]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
