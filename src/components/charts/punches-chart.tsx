import { lazy, Suspense, useRef } from 'react'
import { minuteOfDay } from '../../format/time.ts'
import { words } from '../../words/index.ts'
import { Bone } from '../page-states/skeleton.tsx'
import styles from './punches-chart.module.css'
import { PunchesTable } from './punches-table.tsx'
import { chartSlices, type Slice, sliceStep } from './slices.ts'
import { useAfterFirstFrame } from './use-after-first-frame.ts'
import { useWidth } from './use-width.ts'

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
  asTable,
}: {
  readonly today: readonly Slice[]
  readonly yesterday: readonly Slice[]
  readonly from: number
  readonly to: number
  readonly nowMinute: number | null
  readonly asTable: boolean
}) {
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const isReady = useAfterFirstFrame()
  const hasYesterday = yesterday.length > 0
  const step = sliceStep(to - from, width)
  const slices = chartSlices(today, yesterday, { from, to, step })
  const label = words.overview.chart.label(minuteOfDay(from), minuteOfDay(to))
  return (
    <div className={styles.chart}>
      <Legend step={step} hasYesterday={hasYesterday} />
      {/* dir: the drawing places itself by coordinates and is mirrored by its own axis. */}
      <div className={styles.box} style={{ blockSize: height }} ref={box}>
        {asTable ? (
          <PunchesTable slices={slices} label={label} />
        ) : (
          <div role="img" aria-label={label} dir="ltr">
            {isReady && width > 0 ? (
              <Suspense fallback={<Bone height={height} />}>
                <PunchesBySlice {...{ slices, sliceMinutes: step, nowMinute, hasYesterday, width, height }} />
              </Suspense>
            ) : (
              <Bone height={height} />
            )}
          </div>
        )}
      </div>
    </div>
  )
}

function Legend({ step, hasYesterday }: { readonly step: number; readonly hasYesterday: boolean }) {
  const w = words.overview.chart
  return (
    <ul className={styles.legend}>
      <li data-series="in">{w.in}</li>
      <li data-series="out">{w.out}</li>
      <li data-series="other">{w.other}</li>
      {hasYesterday && <li data-series="yesterday">{w.yesterday}</li>}
      <li className={styles.per}>{w.per(step)}</li>
    </ul>
  )
}
