import type { OperationAnswer } from '#contract/types.ts'
import { personLabel } from '../../../../components/punches/punch-marks.tsx'
import { hoursLong } from '../../../../format/minutes.ts'
import { instantFull, wallDay } from '../../../../format/time.ts'
import { words } from '../../../../words/index.ts'
import { payrollWords } from '../../../../words/payroll.ts'
import styles from './payroll.module.css'

type Preview = OperationAnswer<'attendance.previewPayroll'>
type Carried = Preview['Carried'][number]

const shownMax = 12

/** Minutes that closed days were not given and this range pays: whose, of which day, and who decided so. */
export function CarriedList({
  preview,
  isHeld,
}: {
  readonly preview: Preview
  /** A column of the form holds them. */
  readonly isHeld: boolean
}) {
  const w = payrollWords.carried
  if (preview.CarriedCount === 0) return null
  const shown = preview.Carried.slice(0, shownMax)
  return (
    <div>
      <h3 className={styles.heading}>{w.title}</h3>
      <p className={isHeld ? styles.note : styles.fault}>{isHeld ? w.why : w.noColumn}</p>
      <ul className={styles.warnings}>
        {shown.map(carried => (
          <li key={carried.DifferenceID}>
            {[lineOf(carried), ...overtimeOf(carried)].join(', ')}
            <span className={styles.carriedWhy}>
              {w.decided(
                carried.Reason ?? '',
                carried.By ?? words.parts.none,
                carried.At === null ? words.parts.none : instantFull(carried.At),
              )}
            </span>
          </li>
        ))}
        {shown.length < preview.CarriedCount && (
          <li>{payrollWords.more(preview.CarriedCount - shown.length)}</li>
        )}
      </ul>
    </div>
  )
}

function lineOf(carried: Carried): string {
  return payrollWords.carried.line(personLabel(carried), signed(carried.Worked), wallDay(carried.Date))
}

function overtimeOf({ Overtime }: Carried): string[] {
  return Overtime === 0 ? [] : [payrollWords.carried.overtime(signed(Overtime))]
}

function signed(minutes: number): string {
  return payrollWords.carried.signed(minutes < 0, hoursLong(Math.abs(minutes)))
}
