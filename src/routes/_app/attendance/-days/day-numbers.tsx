import { Badge } from '../../../../components/badge/badge.tsx'
import { hoursLong, hoursShort } from '../../../../format/minutes.ts'
import { daysWords } from '../../../../words/attendance-days.ts'
import { Certainty, StatusBadge } from './day-list.tsx'
import type { ExplainedDay } from './explanation-text.ts'
import { waitingLines } from './explanation-text.ts'
import styles from './person-sheet.module.css'

/** What the day comes to: its status, how far that can be relied on, and the numbers. */
export function DayNumbers({ day }: { readonly day: ExplainedDay }) {
  const w = daysWords.drawer
  const { Cell } = day
  // Each late punch says so in the list of punches; here once is enough.
  const lateArrival = day.Findings.find(({ Kind }) => Kind === 'late_punch')
  const findings = day.Findings.filter(
    finding => finding.Kind !== 'absent' && (finding.Kind !== 'late_punch' || finding === lateArrival),
  )
  const numbers = [
    { label: w.worked, value: Cell.Worked ?? 0, always: true },
    { label: w.expected, value: Cell.Expected ?? 0 },
    { label: w.break, value: Cell.Break ?? 0 },
    { label: w.late, value: Cell.Late ?? 0 },
    { label: w.early, value: Cell.EarlyLeave ?? 0 },
    { label: w.overtime, value: Cell.Overtime ?? 0 },
  ].filter(number => number.always || number.value > 0)
  return (
    <section>
      <h3 className={styles.heading}>{w.numbers}</h3>
      <div className={styles.marks}>
        <StatusBadge cell={Cell} />
        <Badge tone={Cell.Certainty === 'provisional' ? 'unknown' : 'neutral'}>
          <Certainty cell={Cell} />
        </Badge>
        {findings.map((finding, at) => (
          <Badge
            // biome-ignore lint/suspicious/noArrayIndexKey: a day may have the same remark twice
            key={`${finding.Kind} ${at}`}
            tone={finding.Kind === 'missing_in' || finding.Kind === 'missing_out' ? 'danger' : 'warn'}
          >
            {daysWords.flags[finding.Kind]}
            {finding.Minutes !== null && finding !== lateArrival && ` ${hoursLong(finding.Minutes)}`}
            {finding.Uncertain && ' ?'}
          </Badge>
        ))}
      </div>
      <dl className={styles.numbers}>
        {numbers.map(({ label, value }) => (
          <div key={label} className={styles.number}>
            <dt>{label}</dt>
            <dd>{hoursShort(value)}</dd>
          </div>
        ))}
      </dl>
      {waitingLines(day).map(line => (
        <p key={line} className={styles.note}>
          {line}
        </p>
      ))}
    </section>
  )
}
