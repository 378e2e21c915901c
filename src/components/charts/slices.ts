/** One slice of the day, as the contract's PunchBucket has it. */
export interface Slice {
  readonly Minute: number
  readonly In: number
  readonly Out: number
  readonly Other: number
}

/** What the chart draws: one slice with the same slice of the day before. */
export interface ChartSlice {
  readonly minute: number
  readonly in: number
  readonly out: number
  readonly other: number
  readonly yesterday: number
  /** Fewest and most of the same weekdays before; absent where nobody knows them. */
  readonly usual?: readonly [low: number, high: number]
}

/** Counts of a day in slices of so many minutes, as the contract has them. */
const usualStep = 5

/** Adds what is usual to slices of `step` minutes: the fewest and the most of several earlier days. */
export function withUsual(
  slices: readonly ChartSlice[],
  days: readonly (readonly number[])[],
  step: number,
): ChartSlice[] {
  if (days.length === 0) return [...slices]
  return slices.map(slice => {
    const [from, to] = [slice.minute / usualStep, (slice.minute + step) / usualStep]
    const sums = days.map(day => day.slice(from, to).reduce((sum, count) => sum + count, 0))
    return { ...slice, usual: [Math.min(...sums), Math.max(...sums)] as const }
  })
}

const dayMinutes = 1440

/** Joins two days into slices of `step` minutes between two minutes of the day; slices nobody mentions are zero. */
export function chartSlices(
  today: readonly Slice[],
  yesterday: readonly Slice[],
  range: { readonly from: number; readonly to: number; readonly step: number },
): ChartSlice[] {
  const { from, to, step } = range
  const rows = new Map<
    number,
    { minute: number; in: number; out: number; other: number; yesterday: number }
  >()
  for (let minute = from; minute < to; minute += step)
    rows.set(minute, { minute, in: 0, out: 0, other: 0, yesterday: 0 })
  const rowOf = (minute: number) => rows.get(from + Math.floor((minute - from) / step) * step)
  for (const slice of today) {
    const row = rowOf(slice.Minute)
    if (!row) continue
    row.in += slice.In
    row.out += slice.Out
    row.other += slice.Other
  }
  for (const slice of yesterday) {
    const row = rowOf(slice.Minute)
    if (row) row.yesterday += total(slice)
  }
  return [...rows.values()]
}

/** The part of the day with any life in it, in whole hours, wide enough to read; never less than up to now. */
export function liveSpan(slices: readonly Slice[], nowMinute: number): { from: number; to: number } {
  const minutes = slices.filter(slice => total(slice) > 0).map(slice => slice.Minute)
  const first = Math.min(nowMinute, ...minutes)
  const last = Math.max(nowMinute, ...minutes)
  const from = Math.max(0, Math.floor((first - 15) / 60) * 60)
  const to = Math.min(dayMinutes, Math.ceil((last + 15) / 60) * 60)
  return to - from >= 360
    ? { from, to }
    : {
        from: Math.max(0, Math.min(from, dayMinutes - 360)),
        to: Math.min(dayMinutes, Math.max(to, from + 360)),
      }
}

/** The finest slice, in minutes, that still gives each bar two pixels or more. */
export function sliceStep(spanMinutes: number, width: number): number {
  const barMin = 2.4
  return [5, 10, 15, 30].find(step => (spanMinutes / step) * barMin <= width) ?? 60
}

/** All punches of a slice. */
export function total(slice: Slice): number {
  return slice.In + slice.Out + slice.Other
}

/** All punches of a day, or of a day up to a minute. */
export function totalOf(slices: readonly Slice[], beforeMinute = dayMinutes): number {
  return slices.reduce((sum, slice) => (slice.Minute < beforeMinute ? sum + total(slice) : sum), 0)
}

/** Counts rows into slices; for a gateway that sends rows only. Directions as the contract names them. */
export function slicesFromRows(
  rows: readonly { readonly AttendanceLog: string; readonly Direction: string }[],
  step: number,
): Slice[] {
  const slices = new Map<number, { Minute: number; In: number; Out: number; Other: number }>()
  for (const row of rows) {
    const minute = Number(row.AttendanceLog.slice(11, 13)) * 60 + Number(row.AttendanceLog.slice(14, 16))
    const Minute = Math.floor(minute / step) * step
    const slice = slices.get(Minute) ?? { Minute, In: 0, Out: 0, Other: 0 }
    if (row.Direction.endsWith('In')) slice.In += 1
    else if (row.Direction.endsWith('Out')) slice.Out += 1
    else slice.Other += 1
    slices.set(Minute, slice)
  }
  return [...slices.values()].sort((a, b) => a.Minute - b.Minute)
}
