import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { OperationAnswer } from '#contract/types.ts'
import { operationQuery } from '../../../../api/query.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { peopleWords } from '../../../../words/people.ts'
import styles from './lists.module.css'

type Holder = OperationAnswer<'users.collisions'>['Collisions'][number]['Holders'][number]

/** Each person once, with every terminal that has them so. */
function byName(holders: readonly Holder[]): [name: string, held: [Holder, ...Holder[]]][] {
  const groups = new Map<string, [Holder, ...Holder[]]>()
  for (const holder of holders) {
    const name = `${holder.EmployeeCode} ${holder.Name}`
    const held = groups.get(name)
    if (held) held.push(holder)
    else groups.set(name, [holder])
  }
  return [...groups]
}

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
                    {byName(collision.Holders).map(([name, [first, ...more]]) => (
                      <li key={name}>
                        <Link
                          to="/people/$employeeCode"
                          params={{ employeeCode: first.EmployeeCode }}
                          preload={false}
                        >
                          {first.Name || first.EmployeeCode}
                        </Link>{' '}
                        <span className={styles.note}>
                          {[first, ...more].map(holder => holder.LabelName ?? w.everywhere).join(', ')}
                        </span>
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
