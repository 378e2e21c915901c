import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { OperationAnswer } from '#contract/types.ts'
import { operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { useAge } from '../../../../components/age/age.tsx'
import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { SkeletonPanel } from '../../../../components/page-states/skeleton-panel.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { useTicking } from '../../../../format/now.ts'
import { count } from '../../../../format/number.ts'
import { instantFull, today as todayIn, wallClock, wallDayShort } from '../../../../format/time.ts'
import { words } from '../../../../words/index.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import { lastDays } from './clock-change.ts'
import styles from './days-panel.module.css'
import type { DeviceInfo } from './device-info.ts'

type Answer = OperationAnswer<'devices.days'>
type Day = Answer['Days'][number]

const shownDays = 14
const lookAgainMs = 30_000
const tones: Record<Day['State'], Tone> = { complete: 'ok', running: 'accent', missing: 'warn' }

/** Of each of the last two weeks' days: whether everything the terminal recorded is here, and if not, why. */
export function DaysPanel({ device }: { readonly device: DeviceInfo }) {
  const w = terminalWords.dayList
  const today = useTicking(now => todayIn(device.TimeZone, now))
  const query = useQuery({
    ...operationQuery('devices.days', { DeviceSN: device.DeviceSN, ...lastDays(today, shownDays) }),
    refetchInterval: lookAgainMs,
  })
  return (
    <QueryBlock query={query} pending={<SkeletonPanel rows={8} />}>
      {answer => (
        <Panel title={w.title} updatedAt={query.dataUpdatedAt} flush>
          <Says answer={answer} timeZone={device.TimeZone} />
          {answer.Days.length > 0 && (
            <Days days={daysToShow(answer.Days, device)} deviceSN={device.DeviceSN} />
          )}
        </Panel>
      )}
    </QueryBlock>
  )
}

/** Newest first; of the time before it first called only days it has told of. */
function daysToShow(days: readonly Day[], { FirstSeen, TimeZone }: DeviceInfo): Day[] {
  const first = todayIn(TimeZone, Date.parse(FirstSeen))
  return days.filter(({ Date: day, Punches }) => Punches > 0 || day >= first).toReversed()
}

function Says({ answer, timeZone }: { readonly answer: Answer; readonly timeZone: string }) {
  const w = terminalWords.dayList
  const [day] = answer.Days
  const stated = useAge(day?.StatedAt ?? null)
  if (day === undefined) return <p className={styles.says}>{w.notAdopted}</p>
  const says = [
    day.CompleteThrough === null ? w.throughNone : w.through(instantFull(day.CompleteThrough, timeZone)),
    answer.StatedLogs === null || day.StatedAt === null
      ? w.statedNone
      : w.stated(count(answer.StatedLogs), stated),
  ]
  return (
    <p className={styles.says}>
      {says.join(' ')} {day.Held !== null && day.Held > 0 && <strong>{w.held(day.Held)}</strong>}
    </p>
  )
}

function Days({ days, deviceSN }: { readonly days: readonly Day[]; readonly deviceSN: string }) {
  const w = terminalWords.dayList
  const maySeePunches = useCan('attendance:read')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section className={styles.scroller} aria-label={w.table} tabIndex={0}>
      <table className={styles.table}>
        <caption className="visually-hidden">{w.lead}</caption>
        <thead>
          <tr>
            <th scope="col">{w.columns.day}</th>
            <th scope="col" data-end>
              {w.columns.punches}
            </th>
            <th scope="col">{w.columns.last}</th>
            <th scope="col">{w.columns.state}</th>
          </tr>
        </thead>
        <tbody>
          {days.map(day => (
            <tr key={day.Date}>
              <th scope="row">{wallDayShort(day.Date)}</th>
              <td data-end>
                {maySeePunches && day.Punches > 0 ? (
                  <Link to="/attendance" search={{ from: day.Date, to: day.Date, device: deviceSN }}>
                    {count(day.Punches)}
                  </Link>
                ) : (
                  count(day.Punches)
                )}
              </td>
              <td>{day.LastPunch ? wallClock(day.LastPunch) : words.parts.none}</td>
              <td className={styles.state}>
                <Badge tone={tones[day.State]} icon={day.State === 'complete' ? 'check' : 'clock'}>
                  {w.states[day.State]}
                </Badge>{' '}
                <span>{whyOf(day)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function whyOf({ Why, Since }: Day): string {
  const w = terminalWords.dayList.why
  if (Why === null) return ''
  return Since === null ? w.never : w[Why](`${wallDayShort(Since)}, ${wallClock(Since)}`)
}
