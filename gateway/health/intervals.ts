/** From and to in epoch milliseconds; `to` is not part of it. */
export interface Interval {
  readonly from: number
  readonly to: number
}

/** The same times as few intervals, in order and without overlap. */
export function union(intervals: readonly Interval[]): Interval[] {
  const joined: { from: number; to: number }[] = []
  for (const { from, to } of [...intervals].sort((a, b) => a.from - b.from)) {
    if (to <= from) continue
    const last = joined.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else joined.push({ from, to })
  }
  return joined
}

/** What of `intervals` lies within `bounds`. */
export function within(intervals: readonly Interval[], bounds: Interval): Interval[] {
  return intervals
    .map(({ from, to }) => ({ from: Math.max(from, bounds.from), to: Math.min(to, bounds.to) }))
    .filter(({ from, to }) => to > from)
}

/** What of `intervals` none of `taken` covers. */
export function without(intervals: readonly Interval[], taken: readonly Interval[]): Interval[] {
  const gone = union(taken)
  return union(intervals).flatMap(whole => {
    const left: Interval[] = []
    let from = whole.from
    for (const hole of gone) {
      if (hole.to <= from || hole.from >= whole.to) continue
      if (hole.from > from) left.push({ from, to: hole.from })
      from = Math.max(from, hole.to)
    }
    if (from < whole.to) left.push({ from, to: whole.to })
    return left
  })
}

/** Milliseconds the intervals cover together. */
export function total(intervals: readonly Interval[]): number {
  return union(intervals).reduce((sum, { from, to }) => sum + to - from, 0)
}
