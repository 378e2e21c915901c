import type { OperationAnswer } from '#contract/types.ts'
import { personLabel } from '../../../../components/punches/punch-marks.tsx'
import { count } from '../../../../format/number.ts'
import { reviewWords } from '../../../../words/attendance-review.ts'
import styles from './repair.module.css'

type Affected = NonNullable<OperationAnswer<'attendance.proposeRepair'>['Affected']>

const namesShown = 12

/** Whom the outage touched: of whom punches are proposed, who has punched by now, and of whom nothing is known. */
export function AffectedPeople({ affected }: { readonly affected: Affected }) {
  const w = reviewWords.repair.affected
  if (affected.length === 0) return <p className={styles.quiet}>{w.unknown}</p>
  const proposed = affected.filter(({ Proposed }) => Proposed > 0)
  const came = affected.filter(({ Proposed, Came }) => Proposed === 0 && Came)
  const rest = affected.filter(({ Proposed, Came }) => Proposed === 0 && !Came)
  return (
    <div className={styles.affected}>
      <p className={styles.text}>{w.people(affected.length)}</p>
      <dl className={styles.groups}>
        <dt>{w.proposed}</dt>
        <dd>{count(proposed.length)}</dd>
        <dt>{w.came}</dt>
        <dd>{count(came.length)}</dd>
        <dt>{w.rest}</dt>
        <dd>{rest.length === 0 ? count(0) : `${count(rest.length)}: ${namesOf(rest)}`}</dd>
      </dl>
    </div>
  )
}

function namesOf(people: Affected): string {
  const names = people.slice(0, namesShown).map(personLabel)
  const more = people.length - names.length
  return more > 0 ? reviewWords.repair.affected.more(names.join(', '), count(more)) : names.join(', ')
}
