import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { Fragment, useState } from 'react'
import { OperationError } from '#contract/errors.ts'
import { useFallbackInterval } from '../../../../api/link.ts'
import { operationQuery } from '../../../../api/query.ts'
import { present } from '../../../../api/search.ts'
import { useCan } from '../../../../api/session.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { fullName } from '../../../../components/people/full-name.ts'
import { SectionTabs } from '../../../../components/section-tabs/section-tabs.tsx'
import { count } from '../../../../format/number.ts'
import { peopleWords } from '../../../../words/people.ts'
import { readPeopleSearch } from '../-people/search.ts'
import { StatusBadge } from '../-people/status-badge.tsx'
import { ChangesPanel } from './changes-panel.tsx'
import { CredentialsTab } from './credentials-tab.tsx'
import { EditPerson } from './edit-person.tsx'
import { MatrixPanel } from './matrix-panel.tsx'
import { OpenDeletions } from './open-deletions.tsx'
import { OverviewTab } from './overview-tab.tsx'
import styles from './person-page.module.css'
import { PersonWalk } from './person-walk.tsx'
import { type PersonTab, personTabs } from './search.ts'
import { TimelinePanel } from './timeline-panel.tsx'
import { type PersonRecord, usePersonCode, usePersonSearch } from './use-person.ts'

/** One person: who, what they hold, where they are known, what they did and what was done to them. */
export function PersonPage() {
  const w = peopleWords.person
  const code = usePersonCode()
  const router = useRouter()
  const [{ tab = 'overview', list = '' }] = usePersonSearch()
  const query = useQuery({
    ...operationQuery('users.record', { EmployeeCode: code }),
    refetchInterval: useFallbackInterval(),
  })
  return (
    <>
      <div className={styles.top}>
        <Link
          to="/people"
          search={readPeopleSearch(router.options.parseSearch(list))}
          className={styles.back}
        >
          {w.back}
        </Link>
        <PersonWalk />
      </div>
      {isGone(query) ? (
        <>
          <PageHeader title={code} />
          <EmptyState icon="people" title={w.gone} actions={<Link to="/people">{w.back}</Link>} />
          <OpenDeletions code={code} />
        </>
      ) : (
        // What was begun for one person must not show at the next one the reader walks to.
        <Fragment key={code}>
          <PersonHeader code={code} person={query.data?.Person} />
          <PersonTabs current={tab} person={query.data?.Person} />
          <QueryBlock query={query} pending={<SkeletonPanel rows={10} />}>
            {({ Person }) => <Section tab={tab} person={Person} />}
          </QueryBlock>
        </Fragment>
      )}
    </>
  )
}

function PersonHeader({
  code,
  person,
}: {
  readonly code: string
  readonly person: PersonRecord | undefined
}) {
  const w = peopleWords.person
  const mayWrite = useCan('people:write')
  const [isEditing, setEditing] = useState(false)
  return (
    <>
      <PageHeader
        title={(person && fullName(person)) || code}
        lead={
          person && (
            <>
              {[person.EmployeeCode, person.Department, person.Group].filter(Boolean).join(' · ')}{' '}
              <StatusBadge person={person} />
            </>
          )
        }
        actions={
          person &&
          mayWrite && (
            <Button icon="edit" onClick={() => setEditing(true)}>
              {w.edit.button}
            </Button>
          )
        }
      />
      {isEditing && person && <EditPerson person={person} onClose={() => setEditing(false)} />}
    </>
  )
}

function PersonTabs({
  current,
  person,
}: {
  readonly current: PersonTab
  readonly person: PersonRecord | undefined
}) {
  const w = peopleWords.person
  const troubles = person?.Troubles ?? 0
  return (
    <SectionTabs label={w.sections} current={current}>
      {personTabs.map(tab => (
        <Link
          key={tab}
          from="/people/$employeeCode"
          to="."
          search={old => present({ ...old, tab: tab === 'overview' ? undefined : tab })}
          replace
          resetScroll={false}
          aria-current={tab === current ? 'page' : undefined}
          activeOptions={{ exact: true }}
        >
          {w.tabs[tab]}
          {tab === 'terminals' && troubles > 0 && <Badge tone="warn">{count(troubles)}</Badge>}
        </Link>
      ))}
    </SectionTabs>
  )
}

function Section({ tab, person }: { readonly tab: PersonTab; readonly person: PersonRecord }) {
  if (tab === 'credentials') return <CredentialsTab person={person} />
  if (tab === 'terminals') return <MatrixPanel person={person} />
  if (tab === 'timeline') return <TimelinePanel person={person} />
  if (tab === 'changes') return <ChangesPanel code={person.EmployeeCode} />
  return <OverviewTab person={person} />
}

function isGone(query: UseQueryResult<unknown>): boolean {
  return query.error instanceof OperationError && query.error.status === 404
}
