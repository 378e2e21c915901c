import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { SectionTabs } from '../../../../components/section-tabs/section-tabs.tsx'
import { count } from '../../../../format/number.ts'
import { peopleWords } from '../../../../words/people.ts'
import { PeopleTabs } from '../-nav/people-tabs.tsx'
import { AdminsList } from './admins-list.tsx'
import { CardsList } from './cards-list.tsx'
import { CollisionsList } from './collisions-list.tsx'
import { DeletionsList } from './deletions-list.tsx'
import { OrphansList } from './orphans-list.tsx'
import { type ListTab, listTabs } from './search.ts'

/** What terminals hold that nobody has ordered, who may open their menus, and what is still open. */
export function ListsPage() {
  const w = peopleWords.lists
  const { tab = 'orphans' } = useSearch({ from: '/_app/people/terminals' })
  const maySeeCards = useCan('people:credentials')
  const { data } = useQuery(operationQuery('users.facets', {}))
  const counts: Partial<Record<ListTab, number | undefined>> = {
    orphans: data?.Orphans,
    collisions: data?.Collisions,
    deletions: data?.OpenDeletions,
  }
  return (
    <>
      <PageHeader title={w.title} lead={w.lead} />
      <PeopleTabs current="terminals" />
      <SectionTabs label={w.tabsLabel} current={tab}>
        {listTabs
          .filter(each => each !== 'cards' || maySeeCards)
          .map(each => (
            <Link
              key={each}
              to="/people/terminals"
              search={each === 'orphans' ? {} : { tab: each }}
              replace
              resetScroll={false}
              aria-current={each === tab ? 'page' : undefined}
              activeOptions={{ exact: true }}
            >
              {w.tabs[each]}
              {(counts[each] ?? 0) > 0 && <Badge tone="warn">{count(counts[each] ?? 0)}</Badge>}
            </Link>
          ))}
      </SectionTabs>
      {tab === 'orphans' && <OrphansList />}
      {tab === 'collisions' && <CollisionsList />}
      {tab === 'admins' && <AdminsList />}
      {tab === 'cards' && <CardsList />}
      {tab === 'deletions' && <DeletionsList />}
    </>
  )
}
