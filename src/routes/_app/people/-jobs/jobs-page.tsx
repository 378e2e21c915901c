import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { operationInfiniteQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Age } from '../../../../components/age/age.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { peopleWords } from '../../../../words/people.ts'
import { PeopleTabs } from '../-nav/people-tabs.tsx'
import { CopySheet } from './copy-sheet.tsx'
import { JobDetail } from './job-detail.tsx'
import { JobProgress, JobState, lookAgainMs } from './job-progress.tsx'
import styles from './jobs-page.module.css'

/** Work over many people and terminals: what runs, what ran, and one of them closely. */
export function JobsPage() {
  const w = peopleWords.jobs
  const { job, copy } = useSearch({ from: '/_app/people/jobs' })
  const navigate = useNavigate({ from: '/people/jobs' })
  const mayWrite = useCan('people:write')
  return (
    <>
      <PageHeader
        title={w.title}
        lead={w.lead}
        actions={
          mayWrite && (
            <Button
              look="primary"
              icon="copy"
              onClick={() => void navigate({ search: { copy: 'new' }, replace: true })}
            >
              {w.copy}
            </Button>
          )
        }
      />
      <PeopleTabs current="jobs" />
      {job === undefined ? <JobList /> : <JobDetail key={job} jobId={job} />}
      {copy === 'new' && mayWrite && (
        <CopySheet
          onClose={() => void navigate({ search: {}, replace: true })}
          onStarted={started => void navigate({ search: { job: started }, replace: true })}
        />
      )}
    </>
  )
}

function JobList() {
  const w = peopleWords.jobs
  const query = useInfiniteQuery({
    ...operationInfiniteQuery('users.jobs', { Limit: 50 }),
    refetchInterval: found =>
      found.state.data?.pages.some(page => page.Jobs.some(job => job.State === 'Running'))
        ? lookAgainMs
        : false,
  })
  if (query.isPending) return <SkeletonPanel rows={6} />
  if (query.data === undefined) return <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
  const jobs = query.data.pages.flatMap(page => page.Jobs)
  if (jobs.length === 0)
    return (
      <EmptyState icon="copy" title={w.none}>
        {w.noneBody}
      </EmptyState>
    )
  return (
    <Panel title={w.title} updatedAt={query.dataUpdatedAt} flush>
      <ul className={styles.list}>
        {jobs.map(job => (
          <li key={job.JobID} className={styles.item}>
            <span>
              <Link to="/people/jobs" search={{ job: job.JobID }} className={styles.title}>
                {job.Title}
              </Link>
              <span className={styles.note}>
                {w.kinds[job.Kind]} · <Age at={job.StartedAt} />
                {job.Actor && ` · ${job.Actor}`}
              </span>
            </span>
            <JobProgress job={job} />
            <JobState job={job} />
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
    </Panel>
  )
}
