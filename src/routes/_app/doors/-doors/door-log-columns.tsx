import { Link } from '@tanstack/react-router'
import { useCan } from '../../../../api/session.ts'
import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import type { Column } from '../../../../components/data-table/data-table.tsx'
import type { IconName } from '../../../../components/icon/icon.tsx'
import { instantFull, instantTime, wallClock, wallDayShort, zoneName } from '../../../../format/time.ts'
import { doorWords } from '../../../../words/door-pages.ts'
import { words } from '../../../../words/index.ts'
import styles from './door-log-columns.module.css'
import type { LogRow } from './door-log-rows.ts'

/** What the proxy writes over text a role may not see. */
const masked = '•••'

const looks: Record<LogRow['Event'], { tone: Tone; icon: IconName }> = {
  Opened: { tone: 'neutral', icon: 'doors' },
  Closed: { tone: 'neutral', icon: 'lock' },
  ExitButton: { tone: 'neutral', icon: 'out' },
  Forced: { tone: 'danger', icon: 'warning' },
  Tamper: { tone: 'danger', icon: 'warning' },
  AlarmCancelled: { tone: 'ok', icon: 'check' },
  RemoteOpen: { tone: 'accent', icon: 'external' },
  RemoteClose: { tone: 'accent', icon: 'external' },
  Locked: { tone: 'accent', icon: 'lock' },
  Unlocked: { tone: 'accent', icon: 'doors' },
  Granted: { tone: 'ok', icon: 'check' },
  Denied: { tone: 'warn', icon: 'warning' },
  HeldOpen: { tone: 'warn', icon: 'warning' },
  Duress: { tone: 'danger', icon: 'warning' },
  StateChanged: { tone: 'neutral', icon: 'doors' },
  Other: { tone: 'neutral', icon: 'question' },
}

type NameOf = (actor: string | null) => string | null
type OnWhy = (eventId: string) => void

/** The log's columns on a wide screen. */
export function logColumns(nameOf: NameOf, onWhy: OnWhy): Column<LogRow>[] {
  const w = doorWords.page
  return [
    { id: 'when', header: w.when, width: '256px', cell: row => <When row={row} /> },
    {
      id: 'event',
      header: w.event,
      width: 'minmax(220px, 2fr)',
      cell: row => <Event row={row} onWhy={onWhy} />,
    },
    { id: 'door', header: w.door, width: 'minmax(190px, 2fr)', cell: row => <Place row={row} /> },
    { id: 'person', header: w.person, width: '150px', cell: row => <Person row={row} nameOf={nameOf} /> },
    { id: 'received', header: w.received, width: '110px', cell: row => <Received row={row} /> },
  ]
}

/** One column of two lines, for the phone. */
export function logNarrowColumns(nameOf: NameOf, onWhy: OnWhy): Column<LogRow>[] {
  return [
    {
      id: 'event',
      header: doorWords.page.log,
      width: 'minmax(0, 1fr)',
      cell: row => (
        <div className={styles.summary}>
          <span className={styles.line}>
            <Event row={row} onWhy={onWhy} />
            <When row={row} />
          </span>
          <span className={styles.line} data-quiet>
            <Place row={row} />
            <Person row={row} nameOf={nameOf} />
          </span>
        </div>
      ),
    },
  ]
}

function eventText(row: LogRow): string {
  // An order of ours that the door confirms, and an opening from somewhere else, are not the same thing.
  if (row.Event === 'RemoteOpen' && row.CommandID !== null) return doorWords.page.fromHere
  return doorWords.page.events[row.Event] ?? row.Event
}

function When({ row }: { readonly row: LogRow }) {
  return (
    <time dateTime={row.EventTime.replace(' ', 'T')}>
      <span className={styles.day}>{wallDayShort(row.EventTime)}</span>
      {wallClock(row.EventTime)}
      {row.TimeZone && (
        <span className={styles.zone}>{zoneName(row.TimeZone, Date.parse(row.ReceivedAt))}</span>
      )}
    </time>
  )
}

function Event({ row, onWhy }: { readonly row: LogRow; readonly onWhy: OnWhy }) {
  const { EventID } = row
  // A gateway elsewhere may be newer than this build.
  const { tone, icon } = looks[row.Event] ?? looks.Other
  return (
    <span className={styles.event}>
      <Badge tone={tone} icon={icon}>
        {eventText(row)}
      </Badge>
      {row.Detail && (
        <span className={styles.detail} title={row.Detail}>
          {row.Detail}
        </span>
      )}
      {row.Event === 'Denied' && EventID && (
        <Button size="small" look="quiet" onClick={() => onWhy(EventID)}>
          {doorWords.access.why}
        </Button>
      )}
    </span>
  )
}

/** A name is cut before the number that tells its doors apart. */
function Place({ row }: { readonly row: LogRow }) {
  const number = row.Number === null ? '' : words.doors.number(String(row.Number))
  return (
    <span className={styles.place} title={[row.Name, number, row.Site].filter(Boolean).join(' · ')}>
      <span className={styles.name}>{row.Name}</span>
      {number && <span className={styles.number}>{number}</span>}
      <span className={styles.site}>{row.Site}</span>
    </span>
  )
}

function Person({ row, nameOf }: { readonly row: LogRow; readonly nameOf: NameOf }) {
  // Of an order from afar it is whoever ordered it, a person of their own or the admin.
  if (row.EmployeeCode === null) return nameOf(row.Actor)
  const isMasked = row.EmployeeCode === masked
  return <span title={isMasked ? words.punches.hiddenPersonWhy : undefined}>{row.EmployeeCode}</span>
}

function Received({ row }: { readonly row: LogRow }) {
  const mayTrace = useCan('webhooks:read')
  const time = (
    <time
      className={styles.muted}
      dateTime={row.ReceivedAt}
      title={instantFull(row.ReceivedAt, row.TimeZone ?? 'UTC')}
    >
      {instantTime(row.ReceivedAt, row.TimeZone ?? 'UTC')}
    </time>
  )
  // An event has the id it is told under to others.
  return mayTrace && row.EventID ? (
    <Link
      to="/webhooks/deliveries"
      search={{ trace: `d${row.EventID}` }}
      title={doorWords.page.trace}
      className={styles.trace}
    >
      {time}
    </Link>
  ) : (
    time
  )
}
