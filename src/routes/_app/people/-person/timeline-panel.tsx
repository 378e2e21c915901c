import { useQuery } from '@tanstack/react-query'
import { serverNow } from '../../../../api/clock.ts'
import { operationQuery } from '../../../../api/query.ts'
import { useCan, useSession } from '../../../../api/session.ts'
import { Icon, type IconName } from '../../../../components/icon/icon.tsx'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { ErrorBlock } from '../../../../components/page-states/error-state.tsx'
import { SkeletonRows } from '../../../../components/page-states/skeleton.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { DirectionMark, MethodMark } from '../../../../components/punches/punch-marks.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { shiftDay } from '../../../../format/day.ts'
import { today, wallClock, wallDay } from '../../../../format/time.ts'
import { doorWords } from '../../../../words/door-pages.ts'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import { becameWhat, whatChanged } from './change-words.ts'
import { type Moment, momentsByDay } from './timeline.ts'
import styles from './timeline-panel.module.css'
import { type PersonRecord, usePersonSearch } from './use-person.ts'

/** Of each kind; what is beyond is said to be left out. */
const rowsMax = 200
const icons: Record<Moment['kind'], IconName> = { punch: 'attendance', door: 'doors', change: 'edit' }

/** What a person did and what was done to them, in one order. */
export function TimelinePanel({ person }: { readonly person: PersonRecord }) {
  const w = peopleWords.person.timeline
  const zone = useSession()?.TimeZone ?? 'UTC'
  const [{ days = 30 }, change] = usePersonSearch()
  const to = today(zone, serverNow())
  const { punches, doors, changes, maySeePunches, maySeeDoors } = useMoments(
    person.EmployeeCode,
    shiftDay(to, 1 - days),
    to,
  )
  const from = shiftDay(to, 1 - days)
  const shown = momentsByDay(
    {
      punches: punches.data?.Attendance ?? [],
      doors: doors.data?.Events ?? [],
      changes: (changes.data?.Changes ?? []).filter(each => each.At.slice(0, 10) >= shiftDay(from, -1)),
    },
    instant => localTime(instant, zone),
  )
  const all = [punches, doors, changes]
  const failed = all.find(query => query.isError && query.data === undefined)
  const isWaiting = all.some(query => query.isLoading)
  const isCut =
    (punches.data?.ActualRowCount ?? 0) > rowsMax ||
    (doors.data?.Events.length ?? 0) >= rowsMax ||
    (changes.data?.Changes.length ?? 0) >= rowsMax
  return (
    <Panel
      title={w.title}
      updatedAt={changes.dataUpdatedAt}
      flush
      actions={
        <Segmented
          label={w.days}
          value={String(days) as '7' | '30' | '90'}
          options={(['7', '30', '90'] as const).map(value => ({ value, label: w.day[value] }))}
          onChange={value => change({ days: value === '30' ? undefined : Number(value) })}
        />
      }
    >
      {failed ? (
        <ErrorBlock error={failed.error} onRetry={() => void failed.refetch()} />
      ) : isWaiting ? (
        <div className={styles.foot}>
          <SkeletonRows rows={8} />
        </div>
      ) : shown.length === 0 ? (
        <EmptyState icon="clock" title={w.none}>
          {w.noneBody}
        </EmptyState>
      ) : (
        shown.map(({ day, moments }) => (
          <section key={day} aria-label={wallDay(day)}>
            <h3 className={styles.day}>{wallDay(day)}</h3>
            <ul className={styles.list}>
              {moments.map(moment => (
                <li key={moment.id} className={styles.moment}>
                  <time className={styles.time} dateTime={moment.at.replace(' ', 'T')}>
                    {wallClock(moment.at)}
                  </time>
                  <Icon name={icons[moment.kind]} />
                  <What moment={moment} />
                </li>
              ))}
            </ul>
          </section>
        ))
      )}
      {(isCut || !maySeePunches || !maySeeDoors) && (
        <p className={styles.foot}>
          {[isCut ? w.cut : '', maySeePunches ? '' : w.hidden, maySeeDoors ? '' : w.doorsHidden]
            .filter(Boolean)
            .join(' ')}
        </p>
      )}
    </Panel>
  )
}

function What({ moment }: { readonly moment: Moment }) {
  if (moment.kind === 'punch')
    return (
      <span className={styles.what}>
        <DirectionMark direction={moment.punch.Direction} />
        <MethodMark method={moment.punch.Type} />
        <span className={styles.note}>
          {moment.punch.LabelName} · {moment.punch.Site}
        </span>
      </span>
    )
  if (moment.kind === 'door')
    return (
      <span className={styles.what}>
        {doorWords.page.events[moment.event.Event]}
        <span className={styles.note}>
          {moment.event.LabelName} · {words.doors.number(String(moment.event.DoorNo))}
          {moment.event.Detail && ` · ${moment.event.Detail}`}
        </span>
      </span>
    )
  return (
    <span className={styles.what}>
      {whatChanged(moment.change)}
      <span>{becameWhat(moment.change)}</span>
      <span className={styles.note}>{moment.change.Actor ?? peopleWords.person.changes.system}</span>
    </span>
  )
}

function useMoments(EmployeeCode: string, FromDate: string, ToDate: string) {
  const maySeePunches = useCan('attendance:read')
  const maySeeDoors = useCan('attendance:identify')
  const punches = useQuery({
    ...operationQuery('attendance.byEmployee', {
      EmployeeCode,
      FromDate,
      ToDate,
      Order: 'desc',
      Limit: rowsMax,
    }),
    enabled: maySeePunches,
  })
  const doors = useQuery({
    ...operationQuery('users.doorEvents', { EmployeeCode, FromDate, ToDate, Limit: rowsMax }),
    enabled: maySeeDoors,
  })
  const changes = useQuery(operationQuery('users.changes', { EmployeeCode, Limit: rowsMax }))
  return { punches, doors, changes, maySeePunches, maySeeDoors }
}

/** A moment on the wall clock of a zone, as `YYYY-MM-DD HH:MM:SS`. */
function localTime(instant: string, timeZone: string): string {
  const at = Date.parse(instant)
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(at)
  return `${today(timeZone, at)} ${clock}`
}
