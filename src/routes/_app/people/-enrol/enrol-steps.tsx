import { useMutation, useQuery } from '@tanstack/react-query'
import type { OperationAnswer } from '#contract/types.ts'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { Age } from '../../../../components/age/age.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { Icon, type IconName } from '../../../../components/icon/icon.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { instantClock } from '../../../../format/time.ts'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import styles from './enrol.module.css'
import type { EnrolKind } from './enrol-sheet.tsx'

type Enrolment = OperationAnswer<'users.enrolment'>
type StepState = Enrolment['Steps'][number]['State']

/** The person stands there waiting; the terminal is asked about once a second. */
const pollMs = 1000
const icons: Record<StepState, IconName> = { Done: 'check', Now: 'clock', Later: 'more', Failed: 'cross' }

/** Each step as it becomes known. A step nobody has told of is not drawn as done. */
export function EnrolSteps({
  commandId,
  kind,
  onAgain,
  onClose,
}: {
  readonly commandId: string
  readonly kind: EnrolKind
  readonly onAgain: () => void
  readonly onClose: () => void
}) {
  const w = peopleWords.person.enrol
  const query = useQuery({
    ...operationQuery('users.enrolment', { CommandID: commandId }),
    refetchInterval: found => (found.state.data && isSettled(found.state.data) ? false : pollMs),
  })
  const cancel = useMutation(operationMutation('users.cancelEnrolment'))
  const failed = cancel.error && words.errors[errorTextKey(cancel.error)]
  return (
    <QueryBlock query={query}>
      {enrolment => (
        <div className={styles.stack}>
          <p role="status">
            <strong>{w.state[enrolment.State]}</strong>
          </p>
          <ol className={styles.steps}>
            {enrolment.Steps.map(step => (
              <li key={step.Step} className={styles.step} data-state={step.State}>
                <Icon name={icons[step.State]} />
                <span>{w.steps[step.Step]}</span>
                <span className={styles.note}>
                  {step.Words}
                  {step.At && (
                    <>
                      {step.Words && ' · '}
                      <Age at={step.At} />
                    </>
                  )}
                </span>
              </li>
            ))}
          </ol>
          {enrolment.State === 'AtTerminal' && kind === 'Fingerprint' && (
            <p className={styles.note}>{w.press}</p>
          )}
          {enrolment.Error && (
            <p className={styles.failed} role="alert">
              {enrolment.Error}
            </p>
          )}
          {enrolment.State === 'Waiting' && enrolment.TryUntil && (
            <p className={styles.note}>{w.until(instantClock(enrolment.TryUntil))}</p>
          )}
          {failed && (
            <p className={styles.failed} role="alert">
              {errorDetail(cancel.error) ?? failed.title}
            </p>
          )}
          <div className={styles.actions}>
            {enrolment.State === 'Waiting' && (
              <Button
                icon="cross"
                busy={cancel.isPending}
                onClick={() => cancel.mutate({ input: { CommandID: commandId } })}
              >
                {cancel.isPending ? w.cancelling : w.cancel}
              </Button>
            )}
            {enrolment.State === 'AtTerminal' && <p className={styles.note}>{w.cancelLate}</p>}
            {isOver(enrolment.State) && (
              <Button look="primary" onClick={onClose}>
                {w.done}
              </Button>
            )}
            {isOver(enrolment.State) && <Button onClick={onAgain}>{w.again}</Button>}
            {!isOver(enrolment.State) && (
              <Button look="quiet" onClick={onClose}>
                {w.close}
              </Button>
            )}
          </div>
        </div>
      )}
    </QueryBlock>
  )
}

/** Received and, so far as terminals have said, spread: nothing more will come of itself. */
function isSettled({ State, Steps }: Enrolment): boolean {
  return isOver(State) && !Steps.some(step => step.State === 'Now')
}

function isOver(state: Enrolment['State']): boolean {
  return state === 'Received' || state === 'Failed' || state === 'Cancelled'
}
