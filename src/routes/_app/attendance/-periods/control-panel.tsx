import { useMutation, useQuery } from '@tanstack/react-query'
import { errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { reviewWords } from '../../../../words/attendance-review.ts'
import { correctionWords } from '../../../../words/corrections.ts'
import { words } from '../../../../words/index.ts'
import styles from './periods.module.css'

/** Whether corrections need a second person; switching that off needs one too. */
export function ControlPanel() {
  const w = correctionWords
  const mayChange = useCan('attendance:approve')
  const query = useQuery(operationQuery('attendance.control', {}))
  const save = useMutation(operationMutation('attendance.saveControl'))
  return (
    <Panel title={reviewWords.periods.control}>
      <QueryBlock query={query}>
        {({ TwoPersons, OffAskedBy, You }) => {
          const isMine = OffAskedBy === You
          const label = !TwoPersons
            ? w.switchOn
            : OffAskedBy === null || isMine
              ? w.switchOff
              : w.joinOff(OffAskedBy)
          return (
            <div className={styles.form}>
              <p className={styles.text}>
                <strong>{TwoPersons ? w.twoPersonsOn : w.twoPersonsOff}</strong>
              </p>
              <p className={styles.quiet}>{TwoPersons ? w.twoPersonsWhy : w.twoPersonsOffWhy}</p>
              {OffAskedBy && <p className={styles.warn}>{w.offAsked(OffAskedBy)}</p>}
              {mayChange && !isMine && (
                <div>
                  <HoldButton
                    icon="people"
                    label={label}
                    action={label}
                    busy={save.isPending}
                    onConfirm={idempotencyKey =>
                      save.mutate({ input: { TwoPersons: !TwoPersons }, idempotencyKey })
                    }
                  />
                </div>
              )}
              {save.isError && (
                <p className={styles.fault} role="alert">
                  {words.errors[errorTextKey(save.error)].title}
                </p>
              )}
            </div>
          )
        }}
      </QueryBlock>
    </Panel>
  )
}
