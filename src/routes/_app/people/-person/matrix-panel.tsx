import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFallbackInterval } from '../../../../api/link.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { present } from '../../../../api/search.ts'
import { useCan } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { peopleWords } from '../../../../words/people.ts'
import { PushPeople } from '../-people/push-people.tsx'
import styles from './matrix-panel.module.css'
import { MatrixRow } from './matrix-row.tsx'
import { PairBadge } from './pair-badge.tsx'
import type { PersonRecord, UserState } from './use-person.ts'

/** While something is under way; events tell only of its end. */
const lookAgainMs = 2000

/** Asked again for as long as something is under way. */
function useStates(code: string) {
  const fallback = useFallbackInterval()
  return useQuery({
    ...operationQuery('users.states', { EmployeeCode: code, Limit: 1000 }),
    refetchInterval: found => (found.state.data?.States.some(isMoving) ? lookAgainMs : fallback),
  })
}

/** Where the person is wanted against where they are, terminal by terminal, with the reason and what can be done. */
export function MatrixPanel({ person }: { readonly person: PersonRecord }) {
  const w = peopleWords.matrix
  const mayWrite = useCan('people:write')
  const [isPushing, setPushing] = useState(false)
  const retry = useMutation(operationMutation('users.retry'))
  const { EmployeeCode } = person
  const query = useStates(EmployeeCode)
  const hasTrouble = query.data?.States.some(isTrouble) ?? false
  return (
    <Panel
      title={w.title}
      updatedAt={query.dataUpdatedAt}
      flush
      note={
        query.data &&
        w.summary(count(query.data.States.filter(isInStep).length), count(query.data.States.length))
      }
      actions={
        mayWrite && (
          <>
            {hasTrouble && (
              <Button
                size="small"
                icon="restart"
                busy={retry.isPending}
                onClick={() => retry.mutate({ input: { EmployeeCode } })}
              >
                {w.retryAll}
              </Button>
            )}
            <Button size="small" icon="devices" onClick={() => setPushing(true)}>
              {w.add}
            </Button>
          </>
        )
      }
    >
      <QueryBlock query={query}>
        {({ States }) =>
          States.length === 0 ? (
            <EmptyState icon="devices" title={w.none}>
              {w.noneBody}
            </EmptyState>
          ) : (
            [...States].sort(byUrgency).map(state => <MatrixRow key={state.DeviceSN} state={state} />)
          )
        }
      </QueryBlock>
      {isPushing && <PushPeople codes={[EmployeeCode]} onClose={() => setPushing(false)} />}
    </Panel>
  )
}

/** The same in one line for the overview. */
export function MatrixSummary({ person }: { readonly person: PersonRecord }) {
  const w = peopleWords.matrix
  const query = useStates(person.EmployeeCode)
  return (
    <Panel
      title={w.title}
      updatedAt={query.dataUpdatedAt}
      actions={
        <Link
          from="/people/$employeeCode"
          to="."
          search={old => present({ ...old, tab: 'terminals' as const })}
        >
          {w.open}
        </Link>
      }
    >
      <QueryBlock query={query}>
        {({ States }) =>
          States.length === 0 ? (
            <p className={styles.note}>{w.noneBody}</p>
          ) : (
            <div className={styles.bars}>
              {[...States].sort(byUrgency).map(state => (
                <PairBadge key={state.DeviceSN} state={state} withLabel />
              ))}
            </div>
          )
        }
      </QueryBlock>
    </Panel>
  )
}

const isInStep = (state: UserState) => state.State === 'InStep'
const isMoving = (state: UserState) => state.State === 'Pending' || state.State === 'Removing'
const isTrouble = (state: UserState) => state.State === 'Failed' || state.State === 'Blocked'

const order: readonly UserState['State'][] = [
  'Blocked',
  'Failed',
  'Removing',
  'Pending',
  'Withheld',
  'InStep',
  'Removed',
]

function byUrgency(a: UserState, b: UserState): number {
  return order.indexOf(a.State) - order.indexOf(b.State) || a.LabelName.localeCompare(b.LabelName)
}
