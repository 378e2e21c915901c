import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { serverNow } from '../../../../api/clock.ts'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { useSession } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { today as todayIn, wallDay } from '../../../../format/time.ts'
import { reviewWords } from '../../../../words/attendance-review.ts'
import { words } from '../../../../words/index.ts'
import { kindText } from '../-inbox/exception-day.ts'
import styles from './periods.module.css'
import { ScopeFields } from './scope-fields.tsx'

type Preview = OperationAnswer<'attendance.previewPeriod'>

export interface CloseInput {
  readonly FromDate: string
  readonly ToDate: string
  readonly Scope: 'everyone' | 'site' | 'department'
  readonly ScopeValue: string
}

/** The month before this one: what is mostly closed. */
function lastMonth(today: string): { from: string; to: string } {
  const first = new Date(`${today.slice(0, 8)}01T00:00:00Z`)
  const to = new Date(first.getTime() - 86_400_000).toISOString().slice(0, 10)
  return { from: `${to.slice(0, 8)}01`, to }
}

/** Two steps: what is open on these days, then closing them as they were looked at. */
export function ClosePanel() {
  const w = reviewWords.periods
  const session = useSession()
  const month = lastMonth(todayIn(session?.TimeZone ?? 'UTC', serverNow()))
  const [asked, setAsked] = useState<CloseInput | null>(null)
  const preview = useQuery({
    ...operationQuery('attendance.previewPeriod', asked ?? { FromDate: month.from, ToDate: month.to }),
    enabled: asked !== null,
    staleTime: 0,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const Scope = (['site', 'department'] as const).find(scope => scope === form.get('scope')) ?? 'everyone'
    setAsked({
      FromDate: String(form.get('from')),
      ToDate: String(form.get('to')),
      Scope,
      ScopeValue: String(form.get('which') ?? ''),
    })
    void preview.refetch()
  }
  return (
    <Panel title={w.close} note={w.closeNote}>
      <form className={styles.form} onSubmit={submit} onChange={() => setAsked(null)}>
        <div className={styles.fields}>
          <Field label={w.from}>
            {control => (
              <input
                {...control}
                className="gh-input"
                type="date"
                name="from"
                required
                defaultValue={month.from}
              />
            )}
          </Field>
          <Field label={w.to}>
            {control => (
              <input
                {...control}
                className="gh-input"
                type="date"
                name="to"
                required
                defaultValue={month.to}
              />
            )}
          </Field>
          <ScopeFields />
        </div>
        <div>
          <Button type="submit" look={asked ? 'default' : 'primary'} busy={preview.isFetching}>
            {preview.isFetching ? w.looking : w.look}
          </Button>
        </div>
      </form>
      {asked && preview.isError && (
        <ErrorBlock error={preview.error} onRetry={() => void preview.refetch()} />
      )}
      {asked && preview.data && !preview.isFetching && (
        <PreviewBlock asked={asked} preview={preview.data} onClosed={() => setAsked(null)} />
      )}
    </Panel>
  )
}

function PreviewBlock({
  asked,
  preview,
  onClosed,
}: {
  readonly asked: CloseInput
  readonly preview: Preview
  readonly onClosed: () => void
}) {
  const w = reviewWords.periods
  const [note, setNote] = useState('')
  const close = useMutation(operationMutation('attendance.closePeriod'))
  const isBlocked = preview.TooEarly || preview.ClosedBy.length > 0
  const range = `${wallDay(asked.FromDate)} – ${wallDay(asked.ToDate)}`
  return (
    <div className={styles.preview}>
      <p className={styles.text}>
        <strong>{w.found(count(preview.People), count(preview.Days))}</strong>{' '}
        <span className={styles.quiet}>{w.hours(reviewWords.minutes(preview.WorkedMinutes))}</span>
      </p>
      {preview.Total === 0 ? (
        <p className={styles.ok}>{w.inOrder}</p>
      ) : (
        <ul className={styles.open}>
          {preview.Exceptions.map(({ Kind, Count }) => (
            <li key={Kind}>
              <Link
                to="/attendance/inbox"
                search={{ from: asked.FromDate, to: asked.ToDate, kind: Kind }}
                className={styles.link}
              >
                {kindText(Kind)} <span className={styles.amount}>{count(Count)}</span>
              </Link>
            </li>
          ))}
          {preview.Pending > 0 && (
            <li>
              <Link to="/attendance/inbox" search={{ view: 'approve' }} className={styles.link}>
                {w.pending(preview.Pending)}
              </Link>
            </li>
          )}
          {preview.OpenDays > 0 && <li className={styles.quiet}>{w.openDays(preview.OpenDays)}</li>}
        </ul>
      )}
      {preview.TooEarly && <p className={styles.warn}>{w.tooEarly}</p>}
      {preview.ClosedBy.length > 0 && <p className={styles.warn}>{w.taken(preview.ClosedBy.join(', '))}</p>}
      {!isBlocked && (
        <>
          <Field label={w.note} hint={w.noteHint}>
            {control => (
              <input
                {...control}
                className="gh-input"
                maxLength={500}
                value={note}
                onChange={event => setNote(event.target.value)}
              />
            )}
          </Field>
          <div>
            <HoldButton
              look="primary"
              icon="lock"
              label={preview.Total === 0 ? w.closeNow : w.closeAnyway(count(preview.Total))}
              action={w.closeAction(range)}
              busy={close.isPending}
              onConfirm={idempotencyKey =>
                close.mutate(
                  { input: { ...asked, Seen: preview.Total, Note: note }, idempotencyKey },
                  { onSuccess: onClosed },
                )
              }
            />
          </div>
        </>
      )}
      {close.isError && (
        <p className={styles.fault} role="alert">
          {words.errors[errorTextKey(close.error)].title}. {errorDetail(close.error)}
        </p>
      )}
    </div>
  )
}
