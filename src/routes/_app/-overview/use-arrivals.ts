import { useQuery } from '@tanstack/react-query'
import type { LinkProps } from '@tanstack/react-router'
import { useRouter } from '@tanstack/react-router'
import type { ArrivalCount } from '#contract/day-states.ts'
import type { OperationAnswer } from '#contract/types.ts'
import { operationQuery } from '../../../api/query.ts'

export type Arrivals = OperationAnswer<'attendance.arrivals'>

const againMs = 15_000

/** Who has come of those expected, of one site or of all. */
export function arrivalsQuery(site: string | undefined) {
  return operationQuery('attendance.arrivals', site === undefined ? {} : { Site: site })
}

/**
 * The arrivals with their age. Every punch makes them old; asked for again with each, hundreds of open overviews would
 * keep the gateway counting, so they are asked for every quarter of a minute. A gateway of another maker has none.
 */
export function useArrivals(site: string | undefined) {
  return useQuery({
    ...arrivalsQuery(site),
    staleTime: 'static',
    gcTime: againMs,
    refetchInterval: againMs,
    retry: false,
  })
}

/** What narrows the list of days (attendance/grid). */
export interface DaysFilter {
  readonly from?: string
  readonly to?: string
  readonly site?: string | undefined
  /** Home site, and department; empty: people of none. */
  readonly home?: string
  readonly department?: string
  /** Under what the gateway counts them: the list is then as long as the number. */
  readonly counted?: ArrivalCount
  readonly now?: number
}

/** Where a number opens its own list. */
export function useDaysLink(): (filter: DaysFilter) => Pick<LinkProps, 'to' | 'search'> {
  const { routesByPath } = useRouter()
  const grid = '/attendance/grid'
  return filter => ({
    // The router has just been asked whether it knows the path; its types list those of this build.
    to: (grid in routesByPath ? grid : '/attendance') as NonNullable<LinkProps['to']>,
    search: Object.fromEntries(
      Object.entries(filter).filter(([, value]) => value !== undefined),
    ) as NonNullable<LinkProps['search']>,
  })
}
