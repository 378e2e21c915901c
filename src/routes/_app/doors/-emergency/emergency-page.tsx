import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { OperationAnswer } from '#contract/types.ts'
import { useActorName } from '../../../../api/actors.ts'
import { useFallbackInterval } from '../../../../api/link.ts'
import { operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Age } from '../../../../components/age/age.tsx'
import { Badge } from '../../../../components/badge/badge.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { doorWords } from '../../../../words/door-pages.ts'
import { DoorTabs } from '../-doors/door-tabs.tsx'
import { DoorZones } from './door-zones.tsx'
import styles from './emergency-page.module.css'
import { StartEmergency } from './start-emergency.tsx'

type Emergency = OperationAnswer<'doors.emergencies'>['Emergencies'][number]

/** Where an emergency is started, and every one there was. */
export function EmergencyPage() {
  const w = doorWords.emergency
  const query = useQuery({
    ...operationQuery('doors.emergencies', {}),
    refetchInterval: useFallbackInterval(),
  })
  const may = useCan('doors:emergency')
  const maySetUp = useCan('doors:schedule')
  return (
    <>
      <PageHeader title={w.title} lead={w.lead} />
      <DoorTabs />
      <div className={styles.page}>
        {may && <StartEmergency />}
        <Panel title={w.past} updatedAt={query.dataUpdatedAt}>
          <QueryBlock query={query}>
            {({ Emergencies }) =>
              Emergencies.length === 0 ? (
                <EmptyState compact icon="check" title={w.none}>
                  {w.noneBody}
                </EmptyState>
              ) : (
                <ul className={styles.list}>
                  {Emergencies.map(emergency => (
                    <Item key={emergency.EmergencyID} emergency={emergency} />
                  ))}
                </ul>
              )
            }
          </QueryBlock>
        </Panel>
        {maySetUp && <DoorZones />}
      </div>
    </>
  )
}

function Item({ emergency }: { readonly emergency: Emergency }) {
  const w = doorWords.emergency
  const who = useActorName()(emergency.StartedBy)
  return (
    <li className={styles.item}>
      <Link
        to="/doors/emergency/$emergencyID"
        params={{ emergencyID: emergency.EmergencyID }}
        className={styles.link}
      >
        {w.kinds[emergency.Kind]}: {emergency.ScopeName || w.everything}
      </Link>
      <span className={styles.badges}>
        {emergency.EndedAt === null && (
          <Badge tone="danger" icon="warning">
            {w.active}
          </Badge>
        )}
        {emergency.Drill && <Badge tone="unknown">{w.marked}</Badge>}
      </span>
      <span className={styles.about}>
        <Age at={emergency.StartedAt} />
        {who ? ` · ${w.startedBy(who)}` : ''}
        {` · ${
          emergency.MovesRelays
            ? w.progress(count(emergency.Confirmed), count(emergency.Doors))
            : w.drillProgress(count(emergency.Doors - emergency.Unreachable), count(emergency.Doors))
        }`}
      </span>
    </li>
  )
}
