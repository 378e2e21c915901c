import type { OperationAnswer } from '#contract/types.ts'
import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import type { IconName } from '../../../../components/icon/icon.tsx'
import { count } from '../../../../format/number.ts'
import { peopleWords } from '../../../../words/people.ts'
import styles from './jobs-page.module.css'

export type Job = OperationAnswer<'users.job'>['Job']

/** No event tells of a job but its end. */
export const lookAgainMs = 2000

const looks: Record<Job['State'], { tone: Tone; icon: IconName }> = {
  Running: { tone: 'accent', icon: 'clock' },
  Done: { tone: 'ok', icon: 'check' },
  DoneWithTroubles: { tone: 'warn', icon: 'warning' },
  Cancelled: { tone: 'neutral', icon: 'cross' },
}

/** Running, done, or not. */
export function JobState({ job }: { readonly job: Pick<Job, 'State'> }) {
  const { tone, icon } = looks[job.State]
  return (
    <Badge tone={tone} icon={icon}>
      {peopleWords.jobs.states[job.State]}
    </Badge>
  )
}

/** How far it has come: held, in trouble, and the rest. */
export function JobProgress({ job }: { readonly job: Pick<Job, 'Total' | 'InStep' | 'Troubles'> }) {
  const part = (amount: number) => `${job.Total === 0 ? 0 : (amount / job.Total) * 100}%`
  return (
    <span className={styles.progress}>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.done} style={{ inlineSize: part(job.InStep) }} />
        <span className={styles.trouble} style={{ inlineSize: part(job.Troubles) }} />
      </span>
      <span className={styles.note}>
        {peopleWords.jobs.progress(count(job.InStep), count(job.Total))}
        {job.Troubles > 0 && ` · ${peopleWords.directory.troubles(job.Troubles)}`}
      </span>
    </span>
  )
}
