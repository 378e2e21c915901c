import { count } from '../../../format/number.ts'
import { arrivalsWords } from '../../../words/overview-arrivals.ts'
import { Tile } from './tile.tsx'
import { type DaysFilter, type useArrivals, useDaysLink } from './use-arrivals.ts'

/** Who is here and who is not, each number with its list behind it. */
export function ArrivalTiles({
  query,
  site,
}: {
  readonly query: ReturnType<typeof useArrivals>
  readonly site: string | undefined
}) {
  const w = arrivalsWords.tiles
  const link = useDaysLink()
  const { data } = query
  const day = data ? { from: data.Date, to: data.Date } : {}
  const list = (filter: DaysFilter) => link({ ...day, site, ...filter })
  const total = data?.Total
  const shown = (value: number | undefined) => (value === undefined ? undefined : count(value))
  return (
    <>
      <Tile label={w.present} query={query} value={shown(data?.StillIn)} {...link({ site, now: 1 })}>
        {w.presentHint}
      </Tile>
      <Tile label={w.arrived} query={query} value={shown(total?.Arrived)} {...list({ status: 'present' })}>
        {total && w.arrivedHint(count(total.Due))}
      </Tile>
      <Tile label={w.late} query={query} value={shown(total?.Late)} {...list({ flag: 'late' })}>
        {w.lateHint}
      </Tile>
      <Tile
        label={w.notArrived}
        query={query}
        value={shown(total?.NotArrived)}
        {...list({ status: 'not_arrived' })}
      >
        {w.notArrivedHint}
      </Tile>
      <Tile label={w.absent} query={query} value={shown(total?.Absent)} {...list({ status: 'absent' })}>
        {w.absentHint}
      </Tile>
      <Tile
        label={w.notKnown}
        query={query}
        value={shown(total?.NotKnownYet)}
        {...list({ status: 'not_known_yet' })}
      >
        {w.notKnownHint}
      </Tile>
      <Tile
        label={w.missing}
        query={query}
        value={shown(total?.MissingOut)}
        {...list({ flag: 'missing_out' })}
      >
        {total && w.missingHint(total.MissingIn)}
      </Tile>
    </>
  )
}
