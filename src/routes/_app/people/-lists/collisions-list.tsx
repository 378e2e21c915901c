import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { operationQuery } from '../../../../api/query.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { peopleWords } from '../../../../words/people.ts'
import styles from './lists.module.css'

/** One code, card or keypad code that two people seem to share, each with where. */
export function CollisionsList() {
  const w = peopleWords.lists.collisions
  const query = useQuery(operationQuery('users.collisions', {}))
  return (
    <QueryBlock query={query} pending={<SkeletonPanel rows={6} />}>
      {({ Collisions }) =>
        Collisions.length === 0 ? (
          <EmptyState icon="check" title={w.none}>
            {w.noneBody}
          </EmptyState>
        ) : (
          <Panel title={w.title} updatedAt={query.dataUpdatedAt} flush>
            <ul className={styles.list}>
              {Collisions.map(collision => (
                <li
                  key={`${collision.Kind} ${collision.Value} ${collision.Holders[0]?.EmployeeCode}`}
                  className={styles.item}
                >
                  <span>
                    <Badge tone="warn" icon="warning">
                      {w.kinds[collision.Kind]}
                    </Badge>{' '}
                    <span className={styles.mono}>{collision.Value}</span>
                  </span>
                  <ul className={styles.holders}>
                    {collision.Holders.map(holder => (
                      <li key={`${holder.EmployeeCode} ${holder.DeviceSN} ${holder.Name}`}>
                        <Link
                          to="/people/$employeeCode"
                          params={{ employeeCode: holder.EmployeeCode }}
                          preload={false}
                        >
                          {holder.Name || holder.EmployeeCode}
                        </Link>{' '}
                        <span className={styles.note}>{holder.LabelName ?? w.everywhere}</span>
                      </li>
                    ))}
                  </ul>
                </li>
              ))}
            </ul>
          </Panel>
        )
      }
    </QueryBlock>
  )
}
