import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { operationQuery } from '../../../../api/query.ts'
import { type Changes, present } from '../../../../api/search.ts'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { reviewWords } from '../../../../words/attendance-review.ts'
import { AffectedPeople } from './affected-people.tsx'
import { OutageForm } from './outage-form.tsx'
import { OutageList } from './outage-list.tsx'
import { ProposalPanel } from './proposal-panel.tsx'
import styles from './repair.module.css'
import { RepairList } from './repair-list.tsx'
import type { RepairSearch } from './search.ts'
import { useOutage } from './use-outage.ts'

/** Three steps: which outage, who was there, one reason for all. */
export function RepairPage() {
  const w = reviewWords.repair
  const search = useSearch({ from: '/_app/attendance/repair' })
  const navigate = useNavigate({ from: '/attendance/repair' })
  const change = (changes: Changes<RepairSearch>) =>
    void navigate({ search: old => present({ ...old, ...changes }), replace: true, resetScroll: false })
  const outage = useOutage(search, change)
  const { device, from, to, incident } = search
  const isAsked = device !== undefined && from !== undefined && to !== undefined
  const input = {
    DeviceSN: device ?? '',
    FromDate: wallOf(from),
    ToDate: wallOf(to),
    ...(incident === undefined ? {} : { IncidentID: incident }),
  }
  const query = useQuery({ ...operationQuery('attendance.proposeRepair', input), enabled: isAsked })
  return (
    <>
      <PageHeader title={w.title} lead={w.lead} />
      <div className={styles.steps}>
        <Panel title={w.which}>
          <div className={styles.form}>
            <OutageList search={search} onChoose={change} />
            <OutageForm key={`${device} ${from} ${to}`} search={search} outage={outage} onChange={change} />
          </div>
        </Panel>
        {isAsked && (
          <QueryBlock query={query}>
            {proposal =>
              proposal.Punches.length === 0 ? (
                <Panel title={w.who}>
                  {proposal.Affected && <AffectedPeople affected={proposal.Affected} />}
                  <EmptyState compact icon="check" title={w.nobody}>
                    {w.nobodyBody}
                  </EmptyState>
                </Panel>
              ) : (
                <ProposalPanel key={JSON.stringify(input)} proposal={proposal} input={input} />
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
