import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { OperationError } from '#contract/errors.ts'
import { operationInfiniteQuery, operationMutation, operationQuery } from '../../../../api/query.ts'
import { present } from '../../../../api/search.ts'
import { useCan } from '../../../../api/session.ts'
import { Dot } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonRows } from '../../../../components/page-states/skeleton.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { fullName } from '../../../../components/people/full-name.ts'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { count } from '../../../../format/number.ts'
import { instantFull } from '../../../../format/time.ts'
import { timesInText } from '../../../../format/times-in-text.ts'
import { peopleWords } from '../../../../words/people.ts'
import { PairBadge } from '../-person/pair-badge.tsx'
import { type Job, JobProgress, JobState, lookAgainMs } from './job-progress.tsx'
import { JobProof } from './job-proof.tsx'
import styles from './jobs-page.module.css'

/** One job closely: per terminal, and per person and terminal with reasons. */
export function JobDetail({ jobId }: { readonly jobId: string }) {
  const w = peopleWords.jobs
  const query = useQuery({
    ...operationQuery('users.job', { JobID: jobId }),
    refetchInterval: found => (found.state.data?.Job.State === 'Running' ? lookAgainMs : false),
  })
  return (
    <>
      <Link to="/people/jobs" className={styles.back}>
        {w.back}
      </Link>
      {query.error instanceof OperationError && query.error.status === 404 ? (
        <EmptyState icon="copy" title={w.gone} />
      ) : (
        <QueryBlock query={query} pending={<SkeletonPanel rows={8} />}>
          {({ Job }) => (
            <div className={styles.stack}>
              <Summary job={Job} updatedAt={query.dataUpdatedAt} />
              <Terminals job={Job} />
              {Job.EndedAt !== null && <JobProof jobId={jobId} />}
              <Rows jobId={jobId} isRunning={Job.State === 'Running'} />
            </div>
          )}
        </QueryBlock>
      )}
    </>
  )
}

function Summary({ job, updatedAt }: { readonly job: Job; readonly updatedAt: number }) {
  const w = peopleWords.jobs
  const mayWrite = useCan('people:write')
  const cancel = useMutation(operationMutation('users.cancelJob'))
  const retry = useMutation(operationMutation('users.retry'))
  return (
    <Panel
      title={job.Title}
      updatedAt={updatedAt}
      actions={
        <>
          <JobState job={job} />
          {mayWrite && job.Troubles > 0 && (
            <Button
              size="small"
              icon="restart"
              busy={retry.isPending}
              onClick={() => retry.mutate({ input: { JobID: job.JobID } })}
            >
              {w.retry}
            </Button>
          )}
          {mayWrite && job.State === 'Running' && (
            <HoldButton
              size="small"
              icon="cross"
              label={w.cancel}
              action={w.cancelAction(job.Title)}
              busy={cancel.isPending}
              onConfirm={() => cancel.mutate({ input: { JobID: job.JobID } })}
            />
          )}
        </>
      }
    >
      <dl className={styles.counts}>
        {(
          [
            [w.counts.inStep, job.InStep],
            [w.counts.waiting, job.Waiting],
            [w.counts.troubles, job.Troubles],
            [w.counts.total, job.Total],
          ] as const
        ).map(([label, amount]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{count(amount)}</dd>
          </div>
        ))}
      </dl>
      <JobProgress job={job} />
      <p className={styles.note} role="status">
        {retry.data && `${w.retried(retry.data.body.Retried)} · `}
        {w.started} {instantFull(job.StartedAt)} ·{' '}
        {job.EndedAt === null ? w.notEnded : `${w.ended} ${instantFull(job.EndedAt)}`} · {w.by}{' '}
        {job.Actor ?? w.system}
        {job.State === 'Running' && ` · ${w.cancelWhy}`}
      </p>
    </Panel>
  )
}

function Terminals({ job }: { readonly job: Job }) {
  const w = peopleWords.jobs
  if (job.Terminals.length === 0) return null
  return (
    <Panel title={w.perTerminal} flush>
      <ul className={styles.list}>
        {job.Terminals.map(terminal => (
          <li key={terminal.DeviceSN} className={styles.item}>
            <span>
              <span>
                <Dot tone={terminal.Online ? 'ok' : 'neutral'} ring={!terminal.Online} /> {terminal.LabelName}
              </span>
              <span className={styles.note}>{terminal.Reason && timesInText(terminal.Reason)}</span>
            </span>
            <JobProgress job={terminal} />
            <span className={styles.note}>
              {terminal.Online ? peopleWords.picker.online : peopleWords.picker.offline}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const states = {
  all: undefined,
  open: ['Pending', 'Removing'],
  trouble: ['Failed', 'Blocked'],
} as const

function Rows({ jobId, isRunning }: { readonly jobId: string; readonly isRunning: boolean }) {
  const w = peopleWords.jobs
  const { show = 'all' } = useSearch({ from: '/_app/people/jobs' })
  const navigate = useNavigate({ from: '/people/jobs' })
  const wanted = states[show]
  const query = useInfiniteQuery({
    ...operationInfiniteQuery('users.states', {
      JobID: jobId,
      Limit: 100,
      ...(wanted ? { State: [...wanted] } : {}),
    }),
    refetchInterval: isRunning ? lookAgainMs : false,
  })
  const rows = query.data?.pages.flatMap(page => page.States) ?? []
  return (
    <Panel
      title={w.perPerson}
      flush
      actions={
        <Segmented
          label={peopleWords.directory.filters.show}
          value={show}
          options={(['all', 'open', 'trouble'] as const).map(value => ({
            value,
            label: w.onlyOpen[value],
          }))}
          onChange={value =>
            void navigate({
              search: old => present({ ...old, show: value === 'all' ? undefined : value }),
              replace: true,
              resetScroll: false,
            })
          }
        />
      }
    >
      {query.isPending ? (
        <div className={styles.more}>
          <SkeletonRows rows={5} />
        </div>
      ) : query.data === undefined ? (
        <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState compact icon="check" title={w.noneOpen} />
      ) : (
        <>
          <ul className={styles.list}>
            {rows.map(row => (
              <li key={`${row.EmployeeCode} ${row.DeviceSN}`} className={styles.item}>
                <span>
                  <Link
                    to="/people/$employeeCode"
                    params={{ employeeCode: row.EmployeeCode }}
                    search={{ tab: 'terminals' }}
                    preload={false}
                    className={styles.title}
                  >
                    {fullName(row) || row.EmployeeCode}
                  </Link>
                  <span className={styles.note}>{row.EmployeeCode}</span>
                </span>
                <span className={styles.progress}>
                  <span>{row.LabelName}</span>
                  <span className={styles.note}>
                    {timesInText(row.Reason ?? peopleWords.matrix.reasons[row.ReasonCode])}
                  </span>
                </span>
                <PairBadge state={row} />
              </li>
            ))}
          </ul>
          {query.hasNextPage && (
            <div className={styles.more}>
              <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {w.loadMore}
              </Button>
            </div>
          )}
        </>
      )}
    </Panel>
  )
}
