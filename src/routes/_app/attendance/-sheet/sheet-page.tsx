import { Link } from '@tanstack/react-router'
import type { SessionBody } from '#contract/dashboard/session.ts'
import { serverNow } from '../../../../api/clock.ts'
import { useSession } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { count } from '../../../../format/number.ts'
import { instantFull, wallDay } from '../../../../format/time.ts'
import { daysWords } from '../../../../words/attendance-days.ts'
import { daysInput, daysRange } from '../-days/search.ts'
import { useDaysSearch } from '../-days/use-days-search.ts'
import { usePeopleDays } from '../-days/use-people-days.ts'
import { PersonPage } from './person-page.tsx'
import styles from './sheet.module.css'

/** A page per person to print and sign: days, totals, legend. */
export function SheetPage() {
  const session = useSession()
  return session && <Sheet session={session} />
}

function Sheet({ session }: { readonly session: SessionBody }) {
  const w = daysWords.sheet
  const [search] = useDaysSearch()
  const range = daysRange(session, search)
  const { query, people, total = 0 } = usePeopleDays(daysInput(session, search), search.sort, false)
  const isWhole = query.data !== undefined && !query.hasNextPage
  return (
    <>
      <div className={styles.screen}>
        <PageHeader
          title={w.title}
          lead={w.lead(wallDay(range.from), wallDay(range.to))}
          actions={
            <>
              <Link to="/attendance/grid" search={search}>
                {w.back}
              </Link>
              <Button
                look="primary"
                disabled={!isWhole || people.length === 0}
                onClick={() => window.print()}
              >
                {w.print}
              </Button>
            </>
          }
        />
        {!isWhole && query.data && (
          <p role="status" className={styles.loading}>
            {w.loading(count(people.length), count(total))}
          </p>
        )}
      </div>
      {query.isPending ? (
        <SkeletonPanel rows={12} />
      ) : query.data === undefined ? (
        <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
      ) : people.length === 0 ? (
        <EmptyState icon="attendance" title={daysWords.grid.empty}>
          {daysWords.grid.emptyBody}
        </EmptyState>
      ) : (
        people.map((person, at) => (
          <PersonPage
            // biome-ignore lint/suspicious/noArrayIndexKey: a masked code is the same for everybody
            key={`${at} ${person.EmployeeCode}`}
            person={person}
            range={range}
            made={instantFull(serverNow(), session.TimeZone)}
          />
        ))
      )}
    </>
  )
}
