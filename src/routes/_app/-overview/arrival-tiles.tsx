import { shiftDay } from '../../../format/day.ts'
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
  // A night runs into the morning, and east of us it is tomorrow.
  const around = data ? { from: shiftDay(data.Date, -1), to: shiftDay(data.Date, 1) } : {}
  const list = (filter: DaysFilter) => link({ ...day, site, ...filter })
  const total = data?.Total
  const unplanned = (people: number) => (people === 0 ? '' : w.unplannedHint(people))
  const shown = (value: number | undefined) => (value === undefined ? undefined : count(value))
  return (
    <>
      <Tile
        label={w.present}
        query={query}
        value={shown(data?.StillIn)}
        {...link({ ...around, site, now: 1 })}
      >
        {w.presentHint}
      </Tile>
      <Tile label={w.arrived} query={query} value={shown(total?.Arrived)} {...list({ counted: 'Arrived' })}>
        {total && [w.arrivedHint(count(total.Due)), unplanned(total.Unplanned)].filter(Boolean).join(', ')}
      </Tile>
      <Tile label={w.late} query={query} value={shown(total?.Late)} {...list({ counted: 'Late' })}>
        {w.lateHint}
      </Tile>
      <Tile
        label={w.notArrived}
        query={query}
        value={shown(total?.NotArrived)}
        {...list({ counted: 'NotArrived' })}
      >
        {w.notArrivedHint}
      </Tile>
      <Tile label={w.absent} query={query} value={shown(total?.Absent)} {...list({ counted: 'Absent' })}>
        {w.absentHint}
      </Tile>
      <Tile
        label={w.notKnown}
        query={query}
        value={shown(total?.NotKnownYet)}
        {...list({ counted: 'NotKnownYet' })}
      >
        {w.notKnownHint}
      </Tile>
      <Tile
        label={w.missing}
        query={query}
        value={shown(total?.MissingOut)}
        {...list({ counted: 'MissingOut' })}
      >
        {total && w.missingHint(total.MissingIn)}
      </Tile>
    </>
  )
}
