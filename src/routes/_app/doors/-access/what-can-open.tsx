import { useQuery } from '@tanstack/react-query'
import { operationQuery } from '../../../../api/query.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { doorName } from '../../../../components/doors/door-name.ts'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { doorWords } from '../../../../words/door-pages.ts'
import styles from './access-page.module.css'
import { windowText } from './window-text.ts'

/** Every door a person can open, with the windows; and the terminals that decide by themselves. */
export function WhatCanOpen({ person }: { readonly person: string }) {
  const w = doorWords.access
  const query = useQuery(operationQuery('doors.whatCanOpen', { EmployeeCode: person }))
  return (
    <QueryBlock query={query}>
      {({ Doors, Undecided }) => (
        <>
          {Doors.length === 0 && (
            <EmptyState compact icon="lock" title={w.noDoor}>
              {w.noDoorBody}
            </EmptyState>
          )}
          <ul className={styles.list}>
            {Doors.map(door => (
              <li key={`${door.DeviceSN}/${door.DoorNo}`} className={styles.row}>
                <span>
                  {doorName(door)} <span className={styles.quiet}>{door.Site}</span>
                </span>
                <Badge tone={door.Now ? 'ok' : 'neutral'}>{door.Now ? w.opensNow : w.notNow}</Badge>
                <span className={styles.quiet}>
                  {door.Schedules.flatMap(({ Windows }) => Windows.map(windowText)).join(', ')}
                </span>
              </li>
            ))}
          </ul>
          {Undecided.length > 0 && (
            <p className={styles.hint}>
              {w.unknownTerminals} {Undecided.join(', ')}
            </p>
          )}
        </>
      )}
    </QueryBlock>
  )
}
