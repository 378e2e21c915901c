import { CopyButton } from '../../../../components/copy-button/copy-button.tsx'
import { daysWords } from '../../../../words/attendance-days.ts'
import styles from './explanation.module.css'
import { type ExplainedDay, explanationOf, explanationText } from './explanation-text.ts'

/** The proof of a number: every step from punch to result, to be read or copied. */
export function Explanation({ day }: { readonly day: ExplainedDay }) {
  const w = daysWords.explain
  return (
    <section className={styles.explanation} aria-label={w.title}>
      <header className={styles.head}>
        <h3>{w.title}</h3>
        <CopyButton label={w.copy} text={explanationText(day)} />
      </header>
      {explanationOf(day).map(section => (
        <div key={section.title} className={styles.section}>
          <h4>{section.title}</h4>
          <ul>
            {section.lines.map((line, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two punches may be told in the same words
              <li key={`${at} ${line}`}>{line}</li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}
