import { stampMs } from '../../../../format/stamp.ts'
import type { ExplainedDay } from './explanation-text.ts'

const hourMs = 3_600_000
const ticksMax = 12
/** A timeline shorter than this says nothing. */
const spanMinMs = 4 * hourMs

export interface Tick {
  /** 0 to 1 along the line. */
  readonly at: number
  /** "08", on the wall clock of that moment. */
  readonly label: string
  readonly isMidnight: boolean
}

export interface Scale {
  readonly fromMs: number
  readonly toMs: number
  readonly ticks: readonly Tick[]
  /** Place of a moment, 0 to 1. */
  place(ms: number): number
}

/**
 * From a little before the first thing of the day to a little after the last, in real elapsed time: an hour that came
 * twice is drawn twice, and one that never came is not drawn. Ticks stand on full hours of the wall clock.
 */
export function timelineScale(day: ExplainedDay): Scale {
  const moments = [
    ...day.Shifts.flatMap(shift => [
      ...(shift.From && shift.To ? [shift.From, shift.To] : []),
      ...shift.Bands.flatMap(band => [band.From, band.To]),
    ]),
    ...day.Punches.filter(punch => punch.WhyNot !== 'implausible_time').map(punch => punch.At),
  ].map(stampMs)
  const [first, last] =
    moments.length > 0 ? [Math.min(...moments), Math.max(...moments)] : [stampMs(day.From), stampMs(day.To)]
  const lacking = Math.max(0, spanMinMs - (last - first)) / 2
  const fromMs = Math.floor((first - lacking) / 1_800_000) * 1_800_000 - 1_800_000
  const toMs = Math.ceil((last + lacking) / 1_800_000) * 1_800_000 + 1_800_000
  const place = (ms: number) => (ms - fromMs) / (toMs - fromMs)
  return { fromMs, toMs, ticks: ticksOf(fromMs, toMs, day.TimeZone, place), place }
}

function ticksOf(fromMs: number, toMs: number, zone: string, place: (ms: number) => number): Tick[] {
  const read = wallReader(zone)
  const step = [1, 2, 3, 4, 6, 12].find(hours => (toMs - fromMs) / hourMs / hours <= ticksMax) ?? 24
  const ticks: Tick[] = []
  for (let ms = fromMs; ms <= toMs; ) {
    const { hour, minute } = read(ms)
    if (minute === 0 && hour % step === 0)
      ticks.push({ at: place(ms), label: String(hour).padStart(2, '0'), isMidnight: hour === 0 })
    ms += (60 - minute) * 60_000
  }
  return ticks
}

function wallReader(zone: string): (ms: number) => { hour: number; minute: number } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return ms => {
    const [hour = 0, minute = 0] = format.format(ms).split(':').map(Number)
    return { hour, minute }
  }
}
