import { instantFull } from '../../../../format/time.ts'
import { daysWords } from '../../../../words/attendance-days.ts'
import { correctionKind, type ExplainedDay } from './explanation-text.ts'
import styles from './person-sheet.module.css'

/** Who corrected what and why; and what a recalculation of a closed day would change. */
export function ChangeHistory({ day }: { readonly day: ExplainedDay }) {
  const w = daysWords.drawer
  return (
    <section>
      <h3 className={styles.heading}>{w.corrections}</h3>
      {day.Corrections.length === 0 && <p className={styles.note}>{w.noCorrections}</p>}
      <ol className={styles.history}>
        {day.Corrections.map(fact => (
          <li key={fact.CorrectionID}>
            <strong>{correctionKind(fact.Kind)}</strong> {fact.Reason}
            <div className={styles.quiet}>{w.by(fact.By, instantFull(fact.At, day.TimeZone))}</div>
          </li>
        ))}
      </ol>
      {day.Changes.length > 0 && (
        <>
          <h3 className={styles.heading}>{w.changes}</h3>
          <ul className={styles.history}>
            {day.Changes.map(change => (
              <li key={change.Field}>
                {w.change(change.Field, String(change.Before ?? '–'), String(change.After ?? '–'))}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
