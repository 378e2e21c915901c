import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useFallbackInterval } from '../../../../api/link.ts'
import { operationQuery } from '../../../../api/query.ts'
import { Freshness } from '../../../../components/freshness/freshness.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { doorWords } from '../../../../words/door-pages.ts'
import { DoorTabs } from '../-doors/door-tabs.tsx'
import { AlarmItem } from './alarm-item.tsx'
import { AlarmRules } from './alarm-rules.tsx'
import { AlarmSignals } from './alarm-signals.tsx'
import styles from './alarms-page.module.css'

/** Alarms of the doors, what was done about them, and the rules that decide which are raised. */
export function AlarmsPage() {
  const w = doorWords.alarms
  const { show } = useSearch({ from: '/_app/doors/alarms' })
  const navigate = useNavigate({ from: '/doors/alarms' })
  const query = useQuery({
    ...operationQuery('doors.alarms', show === 'all' ? {} : { Open: true }),
    refetchInterval: useFallbackInterval(),
  })
  return (
    <>
      <PageHeader
        title={w.title}
        lead={query.data && query.data.Open > 0 && w.open(query.data.Open)}
        actions={<Freshness updatedAt={query.dataUpdatedAt} />}
      />
      <DoorTabs />
      <div className={styles.bar}>
        <Segmented
          label={w.show}
          value={show ?? 'open'}
          options={[
            { value: 'open', label: w.onlyOpen },
            { value: 'all', label: w.all },
          ]}
          onChange={value =>
            void navigate({
              search: value === 'all' ? { show: 'all' } : {},
              replace: true,
              resetScroll: false,
            })
          }
        />
        <AlarmSignals />
      </div>
      <QueryBlock query={query}>
        {({ Alarms }) =>
          Alarms.length === 0 ? (
            <EmptyState icon="check" title={show === 'all' ? w.noneEver : w.none}>
              {w.noneBody}
            </EmptyState>
          ) : (
            <ul className={styles.list}>
              {Alarms.map(alarm => (
                <AlarmItem key={alarm.AlarmID} alarm={alarm} />
              ))}
            </ul>
          )
        }
      </QueryBlock>
      <AlarmRules />
    </>
  )
}
