import { useMutation, useQuery } from '@tanstack/react-query'
import type { OperationAnswer } from '#contract/types.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Age } from '../../../../components/age/age.tsx'
import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { spanExact } from '../../../../format/span.ts'
import { consoleWords } from '../../../../words/webhook-console.ts'
import styles from './jobs-panel.module.css'
import type { Receiver } from './receiver-page.tsx'

type Job = OperationAnswer<'webhooks.jobs'>['Jobs'][number]

const tones: Record<Job['State'], Tone> = {
  Running: 'accent',
  Verifying: 'accent',
  Done: 'ok',
  Cancelled: 'neutral',
  Failed: 'danger',
}

/** Bulk jobs of a receiver with their progress; copies end with the proof that all arrived. */
export function JobsPanel({ receiver }: { readonly receiver: Receiver }) {
  const w = consoleWords.jobs
  const query = useQuery({
    ...operationQuery('webhooks.jobs', { SubscriptionID: receiver.SubscriptionID }),
    refetchInterval: 2_000,
  })
  return (
    <Panel title={w.list}>
      <QueryBlock query={query}>
        {({ Jobs }) =>
          Jobs.length === 0 ? (
            <EmptyState compact title={w.none} />
          ) : (
            <ul className={styles.list}>
              {Jobs.map(job => (
                <JobItem key={job.JobID} job={job} />
              ))}
            </ul>
          )
        }
      </QueryBlock>
    </Panel>
  )
}

function JobItem({ job }: { readonly job: Job }) {
  const w = consoleWords.jobs
  const may = useCan('webhooks:replay')
  const cancel = useMutation(operationMutation('webhooks.cancelJob'))
  const isOver = job.EndedAt !== null
  const done = job.Delivered + job.Failed
  return (
    <li className={styles.job}>
      <div className={styles.row}>
        <span className={styles.name}>{w.kinds[job.Kind]}</span>
        <Badge tone={tones[job.State]}>{w.states[job.State]}</Badge>
        <span className={styles.note}>
          <Age at={job.StartedAt} />
        </span>
        {!isOver && may && (
          <span className={styles.end}>
            <Button
              size="small"
              busy={cancel.isPending}
              onClick={() => cancel.mutate({ input: { JobID: job.JobID } })}
            >
              {w.stop}
            </Button>
          </span>
        )}
      </div>
      <progress
        className={styles.bar}
        max={Math.max(1, job.Total)}
        value={done}
        aria-label={w.kinds[job.Kind]}
      />
      <p className={styles.note}>
        {w.progress(count(done), count(job.Total))}
        {job.Failed > 0 && ` · ${w.failed(count(job.Failed))}`}
        {job.SecondsLeft !== null && job.SecondsLeft > 0 && ` · ${w.left(spanExact(job.SecondsLeft))}`}
      </p>
      {job.Equal !== null && (
        <p className={styles.proof} data-equal={job.Equal || undefined}>
          {job.Equal ? w.equal : w.unequal} · {w.count} {count(job.ArrivedCount ?? 0)} · {w.hash}{' '}
          <code>{job.ArrivedHash?.slice(0, 16)}</code>
        </p>
      )}
      {job.Error && <p className={styles.note}>{job.Error}</p>}
    </li>
  )
}
