import {
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { instantDay, instantFull } from '../../format/time.ts'
import { words } from '../../words/index.ts'
import styles from './clock-line.module.css'
import type { ClockPoint } from './clock-points.ts'

export interface ClockMark {
  /** Epoch milliseconds. */
  readonly at: number
  readonly label: string
}

/** Punches that carry the difference. */
export interface ClockSpan {
  /** Epoch milliseconds. */
  readonly from: number
  readonly to: number
  readonly label: string
}

export interface ClockLineProps {
  readonly points: readonly ClockPoint[]
  readonly marks: readonly ClockMark[]
  readonly spans: readonly ClockSpan[]
  readonly from: number
  readonly to: number
  readonly dayTicks: readonly number[]
  readonly skewTicks: readonly number[]
  /** Further off than this puts punches in the wrong minute. */
  readonly limitSeconds: number
  readonly timeZone: string
  /** A difference in words; its short form for the axis. Handed in, for the words belong to one page (words/terminal.ts). */
  readonly skewText: (seconds: number) => string
  readonly tickText: (seconds: number) => string
  readonly width: number
  readonly height: number
}

/** Few readings would be a line nobody sees. */
const dotsMax = 60

/** How far the clock was off, as a line; what moved it stands upright. For the ears there is the table twin. */
export function ClockLine({
  points,
  marks,
  spans,
  from,
  to,
  dayTicks,
  skewTicks,
  limitSeconds,
  timeZone,
  skewText,
  tickText,
  width,
  height,
}: ClockLineProps) {
  const isMirrored = words.direction === 'rtl'
  // What is under the pointer is as wide as a few pixels of time.
  const nearMs = ((to - from) / Math.max(width, 1)) * 6
  return (
    <ComposedChart
      width={width}
      height={height}
      data={[...points]}
      margin={{ top: 8, right: isMirrored ? 0 : 8, bottom: 0, left: isMirrored ? 8 : 0 }}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} stroke="var(--gh-chart-grid)" />
      <XAxis
        dataKey="at"
        type="number"
        domain={[from, to]}
        ticks={[...dayTicks]}
        tickFormatter={at => instantDay(Number(at), timeZone)}
        interval={0}
        tickLine={false}
        axisLine={{ stroke: 'var(--gh-line-strong)' }}
        tick={tick}
        reversed={isMirrored}
        tickMargin={6}
      />
      <YAxis
        width={58}
        domain={[skewTicks[0] ?? 0, skewTicks.at(-1) ?? 0]}
        ticks={[...skewTicks]}
        tickFormatter={tickText}
        interval={0}
        tickLine={false}
        axisLine={false}
        tick={tick}
        orientation={isMirrored ? 'right' : 'left'}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: 'var(--gh-line-control)' }}
        content={props => (
          <PointTooltip
            point={props.payload?.[0]?.payload}
            marks={marks}
            spans={spans}
            nearMs={nearMs}
            timeZone={timeZone}
            skewText={skewText}
          />
        )}
      />
      {spans.map(span => (
        <ReferenceArea
          key={span.from}
          x1={Math.max(from, Math.min(span.from, to - nearMs) - nearMs / 4)}
          x2={Math.min(to, span.to + nearMs / 4)}
          fill="var(--gh-warn)"
          fillOpacity={0.16}
          stroke="none"
        />
      ))}
      <ReferenceLine y={0} stroke="var(--gh-line-control)" />
      {[limitSeconds, -limitSeconds].map(limit => (
        <ReferenceLine key={limit} y={limit} stroke="var(--gh-warn)" strokeDasharray="4 3" />
      ))}
      {marks.map((mark, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two marks may share their moment and never move
        <ReferenceLine key={index} x={mark.at} stroke="var(--gh-unknown)" strokeDasharray="3 3" />
      ))}
      <Line
        dataKey="skew"
        type="linear"
        stroke="var(--gh-chart-in)"
        strokeWidth={1.5}
        dot={points.length <= dotsMax ? { r: 2, fill: 'var(--gh-chart-in)', strokeWidth: 0 } : false}
        activeDot={{ r: 3 }}
        isAnimationActive={false}
      />
    </ComposedChart>
  )
}

const tick = { fill: 'var(--gh-faint)', fontSize: 11 }

function PointTooltip({
  point,
  marks,
  spans,
  nearMs,
  timeZone,
  skewText,
}: {
  readonly point: ClockPoint | undefined
  readonly marks: readonly ClockMark[]
  readonly spans: readonly ClockSpan[]
  readonly nearMs: number
  readonly timeZone: string
  readonly skewText: ClockLineProps['skewText']
}) {
  if (!point || point.skew === null) return null
  const near = marks.filter(mark => Math.abs(mark.at - point.at) <= nearMs)
  const touched = spans.filter(span => span.from - nearMs <= point.at && point.at <= span.to + nearMs)
  return (
    <div className={styles.tooltip}>
      <strong>{skewText(point.skew)}</strong>
      <span>{instantFull(point.at, timeZone)}</span>
      {near.map(mark => (
        <span key={`${mark.at} ${mark.label}`}>{mark.label}</span>
      ))}
      {touched.map(span => (
        <span key={span.from}>{span.label}</span>
      ))}
    </div>
  )
}
