import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { SessionBody } from '#contract/dashboard/session.ts'
import { operationQuery } from '../../../../api/query.ts'
import { type Changes, present } from '../../../../api/search.ts'
import { useSession } from '../../../../api/session.ts'
import { FilterBar } from '../../../../components/filter-bar/filter-bar.tsx'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { RangeDates } from '../../../../components/range-filter/range-filter.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { useTicking } from '../../../../format/now.ts'
import { today as todayIn } from '../../../../format/time.ts'
import { payrollWords } from '../../../../words/payroll.ts'
import { monthFrom, type PayrollSearch } from './search.ts'
import { TemplateDesk } from './template-desk.tsx'

/** Hours for payroll: choose the month and the form, look at the lines, take the file. */
export function PayrollPage() {
  const session = useSession()
  return session && <Payroll session={session} />
}

function Payroll({ session }: { readonly session: SessionBody }) {
  const w = payrollWords
  const search = useSearch({ from: '/_app/attendance/payroll' })
  const navigate = useNavigate({ from: '/attendance/payroll' })
  const change = (changes: Changes<PayrollSearch>) =>
    void navigate({ search: old => present({ ...old, ...changes }), replace: true, resetScroll: false })
  const today = useTicking(now => todayIn(session.TimeZone, now))
  const last = monthFrom(today, -1)
  const current = { from: monthFrom(today, 0).from, to: today }
  const range = { from: search.from ?? last.from, to: search.to ?? last.to }
  const query = useQuery({ ...operationQuery('attendance.payrollTemplates', {}), staleTime: 60_000 })
  const chosen =
    range.from === last.from && range.to === last.to
      ? 'last'
      : range.from === current.from && range.to === current.to
        ? 'current'
        : ''
  return (
    <>
      <PageHeader title={w.title} lead={w.lead} />
      <FilterBar
        lead={
          <Segmented
            label={w.month}
            value={chosen}
            options={[
              { value: 'last', label: w.lastMonth },
              { value: 'current', label: w.thisMonth },
            ]}
            onChange={month => change(month === 'last' ? { from: undefined, to: undefined } : current)}
          />
        }
        active={0}
        onClear={() => undefined}
      >
        <RangeDates range={range} today={today} onChange={change} />
      </FilterBar>
      <QueryBlock query={query} pending={<SkeletonPanel rows={10} />}>
        {({ Templates }) => {
          const template = Templates.find(({ TemplateID }) => TemplateID === search.template) ?? Templates[0]
          return (
            template && (
              <TemplateDesk
                // What was changed of one form is no change of the next.
                key={`${template.TemplateID} ${template.SavedAt}`}
                template={template}
                templates={Templates}
                range={range}
                onChoose={id => change({ template: id })}
              />
            )
          )
        }}
      </QueryBlock>
    </>
  )
}
