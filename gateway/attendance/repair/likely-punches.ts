const minuteMs = 60_000
const dayMs = 86_400_000

/** What is known of one person around an outage. Instants are epoch ms; dates and minutes are the terminal's. */
export interface RepairPerson {
  /** Real punches of the four weeks before and the days of the outage. */
  readonly punches: readonly { readonly instantMs: number; readonly date: string; readonly minute: number }[]
  /** Shifts that start on the days of the outage. */
  readonly shifts: readonly { readonly date: string; readonly startMs: number; readonly endMs: number }[]
  /** Dates somebody plans for; without a shift it is a day off. */
  readonly plannedDates: ReadonlySet<string>
  readonly leaveDates: ReadonlySet<string>
  /** Elsewhere on the days of the outage: another terminal, a door. */
  readonly seen: readonly { readonly date: string; readonly where: string; readonly localTime: string }[]
}

export interface RepairWindow {
  readonly fromMs: number
  readonly toMs: number
  /** Dates it touches, with the midnight that begins each. */
  readonly days: readonly { readonly date: string; readonly startMs: number }[]
}

export interface LikelyPunch {
  readonly date: string
  readonly instantMs: number
  readonly direction: 'CheckIn' | 'CheckOut'
  /** `plan`: by the shift; `usual`: the middle of how they came or went on such days. */
  readonly basis: 'plan' | 'usual'
  /** Of the last four such weekdays, the share on which they came; null where nothing is known. */
  readonly share: number | null
  readonly seen: { readonly where: string; readonly localTime: string } | null
  /** A real punch of the other half of the day is here. */
  readonly isHalfHere: boolean
  /** Enough speaks for it to be taken without a second thought. */
  readonly isStrong: boolean
}

const nearMinutes = 90
const usualWeeks = 4
const shareToAsk = 0.5
const shareToTake = 0.75

/**
 * Punches that were probably made while a terminal could not tell. Nobody is proposed who is on leave, who already has
 * the punch in question, or of whom neither a plan nor the weeks before nor another door says that they were there.
 */
export function likelyPunches(person: RepairPerson, window: RepairWindow): LikelyPunch[] {
  return window.days.flatMap(({ date, startMs }) => {
    if (person.leaveDates.has(date)) return []
    const usual = usualTimes(person, date)
    const seen = person.seen.find(entry => entry.date === date) ?? null
    const shift = person.shifts.find(own => own.date === date)
    const isOff = shift === undefined && person.plannedDates.has(date)
    if (isOff && seen === null) return []
    if (!shift && (usual.share ?? 0) < shareToAsk && seen === null) return []
    const inMs = shift?.startMs ?? atMinute(startMs, usual.inMinute)
    const outMs = shift?.endMs ?? atMinute(startMs, usual.outMinute)
    const near = (from: number, to: number) =>
      person.punches.some(({ instantMs }) => instantMs >= from && instantMs <= to)
    const reach = nearMinutes * minuteMs
    const hasIn = inMs !== null && near(inMs - 2 * reach, inMs + reach)
    const hasOut = outMs !== null && near(outMs - reach, outMs + 2 * reach)
    const make = (instantMs: number | null, direction: LikelyPunch['direction'], isHalfHere: boolean) => {
      if (instantMs === null || instantMs < window.fromMs || instantMs > window.toMs) return []
      const isStrong =
        seen !== null ||
        isHalfHere ||
        (shift !== undefined && (usual.share ?? 1) >= shareToAsk) ||
        (usual.share ?? 0) >= shareToTake
      const basis = shift ? ('plan' as const) : ('usual' as const)
      return [{ date, instantMs, direction, basis, share: usual.share, seen, isHalfHere, isStrong }]
    }
    return [
      ...(hasIn ? [] : make(inMs, 'CheckIn', hasOut)),
      ...(hasOut ? [] : make(outMs, 'CheckOut', hasIn)),
    ]
  })
}

function atMinute(startMs: number, minute: number | null): number | null {
  return minute === null ? null : startMs + minute * minuteMs
}

interface UsualTimes {
  readonly inMinute: number | null
  readonly outMinute: number | null
  readonly share: number | null
}

/** How somebody came and went on the same weekday of the weeks before; with too few of those, on any day. */
function usualTimes({ punches }: RepairPerson, date: string): UsualTimes {
  const before = Map.groupBy(
    punches.filter(punch => punch.date < date),
    punch => punch.date,
  )
  const days = [...before].map(([day, own]) => ({
    day,
    first: Math.min(...own.map(({ minute }) => minute)),
    last: Math.max(...own.map(({ minute }) => minute)),
  }))
  if (days.length === 0) return { inMinute: null, outMinute: null, share: null }
  const same = days.filter(({ day }) => (Date.parse(date) - Date.parse(day)) % (7 * dayMs) === 0)
  const known = same.length >= 2 ? same : days
  const whole = known.filter(({ first, last }) => last > first)
  return {
    inMinute: middle(known.map(({ first }) => first)),
    outMinute: middle(whole.map(({ last }) => last)),
    share: Math.min(1, same.length / usualWeeks),
  }
}

function middle(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null
}
