import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { client } from '../../../../api/client.ts'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationQuery } from '../../../../api/query.ts'
import { Age } from '../../../../components/age/age.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import styles from './lists.module.css'
import { PersonChoice } from './person-choice.tsx'

type Card = OperationAnswer<'users.unknownCards'>['Cards'][number]

/** No event tells of a card that belongs to nobody. */
const lookAgainMs = 5000

/** Cards that were held to a reader and belong to nobody, each a press away from its owner. */
export function CardsList() {
  const w = peopleWords.lists.cards
  const query = useQuery({
    ...operationQuery('users.unknownCards', { Limit: 200 }),
    refetchInterval: lookAgainMs,
  })
  const [card, setCard] = useState<Card | null>(null)
  const [said, setSaid] = useState('')
  return (
    <QueryBlock query={query} pending={<SkeletonPanel rows={6} />}>
      {({ Cards }) =>
        Cards.length === 0 ? (
          <EmptyState icon="card" title={w.none}>
            {w.noneBody}
          </EmptyState>
        ) : (
          <Panel
            title={w.title}
            updatedAt={query.dataUpdatedAt}
            flush
            note={<span role="status">{said}</span>}
          >
            <ul className={styles.list}>
              {Cards.map(each => (
                <li key={`${each.CardNumber} ${each.DeviceSN}`} className={styles.item}>
                  <span className={styles.cell}>
                    <span className={styles.mono}>{each.CardNumber}</span>
                    <span className={styles.note}>
                      {w.times}: {count(each.Times)}
                    </span>
                  </span>
                  <span className={styles.cell}>
                    <span>{each.LabelName}</span>
                    <span className={styles.note}>
                      <Age at={each.LastAt} />
                    </span>
                  </span>
                  <span className={styles.acts}>
                    <Button size="small" onClick={() => setCard(each)}>
                      {w.assign}
                    </Button>
                  </span>
                </li>
              ))}
            </ul>
            {card && (
              <AssignCard
                card={card}
                onClose={() => setCard(null)}
                onDone={() => {
                  setSaid(w.assigned)
                  setCard(null)
                  void query.refetch()
                }}
              />
            )}
          </Panel>
        )
      }
    </QueryBlock>
  )
}

/** Gives the card to a person on every terminal they are wanted on, else on the one that saw it. */
function AssignCard({
  card,
  onClose,
  onDone,
}: {
  readonly card: Card
  readonly onClose: () => void
  readonly onDone: () => void
}) {
  const w = peopleWords.lists.cards
  const assign = useMutation({
    mutationFn: async (EmployeeCode: string) => {
      const { body } = await client.call('users.states', { EmployeeCode, Limit: 1000 })
      const wanted = body.States.filter(each => each.State !== 'Removing' && each.State !== 'Removed').map(
        each => each.DeviceSN,
      )
      await client.call('users.assignCard', {
        EmployeeCode,
        DeviceSN: wanted.length > 0 ? wanted : [card.DeviceSN],
        CardNumber: card.CardNumber,
      })
    },
    onSuccess: onDone,
    meta: { changes: ['users'] },
  })
  const failed = assign.error && words.errors[errorTextKey(assign.error)]
  return (
    <PersonChoice
      title={w.assignTitle(card.CardNumber)}
      submit={w.assignDo}
      missing={w.assignMissing}
      busy={assign.isPending}
      error={failed ? `${failed.title}. ${errorDetail(assign.error) ?? failed.advice}` : null}
      onChoose={assign.mutate}
      onClose={onClose}
    />
  )
}
