import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { operationQuery } from '../../../../api/query.ts'
import { present } from '../../../../api/search.ts'
import { useCan } from '../../../../api/session.ts'
import { PageHeader } from '../../../../components/page-header/page-header.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { doorWords } from '../../../../words/door-pages.ts'
import { DoorTabs } from '../-doors/door-tabs.tsx'
import { HolidayPanel } from './holiday-panel.tsx'
import { ScheduleForm } from './schedule-form.tsx'
import styles from './schedule-page.module.css'

/** Windows and holidays of one terminal, as wanted and as it holds them. */
export function SchedulePage() {
  const w = doorWords.schedule
  const search = useSearch({ from: '/_app/doors/schedule' })
  const navigate = useNavigate({ from: '/doors/schedule' })
  const status = useQuery(operationQuery('doors.status', {}))
  const mayChange = useCan('doors:schedule')
  const doors = status.data?.Doors ?? []
  const terminals = [...new Map(doors.map(door => [door.DeviceSN, door])).values()]
  const terminal = terminals.find(({ DeviceSN }) => DeviceSN === search.terminal) ?? terminals[0]
  const change = (changes: { terminal?: string | undefined; schedule?: number | undefined }) =>
    void navigate({ search: old => present({ ...old, ...changes }), replace: true, resetScroll: false })
  return (
    <>
      <PageHeader title={w.title} lead={mayChange ? w.lead : w.readOnly} />
      <DoorTabs />
      <QueryBlock query={status}>
        {() =>
          terminal ? (
            <>
              <label className={styles.pick}>
                {w.terminal}
                <select
                  className="gh-select"
                  value={terminal.DeviceSN}
                  onChange={event => change({ terminal: event.target.value, schedule: undefined })}
                >
                  {terminals.map(each => (
                    <option key={each.DeviceSN} value={each.DeviceSN}>
                      {`${each.LabelName} · ${each.Site}`}
                    </option>
                  ))}
                </select>
              </label>
              <Terminal
                key={terminal.DeviceSN}
                sn={terminal.DeviceSN}
                timeZone={terminal.TimeZone}
                chosen={search.schedule}
                mayChange={mayChange}
                onChoose={schedule => change({ terminal: terminal.DeviceSN, schedule })}
              />
            </>
          ) : (
            <EmptyState icon="doors" title={w.noTerminals}>
              {w.noTerminalsBody}
            </EmptyState>
          )
        }
      </QueryBlock>
    </>
  )
}

function Terminal({
  sn,
  timeZone,
  chosen,
  mayChange,
  onChoose,
}: {
  readonly sn: string
  readonly timeZone: string
  readonly chosen: number | undefined
  readonly mayChange: boolean
  readonly onChoose: (schedule: number) => void
}) {
  const w = doorWords.schedule
  const query = useQuery(operationQuery('doors.schedules', { DeviceSN: sn }))
  return (
    <QueryBlock query={query}>
      {held => {
        const ids = held.Schedules.map(({ ScheduleID }) => ScheduleID)
        const free = Array.from({ length: 50 }, (_, at) => at + 1).find(id => !ids.includes(id)) ?? 50
        const current = chosen ?? ids[0] ?? free
        return (
          <div className={styles.page}>
            <label className={styles.pick}>
              {w.schedule}
              <select
                className="gh-select"
                value={current}
                onChange={event => onChoose(Number(event.target.value))}
              >
                {held.Schedules.map(({ ScheduleID, Name }) => (
                  <option key={ScheduleID} value={ScheduleID}>
                    {Name ?? `${w.schedule} ${ScheduleID}`}
                  </option>
                ))}
                {!ids.includes(current) && <option value={current}>{`${w.add} (${current})`}</option>}
                {current !== free && mayChange && <option value={free}>{`${w.add} (${free})`}</option>}
              </select>
            </label>
            <ScheduleForm
              key={current}
              sn={sn}
              timeZone={timeZone}
              id={current}
              held={held}
              mayChange={mayChange}
            />
            <HolidayPanel key={`${sn}-holidays`} sn={sn} held={held} mayChange={mayChange} />
          </div>
        )
      }}
    </QueryBlock>
  )
}
