import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { maskText } from '#contract/file-headers.ts'
import { useCan } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { PunchActions } from '../../../../components/corrections/punch-actions.tsx'
import { TurnGuess } from '../../../../components/corrections/turn-guess.tsx'
import type { TurningGuess } from '../../../../components/corrections/use-turn-guess.ts'
import { MethodMark } from '../../../../components/punches/punch-marks.tsx'
import { stampClock, stampMinute, stampOffset } from '../../../../format/stamp.ts'
import { instantFull, zoneName } from '../../../../format/time.ts'
import { daysWords } from '../../../../words/attendance-days.ts'
import { words } from '../../../../words/index.ts'
import { PunchPhoto } from '../-attendance/punch-photo.tsx'
import { clockText, type ExplainedDay, type ExplainedPunch, punchUse } from './explanation-text.ts'
import styles from './person-sheet.module.css'

/** Every punch of the day, counted or not, with what speaks for and against its time, and its photo on demand. */
export function DayPunches({
  day,
  guess,
  mayLook,
}: {
  readonly day: ExplainedDay
  readonly guess: TurningGuess
  readonly mayLook: boolean
}) {
  const w = daysWords.drawer
  return (
    <section>
      <h3 className={styles.heading}>{w.punches}</h3>
      <TurnGuess {...guess} />
      {day.Punches.length === 0 && <p className={styles.note}>{w.noPunches}</p>}
      <ol className={styles.punches}>
        {day.Punches.map(punch => (
          <PunchItem key={punch.OperationID} punch={punch} mayLook={mayLook} />
        ))}
      </ol>
      {day.Punches.length > 0 && (
        <p className={styles.note}>
          <Link
            to="/attendance"
            search={{ from: day.Cell.Date, to: day.Cell.Date, person: day.EmployeeCode }}
          >
            {w.allPunches}
          </Link>
        </p>
      )}
    </section>
  )
}

function PunchItem({ punch, mayLook }: { readonly punch: ExplainedPunch; readonly mayLook: boolean }) {
  const w = daysWords.drawer
  const mayCorrect = useCan('attendance:correct')
  const [isOpen, setOpen] = useState(false)
  const isRounded = punch.Counted !== null && punch.Counted !== punch.At
  return (
    <li className={styles.punch} data-unused={!punch.Used || undefined}>
      <time className={styles.when} dateTime={punch.At}>
        {stampClock(punch.At)}{' '}
        <small title={stampOffset(punch.At)}>{zoneName(punch.TimeZone, Date.parse(punch.At))}</small>
      </time>
      <div className={styles.what}>
        <span className={styles.role}>
          <MethodMark method={punch.Type} />
          {punchUse(punch)}
        </span>
        <span className={styles.quiet}>
          {[
            punch.LabelName,
            w.pressed(words.punches.direction[punch.Pressed]),
            isRounded && punch.Counted ? w.counted(stampMinute(punch.Counted)) : '',
            punch.Added ? w.added : clockText(punch.ClockSkewSeconds),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {punch.Late && !punch.Added && (
          <span className={styles.doubt}>{w.lateArrival(instantFull(punch.ReceivedAt, punch.TimeZone))}</span>
        )}
      </div>
      {mayCorrect && punch.WhyNot === null && !isOpen && (
        <Button
          look="quiet"
          size="small"
          icon="edit"
          aria-label={w.correct}
          title={w.correct}
          onClick={() => setOpen(true)}
        />
      )}
      {isOpen && (
        <div className={styles.whole}>
          <PunchActions
            employeeCode={punch.EmployeeCode}
            punch={{
              id: punch.OperationID,
              localTime: punch.AttendanceLog,
              direction: punch.Role === null ? punch.Pressed : directionOf(punch.Role, punch.Pressed),
            }}
          />
        </div>
      )}
      {mayLook && !punch.Added && punch.EmployeeCode !== maskText && (
        <div className={styles.photo}>
          <PunchPhoto punch={punch} isSmall />
        </div>
      )}
    </li>
  )
}

/** What a punch counts as, in the words of keys. */
function directionOf(
  role: NonNullable<ExplainedPunch['Role']>,
  pressed: ExplainedPunch['Pressed'],
): ExplainedPunch['Pressed'] {
  if (role === 'in') return 'CheckIn'
  if (role === 'out') return 'CheckOut'
  if (role === 'between') return pressed
  return role === 'break_start' ? 'BreakOut' : 'BreakIn'
}
