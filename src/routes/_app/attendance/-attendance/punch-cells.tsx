import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Badge } from '../../../../components/badge/badge.tsx'
import { skewMaxSeconds } from '../../../../components/devices/device-health.tsx'
import {
  DirectionMark,
  MethodMark,
  type Punch,
  PunchTime,
  personLabel,
} from '../../../../components/punches/punch-marks.tsx'
import type { DayRange } from '../../../../format/day.ts'
import { span } from '../../../../format/span.ts'
import { instantFull, instantTime, wallDayShort } from '../../../../format/time.ts'
import { attendanceWords } from '../../../../words/attendance.ts'
import { words } from '../../../../words/index.ts'
import styles from './punch-cells.module.css'
import { delayOf, isHidden, punchLinkId } from './punch-facts.ts'

interface RowProps {
  readonly punch: Punch
  /** Days of the list: named in the link to a punch, so that it still finds it tomorrow. */
  readonly range: DayRange
}

/** Opens the punch; the link covers its whole row. */
function PunchLink({ punch, range, children }: RowProps & { readonly children: ReactNode }) {
  return (
    <Link
      from="/attendance/"
      to="."
      search={old => ({ ...old, ...range, punch: punch.OperationID, at: punch.AttendanceLog })}
      resetScroll={false}
      id={punchLinkId(punch.OperationID)}
      className={styles.link}
    >
      {children}
    </Link>
  )
}

export function TimeCell({ punch, range }: RowProps) {
  return (
    <PunchLink punch={punch} range={range}>
      {range.from !== range.to && <span className={styles.day}>{wallDayShort(punch.AttendanceLog)}</span>}
      <span title={punch.LogTime}>
        <PunchTime punch={punch} />
      </span>
    </PunchLink>
  )
}

export function PersonCell({ punch }: { readonly punch: Punch }) {
  if (isHidden(punch))
    return (
      <span className={styles.hidden} title={words.punches.hiddenPersonWhy}>
        {punch.EmployeeCode}
      </span>
    )
  return (
    <>
      <span className={styles.name}>{personLabel(punch)}</span>
      {punch.EmployeeName && <span className={styles.quiet}>{punch.EmployeeCode}</span>}
    </>
  )
}

export function TerminalCell({ punch }: { readonly punch: Punch }) {
  return (
    <>
      <span>{punch.LabelName}</span>
      <span className={styles.quiet}>{punch.Site}</span>
    </>
  )
}

export function FlagBadges({ punch }: { readonly punch: Punch }) {
  return punch.Flags.map(flag => (
    <Badge
      key={flag}
      tone={flag === 'implausible_time' ? 'danger' : flag === 'late_arrival' ? 'warn' : 'unknown'}
      title={words.punches.flags[flag]}
    >
      {attendanceWords.shortFlags[flag]}
    </Badge>
  ))
}

/** When it arrived here, and how long after: most arrive at once, and only then is the clock the news. */
export function ReceivedCell({ punch }: { readonly punch: Punch }) {
  const delay = delayOf(punch)
  return (
    <time
      className={styles.received}
      dateTime={punch.ReceivedAt}
      title={instantFull(punch.ReceivedAt, punch.TimeZone)}
    >
      {instantTime(punch.ReceivedAt, punch.TimeZone)}
      {delay !== null && Math.abs(delay) >= 1 && (
        <span
          className={styles.delay}
          data-odd={delay < -skewMaxSeconds || punch.Flags.includes('late_arrival') || undefined}
        >
          {delay > 0 ? attendanceWords.after(span(delay)) : attendanceWords.before(span(delay))}
        </span>
      )}
    </time>
  )
}

/** The whole punch in two lines, for the phone. */
export function PunchSummary({ punch, range }: RowProps) {
  return (
    <div className={styles.summary}>
      <span className={styles.line}>
        <span className={styles.clip}>
          <PersonCell punch={punch} />
        </span>
        <TimeCell punch={punch} range={range} />
      </span>
      <span className={styles.line}>
        <span className={styles.clip} data-quiet>
          {punch.LabelName}
        </span>
        <span className={styles.marks}>
          <FlagBadges punch={punch} />
          <DirectionMark direction={punch.Direction} />
          <MethodMark method={punch.Type} />
        </span>
      </span>
    </div>
  )
}
