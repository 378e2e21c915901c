import type { Stay } from './pair.ts'
import type { PlacedShift, Span } from './place-shifts.ts'
import type { Band, BandKind } from './results.ts'

export interface BandContext {
  /** Null where nothing is planned. */
  readonly placed: PlacedShift | null
  readonly earlyInCounts: boolean
  /** What presence is that no period covers: work, or time after the shift. */
  readonly unplannedAs: 'worked' | 'after'
}

/**
 * The timeline from the first punch to the last, cut wherever a stay, a period or a fixed break begins or ends. Bands
 * follow each other without holes, so that they always add up to the whole span. `stays` in order of time.
 */
export function buildBands(stays: readonly Stay[], context: BandContext): Band[] {
  const [first] = stays
  const last = stays.at(-1)
  if (!first || !last) return []
  const { placed } = context
  const spans: readonly Span[] = [
    ...stays,
    ...(placed ? [...placed.periods, ...placed.owed, ...placed.fixedBreaks] : []),
  ]
  const edges = [...new Set(spans.flatMap(({ fromMs, toMs }) => [fromMs, toMs]))]
    .filter(edge => edge >= first.fromMs && edge <= last.toMs)
    .sort((a, b) => a - b)
  let at = 0
  return edges.slice(0, -1).map((fromMs, index) => {
    while ((stays[at]?.toMs ?? Number.POSITIVE_INFINITY) <= fromMs) at += 1
    const stay = stays[at]
    const kind = stay && stay.fromMs <= fromMs ? stay.kind : 'away'
    return { ...classify(fromMs, kind, context), fromMs, toMs: edges[index + 1] ?? fromMs }
  })
}

function classify(
  atMs: number,
  stay: Stay['kind'] | 'away',
  { placed, earlyInCounts, unplannedAs }: BandContext,
): Pick<Band, 'kind' | 'paid'> {
  if (stay === 'unclear') return plain('unclear')
  if (stay === 'break') return plain('break')
  if (!placed) return plain(stay === 'present' ? unplannedAs : 'gap')
  const pause = placed.fixedBreaks.find(span => covers(span, atMs))
  if (placed.periods.some(period => covers(period, atMs))) {
    if (pause) return { kind: 'break', paid: pause.paid }
    if (stay === 'present') return plain('worked')
    return plain(placed.owed.some(period => covers(period, atMs)) ? 'gap' : 'between')
  }
  if (stay === 'away') return plain('between')
  if (atMs >= placed.toMs) return plain('after')
  return plain(earlyInCounts ? 'worked' : 'early')
}

function plain(kind: BandKind): Pick<Band, 'kind' | 'paid'> {
  return { kind, paid: false }
}

function covers(span: Span, atMs: number): boolean {
  return atMs >= span.fromMs && atMs < span.toMs
}

/** Length of the bands that `chosen` picks, in milliseconds. */
export function totalMs(bands: readonly Band[], chosen: (band: Band) => boolean): number {
  return bands.reduce((sum, band) => (chosen(band) ? sum + band.toMs - band.fromMs : sum), 0)
}

/**
 * Turns part of the chosen bands into something else: after the first `skipMs` of them the next `takeMs`, in order of
 * time. Bands are split where needed; their sum stays.
 */
export function carve(
  bands: readonly Band[],
  chosen: (band: Band) => boolean,
  { skipMs, takeMs, into }: { skipMs: number; takeMs: number; into: Pick<Band, 'kind' | 'paid'> },
): Band[] {
  let passed = 0
  return bands.flatMap(band => {
    if (!chosen(band)) return [band]
    const length = band.toMs - band.fromMs
    const from = band.fromMs + clamp(skipMs - passed, length)
    const to = band.fromMs + clamp(skipMs + takeMs - passed, length)
    passed += length
    return [
      { ...band, toMs: from },
      { ...into, fromMs: from, toMs: to },
      { ...band, fromMs: to },
    ].filter(part => part.toMs > part.fromMs)
  })
}

function clamp(value: number, max: number): number {
  return Math.max(0, Math.min(value, max))
}

/** Neighbours of one kind as one band. */
export function mergeBands(bands: readonly Band[]): Band[] {
  const merged: Band[] = []
  for (const band of bands) {
    const last = merged.at(-1)
    if (last && last.kind === band.kind && last.paid === band.paid && last.toMs === band.fromMs)
      merged[merged.length - 1] = { ...last, toMs: band.toMs }
    else merged.push(band)
  }
  return merged
}
