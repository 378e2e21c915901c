import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { operationQuery } from '../../../../api/query.ts'
import { present } from '../../../../api/search.ts'
import { useCan } from '../../../../api/session.ts'
import { Combobox } from '../../../../components/combobox/combobox.tsx'
import { doorKey } from '../../../../components/doors/door-cards.tsx'
import { doorName } from '../../../../components/doors/door-name.ts'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { PersonFilter } from '../../../../components/people/person-filter.tsx'
import { doorWords } from '../../../../words/door-pages.ts'
import { DoorTabs } from '../-doors/door-tabs.tsx'
import styles from './access-page.module.css'
import { WhatCanOpen } from './what-can-open.tsx'
import { WhoCanOpen } from './who-can-open.tsx'

/** Two questions with their answers: who can open this door, and what can this person open. */
export function AccessPage() {
  const w = doorWords.access
  const search = useSearch({ from: '/_app/doors/access' })
  const navigate = useNavigate({ from: '/doors/access' })
  const doors = useQuery(operationQuery('doors.status', {})).data?.Doors ?? []
  const mayName = useCan('attendance:identify')
  const change = (changes: {
    door?: string | undefined
    at?: string | undefined
    person?: string | undefined
  }) => void navigate({ search: old => present({ ...old, ...changes }), replace: true, resetScroll: false })
  const door = doors.find(each => doorKey(each) === search.door)
  return (
    <>
      <PageHeader title={w.title} lead={w.lead} />
      <DoorTabs />
      <div className={styles.page}>
        <Panel title={w.byDoor}>
          <div className={styles.ask}>
            <div className={styles.door}>
              <Combobox
                label={w.door}
                clearable
                value={search.door ?? ''}
                display={door ? doorName(door) : undefined}
                options={doors.map(each => ({
                  value: doorKey(each),
                  label: doorName(each),
                  note: each.Site,
                }))}
                onChoose={value => change({ door: value || undefined })}
              />
            </div>
            <label className={styles.at}>
              {w.at}
              <input
                type="datetime-local"
                className="gh-input"
                value={search.at ?? ''}
                onChange={event => change({ at: event.target.value || undefined })}
              />
              <span className={styles.hint}>{w.atHint}</span>
            </label>
          </div>
          {door ? <WhoCanOpen door={door} at={search.at} /> : <p className={styles.hint}>{w.chooseDoor}</p>}
        </Panel>
        {mayName && (
          <Panel title={w.byPerson}>
            <div className={styles.door}>
              <PersonFilter
                value={search.person}
                onChange={person => change({ person: person || undefined })}
              />
            </div>
            {search.person ? (
              <WhatCanOpen person={search.person} />
            ) : (
              <p className={styles.hint}>{w.choosePerson}</p>
            )}
          </Panel>
        )}
      </div>
    </>
  )
}
