import { useQuery } from '@tanstack/react-query'
import type { SessionBody } from '#contract/dashboard/session.ts'
import { useFallbackInterval } from '../../../api/link.ts'
import { type Slice, slicesFromRows, totalOf } from '../../../components/charts/slices.ts'
import { useTicking } from '../../../format/now.ts'
import { minuteNow } from '../../../format/time.ts'
import { siteQuery, type Today, todayQuery } from './queries.ts'
import { useArrivals } from './use-arrivals.ts'

export interface Day {
  readonly today: readonly Slice[]
  readonly yesterday: readonly Slice[]
  readonly punches: number
  /** The gateway sent no slices and more rows than we hold: the counts are a lower bound. */
  readonly isPartial: boolean
}

/** Today's punches with their freshness; one query for the tiles, the chart and the ticker. */
export function useToday(session: SessionBody, site: string | undefined) {
  return useQuery({ ...todayQuery(session, site), refetchInterval: useFallbackInterval() })
}

/** Slices as the gateway counted them, or counted here from rows where it did not. */
export function dayOf(answer: Today): Day {
  if (answer.Series) {
    const yesterday = answer.Previous ?? []
    return { today: answer.Series, yesterday, punches: totalOf(answer.Series), isPartial: false }
  }
  const today = slicesFromRows(answer.Attendance, 5)
  return { today, yesterday: [], punches: answer.Attendance.length, isPartial: answer.OffSet !== '' }
}

/**
 * The minute of the day, now, on the wall clock of what is shown; null where several zones are mixed, because
 * today is each terminal's own day and there is no one "now" among them.
 */
export function useNowMinute(session: SessionBody, site: string | undefined): number | null {
  const { data } = useQuery({ ...siteQuery, enabled: false })
  // Whoever may not read terminals is told the zones with the arrivals.
  const arrivals = useArrivals(site).data
  const known = data?.Sites ?? arrivals?.Watermarks ?? []
  const shown = known.filter(each => site === undefined || each.Site === site)
  const zones = new Set(shown.map(each => each.TimeZone))
  const zone = [...zones][0] ?? session.TimeZone
  return useTicking(now => (zones.size > 1 ? null : minuteNow(zone, now)))
}
