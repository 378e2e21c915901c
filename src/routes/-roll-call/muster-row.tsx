import { Age } from '../../components/age/age.tsx'
import { Badge } from '../../components/badge/badge.tsx'
import { Button } from '../../components/button/button.tsx'
import { instantClock } from '../../format/time.ts'
import { rollCallWords } from '../../words/roll-call.ts'
import type { MusterState, Person, Tick } from './muster.ts'
import styles from './roll-call-page.module.css'

/** One person with where they were last, and the two ticks. A card that was blocked may be carried by another. */
export function MusterRow({
  person,
  tick,
  isUnsent,
  onTick,
}: {
  readonly person: Person
  readonly tick: Tick | undefined
  readonly isUnsent: boolean
  readonly onTick: (code: string, state: MusterState) => void
}) {
  const w = rollCallWords
  const state = tick?.State ?? 'Unmarked'
  const name = person.Name ?? person.EmployeeCode
  const set = (wanted: MusterState) => onTick(person.EmployeeCode, state === wanted ? 'Unmarked' : wanted)
  return (
    <li className={styles.row} data-state={state}>
      <div className={styles.who}>
        <span className={styles.name}>{name}</span>
        <span className={styles.quiet}>
          {person.Name ? `${person.EmployeeCode} · ` : ''}
          {person.Place} · <Age at={person.SeenAt} />
          {person.Basis === 'no_direction' ? ` · ${w.noDirection}` : ''}
        </span>
        {person.CardDisabled && (
          <Badge tone="unknown" icon="warning">
            {w.cardBlocked(person.DisabledWhy ?? '')}
          </Badge>
        )}
        {tick && state !== 'Unmarked' && (
          <span className={styles.quiet}>
            {[instantClock(tick.At), tick.By ?? '', isUnsent ? w.notSentYet : ''].filter(Boolean).join(' · ')}
          </span>
        )}
      </div>
      <div className={styles.ticks}>
        <Button
          size="large"
          icon="check"
          look={state === 'Safe' ? 'primary' : 'default'}
          aria-pressed={state === 'Safe'}
          aria-label={w.safeAction(name)}
          onClick={() => set('Safe')}
        >
          {w.safe}
        </Button>
        <Button
          size="large"
          icon="warning"
          look={state === 'Missing' ? 'danger' : 'quiet'}
          aria-pressed={state === 'Missing'}
          aria-label={w.missingAction(name)}
          onClick={() => set('Missing')}
        />
      </div>
    </li>
  )
}
