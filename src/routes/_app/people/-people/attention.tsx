import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { operationQuery } from '../../../../api/query.ts'
import { Dot } from '../../../../components/badge/badge.tsx'
import { peopleWords } from '../../../../words/people.ts'
import styles from './attention.module.css'

/** What wants a look, each a press away; nothing at all where nothing does. */
export function Attention() {
  const w = peopleWords.directory.attention
  const { data } = useQuery(operationQuery('users.facets', {}))
  if (data === undefined) return null
  const marks = [
    { key: 'expiring', n: data.ExpiresWithin7Days, to: '/people', search: { show: 'expiring' } },
    { key: 'trouble', n: data.Troubles, to: '/people', search: { show: 'trouble' } },
    { key: 'deletions', n: data.OpenDeletions, to: '/people/terminals', search: { tab: 'deletions' } },
    { key: 'orphans', n: data.Orphans, to: '/people/terminals', search: {} },
    { key: 'collisions', n: data.Collisions, to: '/people/terminals', search: { tab: 'collisions' } },
  ] as const
  const shown = marks.filter(mark => mark.n > 0)
  if (shown.length === 0) return null
  return (
    <ul className={styles.strip} aria-label={w.label}>
      {shown.map(mark => (
        <li key={mark.key}>
          <Link to={mark.to} search={mark.search}>
            <Dot tone={mark.key === 'deletions' ? 'accent' : 'warn'} />
            {w[mark.key](mark.n)}
          </Link>
        </li>
      ))}
    </ul>
  )
}
