import { useSearch } from '@tanstack/react-router'
import { useSession } from '../../../api/session.ts'
import { PageHeader } from '../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../components/page-states/empty-state.tsx'
import { overviewWords } from '../../../words/overview.ts'
import { ArrivalsPanel } from './arrivals-panel.tsx'
import { DevicesPanel } from './devices-panel.tsx'
import { DoorsPanel } from './doors-panel.tsx'
import styles from './overview-page.module.css'
import { PunchesPanel } from './punches-panel.tsx'
import { SiteFilter } from './site-filter.tsx'
import { TickerPanel } from './ticker-panel.tsx'
import { Tiles } from './tiles.tsx'

/** What goes on now. A block someone may not see is neither drawn nor fetched. */
export function OverviewPage() {
  const { site } = useSearch({ from: '/_app/' })
  const session = useSession()
  if (!session) return null
  const may = {
    attendance: session.Permissions.includes('attendance:read'),
    doors: session.Permissions.includes('doors:read'),
    devices: session.Permissions.includes('devices:read'),
    webhooks: session.Permissions.includes('webhooks:read'),
  }
  return (
    <>
      <PageHeader title={overviewWords.title} actions={<SiteFilter session={session} site={site} />} />
      <div className={styles.page}>
        <Tiles session={session} site={site} may={may} />
        <div className={styles.columns} data-ticker={may.attendance || undefined}>
          {may.attendance && (
            <div className={styles.main}>
              <PunchesPanel session={session} />
              <ArrivalsPanel site={site} mayPlan={session.Permissions.includes('attendance:plan')} />
            </div>
          )}
          {may.attendance && (
            <div className={styles.ticker}>
              <TickerPanel session={session} site={site} />
            </div>
          )}
          {may.doors && <DoorsPanel site={site} />}
          {may.devices && <DevicesPanel site={site} session={session} />}
        </div>
        {!Object.values(may).includes(true) && (
          <EmptyState icon="lock" title={overviewWords.noRights}>
            {overviewWords.noRightsBody}
          </EmptyState>
        )}
      </div>
    </>
  )
}
