import { useQuery } from '@tanstack/react-query'
import type { OperationAnswer } from '#contract/types.ts'
import { operationQuery } from '../../../../api/query.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { peopleWords } from '../../../../words/people.ts'
import styles from './jobs-page.module.css'

type Proven = OperationAnswer<'users.jobProof'>['Terminals'][number]['People']

/** Once a job has ended: what each terminal should hold against what it was read back to hold. */
export function JobProof({ jobId }: { readonly jobId: string }) {
  const w = peopleWords.jobs.proof
  const { data } = useQuery(operationQuery('users.jobProof', { JobID: jobId }))
  if (!data || data.Terminals.length === 0) return null
  return (
    <Panel title={w.title} note={w.lead} flush>
      <ul className={styles.list}>
        {data.Terminals.map(terminal => (
          <li key={terminal.DeviceSN} className={styles.item}>
            <span>
              <span>{terminal.LabelName}</span>
              <span className={styles.note}>{terminal.DeviceSN}</span>
            </span>
            <span className={styles.progress}>
              <Line what={w.people} proven={terminal.People} />
              <Line what={w.templates} proven={terminal.Templates} />
            </span>
            <Badge tone={terminal.Equal ? 'ok' : 'warn'} icon={terminal.Equal ? 'check' : 'warning'}>
              {terminal.Equal ? w.equal : w.differs}
            </Badge>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const digits = 12

function Line({ what, proven }: { readonly what: string; readonly proven: Proven }) {
  const w = peopleWords.jobs.proof
  return (
    <span className={styles.note} title={`${proven.WantedHash} / ${proven.HeldHash}`}>
      {w.line(what, count(proven.Held), count(proven.Wanted))} <code>{proven.HeldHash.slice(0, digits)}</code>
    </span>
  )
}
