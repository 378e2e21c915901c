import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { operationQuery } from '../../../../api/query.ts'
import { doorWords } from '../../../../words/door-pages.ts'
import styles from './occupancy.module.css'

const lookMs = 60_000

/** How many are probably inside, and how sure that is: the count of the roll call, by the last known direction. */
export function Occupancy({ site }: { readonly site: string | undefined }) {
  const w = doorWords.occupancy
  const { data } = useQuery({
    ...operationQuery('doors.rollCall', site === undefined ? {} : { Site: site }),
    refetchInterval: lookMs,
    retry: false,
  })
  if (!data) return null
  const why = data.Sureness.map(reason => w.sureness[reason])
  return (
    <p className={styles.line}>
      <strong>{w.inside(data.People.length)}</strong>
      <span className={styles.about}>
        {why.length === 0 ? w.sure : w.unsure(why.join(', '))} ·{' '}
        <Link to="/roll-call" search={site === undefined ? {} : { site }}>
          {w.callRoll}
        </Link>
      </span>
    </p>
  )
}
