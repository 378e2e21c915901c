import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { TerminalPicker } from '../../../../components/people/terminal-picker.tsx'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import { ForecastSection, useForecast } from './forecast-section.tsx'
import styles from './push-form.module.css'

/** Choose terminals, see what that fills, start. The work goes on without this page. */
export function PushForm({
  codes,
  chosen,
  onChoose,
  onCancel,
}: {
  readonly codes: readonly string[]
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (chosen: ReadonlySet<string>) => void
  readonly onCancel: () => void
}) {
  const w = peopleWords.push
  const forecast = useForecast({ EmployeeCode: [...codes] }, chosen)
  const push = useMutation(operationMutation('users.push'))
  if (push.data)
    return (
      <div className={styles.form}>
        <p role="status">{w.started}</p>
        <div className={styles.actions}>
          <Link to="/people/jobs" search={{ job: push.data.body.JobID }}>
            {w.toJob}
          </Link>
          <Button look="quiet" onClick={onCancel}>
            {words.states.form.close}
          </Button>
        </div>
      </div>
    )
  const failed = push.error && words.errors[errorTextKey(push.error)]
  return (
    <div className={styles.form}>
      <TerminalPicker label={w.terminals} chosen={chosen} onChange={onChoose} />
      <ForecastSection forecast={forecast} isReady={chosen.size > 0} />
      {!forecast.fits && <p className={styles.note}>{w.anyway}</p>}
      {failed && (
        <p className={styles.failed} role="alert">
          {`${failed.title}. ${errorDetail(push.error) ?? failed.advice}`}
        </p>
      )}
      <div className={styles.actions}>
        <Button
          look="primary"
          disabled={chosen.size === 0}
          busy={push.isPending}
          onClick={() => push.mutate({ input: { EmployeeCode: [...codes], DeviceSN: [...chosen] } })}
        >
          {push.isPending ? w.starting : forecast.fits ? w.start : w.startAnyway}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {words.states.form.cancel}
        </Button>
      </div>
    </div>
  )
}
