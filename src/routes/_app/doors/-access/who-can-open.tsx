import { useQuery } from '@tanstack/react-query'
import { operationQuery } from '../../../../api/query.ts'
import type { Door } from '../../../../components/doors/door-state.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { wallClock, wallDay } from '../../../../format/time.ts'
import { doorWords } from '../../../../words/door-pages.ts'
import styles from './access-page.module.css'
import { windowText } from './window-text.ts'

/** Everybody who can open a door at a minute, each with the window that lets them in. */
export function WhoCanOpen({ door, at }: { readonly door: Door; readonly at: string | undefined }) {
  const w = doorWords.access
  const query = useQuery(
    operationQuery('doors.whoCanOpen', {
      DeviceSN: door.DeviceSN,
      DoorNo: door.DoorNo,
      ...(at ? { At: at.replace('T', ' ') } : {}),
    }),
  )
  return (
    <QueryBlock query={query}>
      {({ At, Decided, People, Others }) => (
        <>
          <p className={styles.head} aria-live="polite">
            {w.answerAt(`${wallDay(At)}, ${wallClock(At)}`)}
            {Decided && ` · ${w.count(People.length)}`}
          </p>
          {!Decided && <p className={styles.hint}>{w.undecided}</p>}
          {Decided && People.length === 0 && <EmptyState compact icon="lock" title={w.nobody} />}
          <ul className={styles.list}>
            {People.map(({ EmployeeCode, Name, Rule }) => (
              <li key={EmployeeCode} className={styles.row}>
                <span>
                  {Name ?? EmployeeCode} {Name && <span className={styles.quiet}>{EmployeeCode}</span>}
                </span>
                <span className={styles.quiet}>
                  {Rule.Holiday ? `${Rule.Holiday}: ` : ''}
                  {Rule.Window ? windowText(Rule.Window) : ''} ·{' '}
                  {w.schedule(Rule.Name ?? String(Rule.ScheduleID))}
                </span>
              </li>
            ))}
          </ul>
          {Decided && Others > 0 && <p className={styles.hint}>{w.others(Others)}</p>}
        </>
      )}
    </QueryBlock>
  )
}
