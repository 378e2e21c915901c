import { Link } from '@tanstack/react-router'
import { useCan } from '../../../../api/session.ts'
import { CopyButton } from '../../../../components/copy-button/copy-button.tsx'
import { Facts } from '../../../../components/facts/facts.tsx'
import { Icon } from '../../../../components/icon/icon.tsx'
import { DirectionMark, MethodMark, type Punch } from '../../../../components/punches/punch-marks.tsx'
import { span } from '../../../../format/span.ts'
import { instantFull, wallClock, wallDay, zoneName } from '../../../../format/time.ts'
import { attendanceWords } from '../../../../words/attendance.ts'
import { words } from '../../../../words/index.ts'
import { FlagBadges } from './punch-cells.tsx'
import { delayOf, isHidden, momentOf, statedOffset } from './punch-facts.ts'
import { PunchPhoto } from './punch-photo.tsx'
import styles from './punch-proof.module.css'

/** Everything that is known of a punch, with nothing made up: where, when by which clock, and what to doubt. */
export function PunchProof({ punch }: { readonly punch: Punch }) {
  const w = attendanceWords.sheet
  const mayLook = useCan('attendance:photo')
  const mayTrace = useCan('webhooks:read')
  return (
    <>
      <div className={styles.marks}>
        <DirectionMark direction={punch.Direction} />
        <MethodMark method={punch.Type} />
        <FlagBadges punch={punch} />
      </div>
      {punch.Flags.map(flag => (
        <p key={flag} className={styles.why} data-flag={flag}>
          <Icon name="warning" />
          {w.why[flag]}
        </p>
      ))}
      <Times punch={punch} />
      <Place punch={punch} />
      {mayLook && !isHidden(punch) && <PunchPhoto key={punch.OperationID} punch={punch} />}
      <div className={styles.end}>
        <CopyButton size="medium" label={words.parts.copyJson} text={JSON.stringify(punch, null, 2)} />
        {mayTrace && (
          <Link to="/webhooks/deliveries" search={{ trace: punch.OperationID }}>
            {w.trace}
          </Link>
        )}
        {!isHidden(punch) && (
          <Link
            to="/attendance"
            search={{ from: punch.AttendanceLog.slice(0, 10), person: punch.EmployeeCode }}
          >
            {w.all}
          </Link>
        )}
      </div>
    </>
  )
}

function Times({ punch }: { readonly punch: Punch }) {
  const w = attendanceWords.sheet
  const moment = momentOf(punch)
  const delay = delayOf(punch)
  const offset = statedOffset(punch)
  return (
    <section>
      <h3 className={styles.heading}>{w.at}</h3>
      <Facts
        facts={[
          {
            label: w.localClock,
            value: <strong>{wallClock(punch.AttendanceLog)}</strong>,
            note: wallDay(punch.AttendanceLog),
          },
          {
            label: w.zone,
            value: [punch.TimeZone, moment === null ? '' : zoneName(punch.TimeZone, moment)]
              .filter(Boolean)
              .join(' · '),
            note: offset,
          },
          moment === null ? null : { label: w.moment, value: new Date(moment).toISOString() },
          {
            label: w.received,
            value: instantFull(punch.ReceivedAt, punch.TimeZone),
            note: delayText(delay),
          },
          {
            label: w.skew,
            value: skewText(punch.ClockSkewSeconds),
            note: punch.ClockSkewSeconds === null ? w.notMeasuredWhy : null,
          },
        ]}
      />
    </section>
  )
}

function Place({ punch }: { readonly punch: Punch }) {
  const w = attendanceWords.sheet
  const maySeeDevice = useCan('devices:read')
  return (
    <section>
      <h3 className={styles.heading}>{w.details}</h3>
      <Facts
        facts={[
          {
            label: w.code,
            value: punch.EmployeeCode,
            note: isHidden(punch) ? words.punches.hiddenPersonWhy : null,
          },
          {
            label: attendanceWords.terminal,
            value: maySeeDevice ? (
              <Link to="/devices/$deviceSN" params={{ deviceSN: punch.DeviceSN }}>
                {punch.LabelName}
              </Link>
            ) : (
              punch.LabelName
            ),
          },
          { label: w.site, value: punch.Site },
          { label: w.serial, value: <code>{punch.DeviceSN}</code> },
          punch.WorkCode === null ? null : { label: w.workCode, value: punch.WorkCode },
          punch.Temperature === null
            ? null
            : { label: w.temperature, value: w.degrees(punch.Temperature.toFixed(1)) },
          punch.FaceMask === null ? null : { label: w.mask, value: punch.FaceMask ? w.worn : w.notWorn },
          { label: w.id, value: <code>{punch.OperationID}</code>, note: w.idWhy },
        ]}
      />
    </section>
  )
}

function delayText(delay: number | null): string | null {
  const w = attendanceWords.sheet
  if (delay === null) return null
  if (Math.abs(delay) < 1) return w.atOnce
  return delay > 0 ? w.delay(span(delay)) : w.early(span(delay))
}

function skewText(seconds: number | null): string {
  const w = attendanceWords.sheet
  if (seconds === null) return w.notMeasured
  if (Math.abs(seconds) < 1) return w.exact
  return seconds > 0 ? w.ahead(span(seconds)) : w.behind(span(seconds))
}
