import { useMutation } from '@tanstack/react-query'
import { errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Age, useLasting } from '../../../../components/age/age.tsx'
import { Dot } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import { instantClock } from '../../../../format/time.ts'
import { timesInText } from '../../../../format/times-in-text.ts'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import styles from './matrix-panel.module.css'
import { PairBadge } from './pair-badge.tsx'
import type { UserState } from './use-person.ts'

/** One terminal: what it holds of what is wanted, why not, since when, and the ways on. */
export function MatrixRow({ state }: { readonly state: UserState }) {
  const w = peopleWords.matrix
  const mayWrite = useCan('people:write')
  const span = useLasting(state.Since)
  const reason = timesInText(state.Reason ?? w.reasons[state.ReasonCode])
  return (
    <div className={styles.row}>
      <div className={styles.head}>
        <span className={styles.label}>
          <Dot tone={state.Online ? 'ok' : 'neutral'} ring={!state.Online} />
          {state.LabelName}
        </span>
        <span className={styles.note}>
          {state.Site} · {state.Online ? peopleWords.picker.online : peopleWords.picker.offline}
        </span>
        <PairBadge state={state} />
        {mayWrite && <Acts state={state} />}
      </div>
      {reason && <p className={styles.reason}>{reason}</p>}
      <p className={styles.note}>
        {[
          w.since(span),
          state.NextTryAt ? w.nextTry(instantClock(state.NextTryAt)) : '',
          state.Attempts > 1 ? w.attempts(state.Attempts) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
        {' · '}
        {state.ConfirmedAt === null ? (
          w.neverConfirmed
        ) : (
          <>
            {w.confirmed} <Age at={state.ConfirmedAt} />
          </>
        )}
      </p>
      {state.Items.length > 0 && (
        <details className={styles.details}>
          <summary>{w.items}</summary>
          <table className={styles.items}>
            <tbody>
              {state.Items.map(item => (
                <tr key={item.Item}>
                  <td>{item.Item}</td>
                  <td>{w.itemStates[item.State]}</td>
                  <td className={styles.note}>
                    {item.Reason ?? w.proofs[item.Proof]}
                    {item.At && (
                      <>
                        {' · '}
                        <Age at={item.At} />
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </div>
  )
}

function Acts({ state }: { readonly state: UserState }) {
  const w = peopleWords.matrix
  const { EmployeeCode, DeviceSN, State } = state
  const retry = useMutation(operationMutation('users.retry'))
  const read = useMutation(operationMutation('users.refresh'))
  const remove = useMutation(operationMutation('users.remove'))
  const error = retry.error ?? read.error ?? remove.error
  const isGoing = State === 'Removing' || State === 'Removed'
  return (
    <span className={styles.end}>
      <span className={styles.note} role="status">
        {error
          ? words.errors[errorTextKey(error)].title
          : read.data && (read.data.status === 409 ? w.queued : w.asked)}
      </span>
      {(State === 'Failed' || State === 'Blocked' || State === 'Pending') && (
        <Button
          size="small"
          icon="restart"
          busy={retry.isPending}
          onClick={() => retry.mutate({ input: { EmployeeCode, DeviceSN } })}
        >
          {w.retry}
        </Button>
      )}
      <Button
        size="small"
        look="quiet"
        title={w.readBackWhy}
        busy={read.isPending}
        onClick={() => read.mutate({ input: { DeviceSN, EmployeeCode } })}
      >
        {w.readBack}
      </Button>
      {!isGoing && (
        <HoldButton
          size="small"
          look="quiet"
          icon="trash"
          label={w.remove}
          action={w.removeAction(state.LabelName)}
          busy={remove.isPending}
          onConfirm={() => remove.mutate({ input: { EmployeeCode, DeviceSN: [DeviceSN] } })}
        />
      )}
    </span>
  )
}
