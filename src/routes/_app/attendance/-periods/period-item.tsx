import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation } from '../../../../api/query.ts'
import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { WhyForm } from '../../../../components/corrections/correction-history.tsx'
import { count } from '../../../../format/number.ts'
import { instantFull, wallDay } from '../../../../format/time.ts'
import { reviewWords } from '../../../../words/attendance-review.ts'
import { words } from '../../../../words/index.ts'
import styles from './periods.module.css'
import type { Period } from './periods-page.tsx'

const tones: Record<Period['State'], Tone> = {
  closing: 'accent',
  closed: 'ok',
  stopped: 'warn',
  reopened: 'neutral',
}

/** One closed period, with the way to open it again. */
export function PeriodItem({ period, mayClose }: { readonly period: Period; readonly mayClose: boolean }) {
  const w = reviewWords.periods
  const [isAsking, setAsking] = useState(false)
  const reopen = useMutation(operationMutation('attendance.reopenPeriod'))
  const scope = period.Scope === 'everyone' ? w.scopes.everyone : period.ScopeName
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <strong>
          {wallDay(period.FromDate)} – {wallDay(period.ToDate)}
        </strong>
        <span className={styles.quiet}>{scope}</span>
        <span className={styles.badges}>
          {period.OpenDifferences > 0 && <Badge tone="warn">{w.differences(period.OpenDifferences)}</Badge>}
          <Badge tone={tones[period.State]}>{w.states[period.State]}</Badge>
        </span>
      </div>
      <p className={styles.quiet}>
        {w.closedBy(period.ClosedBy, instantFull(period.ClosedAt ?? period.AskedAt))}
        {period.State === 'closed' && ` · ${w.found(count(period.People), count(period.Days))}`}
        {period.Exceptions > 0 && period.State === 'closed' && ` · ${w.withOpen(period.Exceptions)}`}
      </p>
      {period.Note && <p className={styles.text}>{period.Note}</p>}
      {period.State === 'stopped' && <p className={styles.warn}>{w.stopped}</p>}
      {period.ReopenedBy && period.ReopenedAt && (
        <p className={styles.quiet}>
          {w.reopenedBy(period.ReopenedBy, instantFull(period.ReopenedAt), period.ReopenReason ?? '')}
        </p>
      )}
      {mayClose && period.State === 'closed' && !isAsking && (
        <div>
          <Button size="small" look="quiet" icon="lock" onClick={() => setAsking(true)}>
            {w.reopen}
          </Button>
        </div>
      )}
      {isAsking && (
        <WhyForm
          title={w.reopenTitle}
          label={w.reopen}
          isBusy={reopen.isPending}
          onCancel={() => setAsking(false)}
          onSubmit={Reason =>
            reopen.mutate(
              { input: { PeriodID: period.PeriodID, Reason } },
              { onSuccess: () => setAsking(false) },
            )
          }
        />
      )}
      {reopen.isError && (
        <p className={styles.fault} role="alert">
          {words.errors[errorTextKey(reopen.error)].title}. {errorDetail(reopen.error)}
        </p>
      )}
    </li>
  )
}
