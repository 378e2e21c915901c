import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { operationQuery } from '../../api/query.ts'
import { useCan } from '../../api/session.ts'
import { instantFull } from '../../format/time.ts'
import { correctionWords } from '../../words/corrections.ts'
import { words } from '../../words/index.ts'
import { Badge, type Tone } from '../badge/badge.tsx'
import { Button } from '../button/button.tsx'
import { FormGrid } from '../field/field.tsx'
import { EmptyState } from '../page-states/empty-state.tsx'
import { QueryBlock } from '../page-states/query-states.tsx'
import { actorText, changeText } from './correction-text.ts'
import styles from './corrections.module.css'
import { ReasonField, reasonOf } from './reason-field.tsx'
import { CorrectionSaid } from './said.tsx'
import { type Correcting, type CorrectionEntry, useCorrect } from './use-correct.ts'

/** Everything that was corrected on some days of a person: who, when, from what, to what, why. */
export function CorrectionHistory({
  employeeCode,
  day,
  toDay = day,
}: {
  readonly employeeCode: string
  readonly day: string
  readonly toDay?: string | undefined
}) {
  const w = correctionWords
  const correcting = useCorrect()
  const query = useQuery(
    operationQuery('attendance.corrections', {
      EmployeeCode: employeeCode,
      FromDate: day,
      ToDate: toDay,
      Limit: 200,
    }),
  )
  return (
    <QueryBlock query={query}>
      {({ Corrections }) => (
        <>
          {Corrections.length === 0 ? (
            <EmptyState compact title={w.none}>
              {w.noneBody}
            </EmptyState>
          ) : (
            <ul className={styles.list}>
              {Corrections.map(entry => (
                <CorrectionItem key={entry.CorrectionID} entry={entry} correcting={correcting} />
              ))}
            </ul>
          )}
          <CorrectionSaid correcting={correcting} />
        </>
      )}
    </QueryBlock>
  )
}

const tones: Record<CorrectionEntry['State'], Tone> = {
  pending: 'warn',
  in_force: 'ok',
  refused: 'danger',
  withdrawn: 'neutral',
}

/** One correction with its whole life, and what the reader may do about it. */
export function CorrectionItem({
  entry,
  correcting,
}: {
  readonly entry: CorrectionEntry
  readonly correcting: Correcting
}) {
  const w = correctionWords
  const mayCorrect = useCan('attendance:correct')
  const mayApprove = useCan('attendance:approve')
  const [open, setOpen] = useState<'withdraw' | 'refuse' | null>(null)
  const isLive = entry.State === 'pending' || entry.State === 'in_force'
  const change = changeText(entry)
  return (
    <li className={styles.item} data-gone={!isLive || undefined}>
      <div className={styles.head}>
        <strong>{w.kinds[entry.Kind]}</strong>
        {change && <span>{change}</span>}
        <span className={styles.badges}>
          {entry.Estimated && (
            <Badge tone="unknown" title={w.estimatedWhy}>
              {w.estimated}
            </Badge>
          )}
          <Badge tone={tones[entry.State]}>{w.states[entry.State]}</Badge>
        </span>
      </div>
      <p className={styles.reason}>{entry.Reason}</p>
      <p className={styles.meta}>
        {w.by(actorText(entry.By))}, <time dateTime={entry.At}>{instantFull(entry.At)}</time>
        {entry.DecidedBy &&
          ` · ${w.decidedBy(entry.State !== 'refused', actorText(entry.DecidedBy))}${entry.DecisionReason ? ` (${entry.DecisionReason})` : ''}`}
        {entry.WithdrawnBy &&
          ` · ${w.withdrawnBy(actorText(entry.WithdrawnBy))}${entry.WithdrawReason ? ` (${entry.WithdrawReason})` : ''}`}
      </p>
      {isLive && (
        <div className={styles.buttons}>
          {entry.State === 'pending' && mayApprove && (
            <>
              <Button
                size="small"
                icon="check"
                disabled={!entry.MayDecide || correcting.isBusy}
                title={entry.MayDecide ? undefined : w.cannotDecide}
                onClick={() => correcting.decide(entry.CorrectionID, 'approve')}
              >
                {w.approve}
              </Button>
              {entry.MayDecide && (
                <Button size="small" look="quiet" onClick={() => setOpen(open ? null : 'refuse')}>
                  {w.refuse}
                </Button>
              )}
            </>
          )}
          {mayCorrect && entry.Kind !== 'Withdraw' && (
            <Button
              size="small"
              look="quiet"
              aria-expanded={open === 'withdraw'}
              onClick={() => setOpen(open ? null : 'withdraw')}
            >
              {w.withdraw}
            </Button>
          )}
        </div>
      )}
      {open && (
        <WhyForm
          title={open === 'withdraw' ? w.withdrawTitle : w.refuseTitle}
          label={open === 'withdraw' ? w.withdraw : w.refuse}
          isBusy={correcting.isBusy}
          onCancel={() => setOpen(null)}
          onSubmit={reason => {
            if (open === 'withdraw') correcting.withdraw(entry.CorrectionID, reason)
            else correcting.decide(entry.CorrectionID, 'refuse', reason)
            setOpen(null)
          }}
        />
      )}
    </li>
  )
}

/** One question: why. */
export function WhyForm({
  title,
  label,
  isBusy,
  onSubmit,
  onCancel,
}: {
  readonly title: string
  readonly label: string
  readonly isBusy: boolean
  readonly onSubmit: (reason: string) => void
  readonly onCancel: () => void
}) {
  const [fault, setFault] = useState<string>()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const reason = reasonOf(new FormData(event.currentTarget))
    if (reason === null) setFault(correctionWords.reasonMissing)
    else onSubmit(reason)
  }
  return (
    <form className={styles.inset} onSubmit={submit} noValidate>
      <FormGrid
        actions={
          <>
            <Button type="submit" look="primary" size="small" busy={isBusy}>
              {label}
            </Button>
            <Button look="quiet" size="small" onClick={onCancel}>
              {words.states.form.cancel}
            </Button>
          </>
        }
      >
        <ReasonField label={title} error={fault} isFirst />
      </FormGrid>
    </form>
  )
}
