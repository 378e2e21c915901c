import { useQuery } from '@tanstack/react-query'
import type { OperationAnswer } from '#contract/types.ts'
import { operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { reviewWords } from '../../../../words/attendance-review.ts'
import { ClosePanel } from './close-panel.tsx'
import { ControlPanel } from './control-panel.tsx'
import { DifferenceList } from './difference-list.tsx'
import { PeriodItem } from './period-item.tsx'
import styles from './periods.module.css'

export type Period = OperationAnswer<'attendance.periods'>['Periods'][number]

const whileClosingMs = 1000

/** Which days are closed, closing more of them, and what has come since. */
export function PeriodsPage() {
  const w = reviewWords.periods
  const mayClose = useCan('attendance:close')
  const query = useQuery({
    ...operationQuery('attendance.periods', {}),
    refetchInterval: ({ state }) =>
      state.data?.Periods.some(({ State }) => State === 'closing') ? whileClosingMs : false,
  })
  return (
    <>
      <PageHeader title={w.title} lead={w.lead} />
      <div className={styles.columns}>
        <div className={styles.column}>
          {mayClose && <ClosePanel />}
          <Panel title={w.list} updatedAt={query.dataUpdatedAt} flush>
            <QueryBlock query={query}>
              {({ Periods }) =>
                Periods.length === 0 ? (
                  <EmptyState compact icon="lock" title={w.none}>
                    {w.noneBody}
                  </EmptyState>
                ) : (
                  <ul className={styles.list}>
                    {Periods.map(period => (
                      <PeriodItem key={period.PeriodID} period={period} mayClose={mayClose} />
                    ))}
                  </ul>
                )
              }
            </QueryBlock>
          </Panel>
        </div>
        <div className={styles.column}>
          <Panel title={reviewWords.differences.title}>
            <DifferenceList />
          </Panel>
          <ControlPanel />
        </div>
      </div>
    </>
  )
}
