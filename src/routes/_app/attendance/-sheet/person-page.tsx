import { personLabel } from '../../../../components/punches/punch-marks.tsx'
import type { DayRange } from '../../../../format/day.ts'
import { hoursShort } from '../../../../format/minutes.ts'
import { stampMinute, stampOffset } from '../../../../format/stamp.ts'
import { wallDay, wallDayShort } from '../../../../format/time.ts'
import { daysWords } from '../../../../words/attendance-days.ts'
import { cellOn } from '../-days/cell-of.ts'
import { daysBetween } from '../-days/filters.ts'
import type { DayCell, PersonDays } from '../-days/search.ts'
import styles from './sheet.module.css'

/** One person on one page: every day of the range, the totals and two lines to sign. */
export function PersonPage({
  person,
  range,
  made,
}: {
  readonly person: PersonDays
  readonly range: DayRange
  /** When the sheet was made. */
  readonly made: string
}) {
  const w = daysWords.sheet
  const { Sums } = person
  const label = personLabel(person)
  return (
    <article className={styles.page} aria-label={label}>
      <header className={styles.head}>
        <h2>{label}</h2>
        <span>
          {[person.EmployeeName === null ? '' : person.EmployeeCode, person.Department, person.Site]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span className={styles.range}>{w.lead(wallDay(range.from), wallDay(range.to))}</span>
      </header>
      <table className={styles.days}>
        <thead>
          <tr>
            <th scope="col">{w.date}</th>
            <th scope="col">{daysWords.list.status}</th>
            <th scope="col">{w.in}</th>
            <th scope="col">{w.out}</th>
            <th scope="col">{w.break}</th>
            <th scope="col">{daysWords.grid.worked}</th>
            <th scope="col">{daysWords.grid.expected}</th>
            <th scope="col">{daysWords.grid.late}</th>
            <th scope="col">{daysWords.grid.overtime}</th>
          </tr>
        </thead>
        <tbody>
          {daysBetween(range.from, range.to).map(day => (
            <DayLine key={day} day={day} cell={cellOn(person, day)} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={5}>
              {w.totals}
            </th>
            <td>{hoursShort(Sums.Worked)}</td>
            <td>{Sums.Expected > 0 ? hoursShort(Sums.Expected) : ''}</td>
            <td>{hoursShort(Sums.Late)}</td>
            <td>{hoursShort(Sums.Overtime)}</td>
          </tr>
        </tfoot>
      </table>
      <p className={styles.note}>
        {Sums.Provisional > 0 ? w.notFinal(Sums.Provisional) : w.final}. {w.legend}
      </p>
      <p className={styles.note}>
        {w.zone(person.TimeZone)}. {w.made(made)}
      </p>
      <div className={styles.signatures}>
        {[w.employee, w.manager].map(line => (
          <span key={line}>
            {line}, {w.dated.toLowerCase()}
          </span>
        ))}
      </div>
    </article>
  )
}

function DayLine({ day, cell }: { readonly day: string; readonly cell: DayCell | undefined }) {
  const minutes = (value: number | undefined) => (value ? hoursShort(value) : '')
  const time = (stamp: string | undefined) =>
    stamp && (
      <>
        {stampMinute(stamp)} <small>{stampOffset(stamp)}</small>
      </>
    )
  return (
    <tr>
      <th scope="row">{wallDayShort(day)}</th>
      <td>
        {cell && cell.Status !== 'nothing_planned' ? (cell.Holiday ?? daysWords.statuses[cell.Status]) : ''}
      </td>
      <td>{time(cell?.In)}</td>
      <td>{time(cell?.Out)}</td>
      <td>{minutes(cell?.Break)}</td>
      <td>
        {cell && marks(cell)}
        {minutes(cell?.Worked)}
      </td>
      <td>{minutes(cell?.Expected)}</td>
      <td>{minutes(cell?.Late)}</td>
      <td>{minutes(cell?.Overtime)}</td>
    </tr>
  )
}

/** What the legend under the table says. */
function marks(cell: DayCell): string {
  const flags = new Set(cell.Flags)
  return [
    cell.Certainty === 'provisional' || cell.Certainty === 'reopened' ? '~' : '',
    cell.Status === 'not_known_yet' ? '?' : '',
    cell.Corrections ? '*' : '',
    flags.has('missing_in') || flags.has('missing_out') ? '!' : '',
  ].join('')
}
