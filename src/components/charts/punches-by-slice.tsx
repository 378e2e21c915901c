import { Area, Bar, CartesianGrid, ComposedChart, Line, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts'
import { count } from '../../format/number.ts'
import { minuteOfDay } from '../../format/time.ts'
import { words } from '../../words/index.ts'
import styles from './punches-by-slice.module.css'
import type { ChartSlice } from './slices.ts'

export interface PunchesBySliceProps {
  readonly slices: readonly ChartSlice[]
  readonly sliceMinutes: number
  /** Minute of the day that is now, where the bars end; null where several zones are mixed. */
  readonly nowMinute: number | null
  /** A remote gateway sends no day before; a line at zero would be a lie. */
  readonly hasYesterday: boolean
  /** Minute of the day up to which everything is here; null where that is unknown or later. */
  readonly completeMinute: number | null
  /** Handed in: words of a page would bring its code along. */
  readonly labels: { readonly usual: string; readonly complete: string }
  readonly width: number
  readonly height: number
}

/**
 * Stacked bars of today, yesterday as a line. Plain numbers in; knows nothing of operations. Without animation: it is
 * drawn again with every live update. For the ears there is the table twin (punches-table.tsx).
 */
export function PunchesBySlice({
  slices,
  sliceMinutes,
  nowMinute,
  hasYesterday,
  completeMinute,
  labels,
  width,
  height,
}: PunchesBySliceProps) {
  const w = words.overview.chart
  const isMirrored = words.direction === 'rtl'
  const nowSlice =
    nowMinute === null ? undefined : slices.findLast(slice => slice.minute <= nowMinute)?.minute
  const completeSlice =
    completeMinute === null ? undefined : slices.findLast(slice => slice.minute <= completeMinute)?.minute
  return (
    <ComposedChart
      width={width}
      height={height}
      data={[...slices]}
      margin={{ top: 8, right: isMirrored ? 0 : 6, bottom: 0, left: isMirrored ? 6 : 0 }}
      barCategoryGap={1}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} stroke="var(--gh-chart-grid)" />
      <XAxis
        dataKey="minute"
        ticks={hourTicks(slices, width)}
        interval={0}
        tickFormatter={minuteOfDay}
        tickLine={false}
        axisLine={{ stroke: 'var(--gh-line-strong)' }}
        tick={tick}
        reversed={isMirrored}
        tickMargin={6}
      />
      <YAxis
        width={34}
        allowDecimals={false}
        tickFormatter={count}
        tickLine={false}
        axisLine={false}
        tick={tick}
        orientation={isMirrored ? 'right' : 'left'}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={{ fill: 'var(--gh-hover)' }}
        content={props => (
          <SliceTooltip
            slice={props.payload?.[0]?.payload}
            sliceMinutes={sliceMinutes}
            hasYesterday={hasYesterday}
            usualLabel={labels.usual}
          />
        )}
      />
      {nowSlice !== undefined && (
        <ReferenceLine x={nowSlice} stroke="var(--gh-line-control)" strokeDasharray="2 3" />
      )}
      {completeSlice !== undefined && (
        <ReferenceLine
          x={completeSlice}
          stroke="var(--gh-unknown)"
          label={{ value: labels.complete, position: 'insideTopRight', ...tick }}
        />
      )}
      {slices.some(slice => slice.usual) && (
        <Area
          dataKey="usual"
          name={labels.usual}
          type="monotone"
          stroke="none"
          fill="var(--gh-chart-usual)"
          fillOpacity={1}
          activeDot={false}
          isAnimationActive={false}
        />
      )}
      <Bar dataKey="in" name={w.in} stackId="day" fill="var(--gh-chart-in)" isAnimationActive={false} />
      <Bar dataKey="out" name={w.out} stackId="day" fill="var(--gh-chart-out)" isAnimationActive={false} />
      <Bar
        dataKey="other"
        name={w.other}
        stackId="day"
        fill="var(--gh-chart-other)"
        isAnimationActive={false}
      />
      {hasYesterday && (
        <Line
          dataKey="yesterday"
          name={w.yesterday}
          type="monotone"
          stroke="var(--gh-chart-yesterday)"
          strokeWidth={1.25}
          strokeDasharray="4 3"
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
      )}
    </ComposedChart>
  )
}

const tick = { fill: 'var(--gh-faint)', fontSize: 11 }

/** Whole hours, as many as fit. */
function hourTicks(slices: readonly ChartSlice[], width: number): number[] {
  const hours = slices.filter(slice => slice.minute % 60 === 0).map(slice => slice.minute)
  const every = Math.max(1, Math.ceil((hours.length * 52) / Math.max(width, 1)))
  return hours.filter((_, index) => index % every === 0)
}

function SliceTooltip({
  slice,
  sliceMinutes,
  hasYesterday,
  usualLabel,
}: {
  readonly slice: ChartSlice | undefined
  readonly sliceMinutes: number
  readonly hasYesterday: boolean
  readonly usualLabel: string
}) {
  if (!slice) return null
  const w = words.overview.chart
  const rows = [
    { name: w.in, value: slice.in, key: 'in' },
    { name: w.out, value: slice.out, key: 'out' },
    { name: w.other, value: slice.other, key: 'other' },
    ...(hasYesterday ? [{ name: w.yesterday, value: slice.yesterday, key: 'yesterday' }] : []),
  ].map(row => ({ ...row, value: count(row.value) }))
  if (slice.usual) {
    const [low, high] = slice.usual
    const value = low === high ? count(low) : `${count(low)} – ${count(high)}`
    rows.push({ name: usualLabel, value, key: 'usual' })
  }
  return (
    <div className={styles.tooltip}>
      <strong>
        {minuteOfDay(slice.minute)} – {minuteOfDay(slice.minute + sliceMinutes)}
      </strong>
      {rows.map(row => (
        <span key={row.key} className={styles.row}>
          <i className={styles.swatch} data-series={row.key} />
          {row.name}
          <b>{row.value}</b>
        </span>
      ))}
    </div>
  )
}
