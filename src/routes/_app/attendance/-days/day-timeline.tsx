import { hoursShort } from '../../../../format/minutes.ts'
import { stampMinute, stampMs, stampOffset } from '../../../../format/stamp.ts'
import { daysWords } from '../../../../words/attendance-days.ts'
import styles from './day-timeline.module.css'
import { type ExplainedDay, shiftTitle } from './explanation-text.ts'
import sheet from './person-sheet.module.css'
import { type Scale, timelineScale } from './timeline-scale.ts'

type Band = ExplainedDay['Shifts'][number]['Bands'][number]

/** The day as it passed: what was planned above, what was seen below, every stretch named in a list as well. */
export function DayTimeline({ day }: { readonly day: ExplainedDay }) {
  const w = daysWords.drawer
  const bands = day.Shifts.flatMap(shift => shift.Bands)
  const planned = day.Shifts.filter(shift => shift.From !== null && shift.To !== null)
  if (bands.length === 0 && planned.length === 0) return null
  const scale = timelineScale(day)
  const hours = Math.round((stampMs(day.To) - stampMs(day.From)) / 360_000) / 10
  return (
    <section>
      <h3 className={sheet.heading}>{w.timelineOf(`${day.TimeZone} ${stampOffset(day.From)}`)}</h3>
      {hours !== 24 && <p className={styles.changed}>{w.changedClock(hours)}</p>}
      <div className={styles.line} aria-hidden="true">
        {scale.ticks.map(tick => (
          <span
            key={tick.at}
            className={styles.tick}
            data-midnight={tick.isMidnight || undefined}
            style={{ insetInlineStart: `${tick.at * 100}%` }}
          >
            <span>{tick.label}</span>
          </span>
        ))}
        <div className={styles.plan}>
          {planned.map(shift => (
            <span
              key={shift.ShiftID}
              className={styles.expected}
              title={shiftTitle(shift)}
              style={stretch(scale, shift.From ?? '', shift.To ?? '')}
            />
          ))}
        </div>
        <div className={styles.track}>
          {bands.map(band => (
            <span
              key={`${band.Kind} ${band.From}`}
              className={styles.band}
              data-kind={band.Kind}
              title={bandText(band)}
              style={stretch(scale, band.From, band.To)}
            />
          ))}
          {day.Punches.filter(punch => punch.WhyNot !== 'implausible_time').map(punch => (
            <span
              key={punch.OperationID}
              className={styles.punch}
              data-unused={!punch.Used || undefined}
              style={{ insetInlineStart: `${scale.place(stampMs(punch.At)) * 100}%` }}
            />
          ))}
        </div>
      </div>
      <ul className={styles.bands}>
        {planned.map(shift => (
          <li key={shift.ShiftID}>
            <span className={styles.swatch} data-kind="expected" aria-hidden="true" />
            {w.bands.expected}: {shiftTitle(shift)}
          </li>
        ))}
        {bands.map(band => (
          <li key={`${band.Kind} ${band.From}`}>
            <span className={styles.swatch} data-kind={band.Kind} aria-hidden="true" />
            {bandText(band)}
          </li>
        ))}
      </ul>
    </section>
  )
}

function bandText(band: Band): string {
  const w = daysWords.drawer
  const minutes = Math.floor((stampMs(band.To) - stampMs(band.From)) / 60_000)
  const isMoved = stampOffset(band.From) !== stampOffset(band.To)
  const time = (stamp: string) =>
    isMoved ? `${stampMinute(stamp)} ${stampOffset(stamp)}` : stampMinute(stamp)
  const paid = band.Kind === 'break' && band.Paid ? `, ${w.paid}` : ''
  return `${w.bands[band.Kind]} ${time(band.From)}–${time(band.To)}, ${hoursShort(minutes)}${paid}`
}

function stretch(scale: Scale, from: string, to: string) {
  const [start, end] = [scale.place(stampMs(from)), scale.place(stampMs(to))]
  return { insetInlineStart: `${start * 100}%`, inlineSize: `${Math.max(0.4, (end - start) * 100)}%` }
}
