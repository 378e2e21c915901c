import { lazy, Suspense, useMemo, useRef } from 'react'
import { spanNarrow } from '../../format/span.ts'
import { devicesPageWords } from '../../words/devices-page.ts'
import { terminalWords } from '../../words/terminal.ts'
import { skewText } from '../devices/skew.ts'
import { Bone } from '../page-states/skeleton.tsx'
import styles from './clock-chart.module.css'
import type { ClockMark, ClockSpan } from './clock-line.tsx'
import { clockPoints, dayStep, skewTicks } from './clock-points.ts'
import { useAfterFirstFrame } from './use-after-first-frame.ts'
import { useWidth } from './use-width.ts'

/** Kept while the drawing is on its way. */
const height = 232

const ClockLine = lazy(async () => ({ default: (await import('./clock-line.tsx')).ClockLine }))

/** The clock's line with its reserved place and legend. The library is fetched after the first frame. */
export function ClockChart({
  readings,
  marks,
  spans,
  dayStarts,
  to,
  limitSeconds,
  timeZone,
  label,
}: {
  readonly readings: readonly { readonly At: string; readonly ClockSkewSeconds: number }[]
  readonly marks: readonly ClockMark[]
  /** Punches that carry the difference. */
  readonly spans: readonly ClockSpan[]
  /** When each day of the range begins, the first where the drawing begins. */
  readonly dayStarts: readonly number[]
  readonly to: number
  readonly limitSeconds: number
  readonly timeZone: string
  readonly label: string
}) {
  const w = terminalWords.clock
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const isReady = useAfterFirstFrame()
  const points = useMemo(() => clockPoints(readings, Math.max(200, width)), [readings, width])
  const from = dayStarts[0] ?? to
  const ticks = skewTicks(points)
  const step = dayStep(from, to, width)
  // A label at the very end would be cut in half.
  const lastTick = to - ((to - from) * 24) / Math.max(width, 1)
  const isLimitInSight = ticks.some(tick => Math.abs(tick) >= limitSeconds)
  return (
    <div className={styles.chart}>
      <ul className={styles.legend}>
        <li data-series="skew">{w.legendSkew}</li>
        {isLimitInSight && <li data-series="limit">{w.legendLimit}</li>}
        {marks.length > 0 && <li data-series="change">{w.legendChange}</li>}
        {spans.length > 0 && <li data-series="drifted">{w.legendDrifted}</li>}
        <li className={styles.count}>{w.points(readings.length)}</li>
      </ul>
      {/* dir: the drawing places itself by coordinates and is mirrored by its own axis. */}
      <div className={styles.box} style={{ blockSize: height }} ref={box}>
        <div role="img" aria-label={label} dir="ltr">
          {isReady && width > 0 ? (
            <Suspense fallback={<Bone height={height} />}>
              <ClockLine
                {...{
                  points,
                  marks,
                  spans,
                  from,
                  to,
                  limitSeconds,
                  timeZone,
                  width,
                  skewTicks: ticks,
                  skewText,
                  tickText,
                }}
                dayTicks={dayStarts.filter((start, index) => index % step === 0 && start <= lastTick)}
                height={height}
              />
            </Suspense>
          ) : (
            <Bone height={height} />
          )}
        </div>
      </div>
    </div>
  )
}

/** Signed and short, as the axis has room for it. */
function tickText(seconds: number): string {
  if (seconds === 0) return terminalWords.clock.zero
  const w = devicesPageWords
  // The drawing would break the line at a plain space.
  return (seconds > 0 ? w.ahead : w.behind)(spanNarrow(seconds)).replaceAll(' ', '\u00a0')
}
