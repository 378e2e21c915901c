import { Badge } from '../../../../components/badge/badge.tsx'
import { countedDirection } from '../../../../components/corrections/guessed-direction.ts'
import { PunchActions } from '../../../../components/corrections/punch-actions.tsx'
import { wallClock, wallDayShort, zoneName } from '../../../../format/time.ts'
import { reviewWords } from '../../../../words/attendance-review.ts'
import { words } from '../../../../words/index.ts'
import type { DayBehind } from './exception-day.ts'
import styles from './inbox.module.css'

/** The punches of a day in order of time, each with what it counts as and what can be done about it. */
export function PunchRows({
  day,
  code,
  mayCorrect,
}: {
  readonly day: DayBehind
  readonly code: string
  readonly mayCorrect: boolean
}) {
  const w = reviewWords.sheet
  if (day.Punches.length === 0) return <p className={styles.quiet}>{w.noPunches}</p>
  return (
    <ul className={styles.punches}>
      {day.Punches.map(punch => {
        const isSameDay = punch.AttendanceLog.startsWith(day.Cell.Date)
        const isGuess = punch.RoleReason === 'key_contradicts_order'
        return (
          <li key={punch.OperationID} className={styles.punch} data-unused={!punch.Used || undefined}>
            <div className={styles.line}>
              <time className={styles.times} dateTime={punch.At}>
                {!isSameDay && `${wallDayShort(punch.AttendanceLog)} `}
                {wallClock(punch.AttendanceLog)}{' '}
                <span className={styles.quiet}>{zoneName(punch.TimeZone, new Date(punch.At))}</span>
              </time>
              <span>{words.punches.direction[punch.Pressed]}</span>
              {punch.Role && <span className={styles.quiet}>{w.counts(w.roles[punch.Role])}</span>}
              {isGuess && punch.Confidence !== null && (
                <Badge tone="unknown">{w.guessed(`${Math.round(punch.Confidence * 100)} %`)}</Badge>
              )}
              {punch.WhyNot && <Badge>{w.unused[punch.WhyNot]}</Badge>}
              {punch.Late && <Badge tone="warn">{w.cameLate}</Badge>}
              {punch.Added && <Badge tone="accent">{w.added}</Badge>}
              <span className={styles.end}>{punch.LabelName}</span>
            </div>
            {mayCorrect && punch.Used && (
              <PunchActions
                employeeCode={code}
                punch={{
                  id: punch.OperationID,
                  localTime: punch.AttendanceLog,
                  direction: countedDirection(punch),
                }}
              />
            )}
          </li>
        )
      })}
    </ul>
  )
}
