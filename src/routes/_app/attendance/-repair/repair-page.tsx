import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { operationQuery } from '../../../../api/query.ts'
import { present } from '../../../../api/search.ts'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { reviewWords } from '../../../../words/attendance-review.ts'
import { OutageForm } from './outage-form.tsx'
import { ProposalPanel } from './proposal-panel.tsx'
import styles from './repair.module.css'
import { RepairList } from './repair-list.tsx'

/** Three steps: which outage, who was there, one reason for all. */
export function RepairPage() {
  const w = reviewWords.repair
  const search = useSearch({ from: '/_app/attendance/repair' })
  const navigate = useNavigate({ from: '/attendance/repair' })
  const { device, from, to } = search
  const isAsked = device !== undefined && from !== undefined && to !== undefined
  const input = { DeviceSN: device ?? '', FromDate: wallOf(from), ToDate: wallOf(to) }
  const query = useQuery({ ...operationQuery('attendance.proposeRepair', input), enabled: isAsked })
  return (
    <>
      <PageHeader title={w.title} lead={w.lead} />
      <div className={styles.steps}>
        <Panel title={w.which}>
          <OutageForm
            key={`${device} ${from} ${to}`}
            search={search}
            onChange={next => void navigate({ search: present({ ...search, ...next }), replace: true })}
          />
        </Panel>
        {isAsked && (
          <QueryBlock query={query}>
            {proposal =>
              proposal.Punches.length === 0 ? (
                <Panel title={w.who}>
                  <EmptyState compact icon="check" title={w.nobody}>
                    {w.nobodyBody}
                  </EmptyState>
                </Panel>
              ) : (
                <ProposalPanel
                  key={query.dataUpdatedAt}
                  proposal={proposal}
                  input={input}
                  incident={search.incident}
                />
              )
            }
          </QueryBlock>
        )}
        <RepairList />
      </div>
    </>
  )
}

function wallOf(minute: string | undefined): string {
  return (minute ?? '').replace('T', ' ')
}
