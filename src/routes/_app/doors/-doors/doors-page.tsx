import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useFallbackInterval } from '../../../../api/link.ts'
import { operationQuery } from '../../../../api/query.ts'
import { present } from '../../../../api/search.ts'
import { useCan, useSession } from '../../../../api/session.ts'
import { DoorCards, doorKey } from '../../../../components/doors/door-cards.tsx'
import { doorName } from '../../../../components/doors/door-name.ts'
import { type Door, doorRisk } from '../../../../components/doors/door-state.tsx'
import { Freshness } from '../../../../components/freshness/freshness.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { Bone } from '../../../../components/page-states/skeleton.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { doorWords } from '../../../../words/door-pages.ts'
import { DoorControls } from './door-controls.tsx'
import { DoorHoldLine } from './door-hold.tsx'
import { DoorLog } from './door-log.tsx'
import { DoorTabs } from './door-tabs.tsx'
import styles from './doors-page.module.css'
import { FloorPlans } from './floor-plan.tsx'
import { Occupancy } from './occupancy.tsx'

/** The doors as they are known to be, and what happened at them. */
export function DoorsPage() {
  const w = doorWords.page
  const session = useSession()
  const { site, view } = useSearch({ from: '/_app/doors/' })
  const query = useQuery({ ...operationQuery('doors.status', {}), refetchInterval: useFallbackInterval() })
  const maySeeRoll = useCan('doors:emergency')
  const all = query.data?.Doors ?? []
  const doors = all.filter(door => site === undefined || door.Site === site)
  const attention = doors.filter(door => ['alarm', 'unknown'].includes(doorRisk(door))).length
  return (
    <>
      <PageHeader
        title={w.title}
        lead={attention > 0 && w.attention(attention)}
        actions={
          <>
            <Freshness updatedAt={query.dataUpdatedAt} />
            <SiteFilter doors={all} site={site} />
          </>
        }
      />
      <DoorTabs />
      {maySeeRoll && <Occupancy site={site} />}
      <ViewSwitch view={view} />
      <section aria-labelledby="cards" className={styles.cards}>
        <h2 id="cards" className="visually-hidden">
          {w.cards}
        </h2>
        <QueryBlock query={query} pending={<PendingCards />}>
          {() =>
            doors.length === 0 ? (
              <NoDoors isFiltered={site !== undefined} />
            ) : view === 'plan' ? (
              <FloorPlans doors={doors} below={belowDoor} />
            ) : (
              <Cards doors={doors} />
            )
          }
        </QueryBlock>
      </section>
      {session && <DoorLog session={session} doors={all} />}
    </>
  )
}

/** What stands under a door that can be opened: what it was told to be, what nobody knows, what it can be told. */
function belowDoor(door: Door) {
  return (
    <>
      <DoorHoldLine door={door} />
      <NotKnown door={door} />
      <DoorControls door={door} />
    </>
  )
}

function Cards({ doors }: { readonly doors: readonly Door[] }) {
  const w = doorWords.page
  return (
    <DoorCards
      doors={doors}
      below={belowDoor}
      aside={door => (
        <Link
          from="/doors/"
          to="."
          search={old => ({ ...old, door: doorKey(door) })}
          hash="log"
          className={styles.log}
          aria-label={w.logOfLabel(doorName(door))}
        >
          {w.logOf}
        </Link>
      )}
    />
  )
}

/** What nobody can say of this door now, in words; the card draws "unknown" as a state of its own. */
function NotKnown({ door }: { readonly door: Door }) {
  const w = doorWords.controls.notKnown
  // A terminal that is away says so already; then nothing is known.
  if (!door.Online || door.NotKnown.length === 0) return null
  return (
    <p className={styles.notKnown}>
      {w.label} {door.NotKnown.map(what => w[what]).join(', ')}
    </p>
  )
}

function ViewSwitch({ view }: { readonly view: 'plan' | undefined }) {
  const w = doorWords.plan
  const navigate = useNavigate({ from: '/doors/' })
  return (
    <div className={styles.view}>
      <Segmented
        label={w.view}
        value={view ?? 'cards'}
        options={[
          { value: 'cards', label: w.cards },
          { value: 'plan', label: w.plan },
        ]}
        onChange={next =>
          void navigate({
            search: old => present({ ...old, view: next === 'plan' ? ('plan' as const) : undefined }),
            replace: true,
            resetScroll: false,
          })
        }
      />
    </div>
  )
}

function SiteFilter({ doors, site }: { readonly doors: readonly Door[]; readonly site: string | undefined }) {
  const w = doorWords.page
  const navigate = useNavigate({ from: '/doors/' })
  const names = [...new Set([...doors.map(door => door.Site), ...(site ? [site] : [])])]
    .filter(Boolean)
    .sort()
  if (names.length < 2 && site === undefined) return null
  return (
    <select
      className="gh-select"
      aria-label={w.site}
      value={site ?? ''}
      onChange={event => {
        const chosen = event.target.value || undefined
        void navigate({ search: old => present({ ...old, site: chosen }), replace: true, resetScroll: false })
      }}
    >
      <option value="">{w.allSites}</option>
      {names.map(name => (
        <option key={name}>{name}</option>
      ))}
    </select>
  )
}

function NoDoors({ isFiltered }: { readonly isFiltered: boolean }) {
  const w = doorWords.page
  const mayGo = useCan('devices:read')
  if (isFiltered) return <EmptyState compact icon="doors" title={w.noneAtSite} />
  return (
    <EmptyState icon="doors" title={w.none} actions={mayGo && <Link to="/devices">{w.toDevices}</Link>}>
      {w.noneBody}
    </EmptyState>
  )
}

function PendingCards() {
  return (
    <div className={styles.pending}>
      {[0, 1, 2, 3].map(card => (
        <Bone key={card} height={142} />
      ))}
    </div>
  )
}
