import { lazy, Suspense, useRef } from 'react'
import { minuteOfDay } from '../../format/time.ts'
import { words } from '../../words/index.ts'
import { arrivalsWords } from '../../words/overview-arrivals.ts'
import { Bone } from '../page-states/skeleton.tsx'
import styles from './punches-chart.module.css'
import { PunchesTable } from './punches-table.tsx'
import { chartSlices, type Slice, sliceStep, withUsual } from './slices.ts'
import { useAfterFirstFrame } from './use-after-first-frame.ts'
import { useWidth } from './use-width.ts'
import { ZoomArea } from './zoom-area.tsx'

const height = 248

const PunchesBySlice = lazy(async () => {
  const module = await import('./punches-by-slice.tsx')
  return { default: module.PunchesBySlice }
})

/** The chart with its reserved place, legend and table twin. The library is fetched after the first frame. */
export function PunchesChart({
  today,
  yesterday,
  from,
  to,
  nowMinute,
  usual,
  completeMinute,
  asTable,
  onZoom,
}: {
  readonly today: readonly Slice[]
  readonly yesterday: readonly Slice[]
  readonly from: number
  readonly to: number
  readonly nowMinute: number | null
  /** The same weekday of earlier weeks, each day by five minutes, with its name. */
  readonly usual: { readonly weekday: string; readonly days: readonly (readonly number[])[] }
  /** Minute up to which everything is here, where something is still arriving. */
  readonly completeMinute: number | null
  readonly asTable: boolean
  readonly onZoom: (from: number, to: number) => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const isReady = useAfterFirstFrame()
  const hasYesterday = yesterday.length > 0
  const step = sliceStep(to - from, width)
  const slices = withUsual(chartSlices(today, yesterday, { from, to, step }), usual.days, step)
  const labels = { usual: arrivalsWords.chart.usual, complete: arrivalsWords.chart.watermark }
  const label = words.overview.chart.label(minuteOfDay(from), minuteOfDay(to))
  return (
    <div className={styles.chart}>
      <Legend step={step} hasYesterday={hasYesterday} usual={usual} />
      {/* dir: the drawing places itself by coordinates and is mirrored by its own axis. */}
      <div className={styles.box} style={{ blockSize: height }} ref={box}>
        {asTable ? (
          <PunchesTable slices={slices} label={label} />
        ) : (
          <ZoomArea from={from} to={to} step={step} width={width} onZoom={onZoom}>
            <div role="img" aria-label={label} dir="ltr">
              {isReady && width > 0 ? (
                <Suspense fallback={<Bone height={height} />}>
                  <PunchesBySlice
                    {...{
                      slices,
                      sliceMinutes: step,
                      nowMinute,
                      hasYesterday,
                      completeMinute,
                      labels,
                      width,
                      height,
                    }}
                  />
                </Suspense>
              ) : (
                <Bone height={height} />
              )}
            </div>
          </ZoomArea>
        )}
      </div>
    </div>
  )
}

function Legend({
  step,
  hasYesterday,
  usual,
}: {
  readonly step: number
  readonly hasYesterday: boolean
  readonly usual: { readonly weekday: string; readonly days: readonly unknown[] }
}) {
  const w = words.overview.chart
  return (
    <ul className={styles.legend}>
      <li data-series="in">{w.in}</li>
      <li data-series="out">{w.out}</li>
      <li data-series="other">{w.other}</li>
      {hasYesterday && <li data-series="yesterday">{w.yesterday}</li>}
      {usual.days.length > 0 && (
        <li data-series="usual">{arrivalsWords.chart.usualOf(usual.weekday, usual.days.length)}</li>
      )}
      <li className={styles.per}>{w.per(step)}</li>
    </ul>
  )
}
