import { Link } from '@tanstack/react-router'
import type { OperationAnswer } from '#contract/types.ts'
import { Age } from '../../../../components/age/age.tsx'
import { Badge } from '../../../../components/badge/badge.tsx'
import { Icon, type IconName } from '../../../../components/icon/icon.tsx'
import { count } from '../../../../format/number.ts'
import { timesInText } from '../../../../format/times-in-text.ts'
import { peopleWords } from '../../../../words/people.ts'
import styles from './deletion-card.module.css'

export type Deletion = OperationAnswer<'users.deletions'>['Deletions'][number]
type Tick = Deletion['Terminals'][number]

const icons: Record<Tick['State'], IconName> = { Open: 'clock', Confirmed: 'check', Unproven: 'question' }

/** One removal: a tick for each terminal with how it is known, and the certificate once the last one has confirmed. */
export function DeletionCard({
  deletion,
  withPerson = false,
}: {
  readonly deletion: Deletion
  readonly withPerson?: boolean
}) {
  const w = peopleWords.person.deletion
  const confirmed = deletion.Terminals.filter(terminal => terminal.State === 'Confirmed').length
  const isDone = deletion.State === 'Done'
  return (
    <article className={styles.card} aria-label={`${w.title} ${deletion.EmployeeCode}`}>
      <div className={styles.head}>
        <Badge tone={isDone ? 'ok' : 'accent'} icon={isDone ? 'check' : 'clock'}>
          {w.state[deletion.State]}
        </Badge>
        {withPerson && (
          <Link to="/people/$employeeCode" params={{ employeeCode: deletion.EmployeeCode }}>
            {deletion.EmployeeCode}
          </Link>
        )}
        <span>{w.scope[deletion.Scope]}</span>
        <span className={styles.note}>
          {w.asked} <Age at={deletion.AskedAt} />
          {deletion.Actor && ` ${w.by(deletion.Actor)}`}
        </span>
        {isDone ? (
          <Link to="/people/certificates/$deletionId" params={{ deletionId: deletion.DeletionID }}>
            {w.certificate}
          </Link>
        ) : (
          <span className={`${styles.note} ${styles.end}`}>
            {w.ticks(count(confirmed), count(deletion.Terminals.length))}
          </span>
        )}
      </div>
      {deletion.Terminals.length === 0 ? (
        <p className={styles.note}>{w.noTerminals}</p>
      ) : (
        <ul className={styles.ticks}>
          {deletion.Terminals.map(terminal => (
            <li key={terminal.DeviceSN} className={styles.tick} data-state={terminal.State}>
              <Icon name={icons[terminal.State]} />
              <span>
                {terminal.LabelName} · {w.terminal[terminal.State]}
              </span>
              <span className={styles.note}>
                {terminal.State === 'Open'
                  ? timesInText(terminal.Reason ?? w.proof.None)
                  : w.proof[terminal.Proof]}
                {terminal.At && (
                  <>
                    {' · '}
                    <Age at={terminal.At} />
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      {!isDone && <p className={styles.note}>{w.open}</p>}
    </article>
  )
}
