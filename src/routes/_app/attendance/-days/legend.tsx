import { daysWords } from '../../../../words/attendance-days.ts'
import cell from './grid-cell.module.css'
import styles from './legend.module.css'

/** What the shapes mean, each drawn as in the grid. */
export function Legend() {
  const w = daysWords.grid.legend
  const samples = [
    { word: w.certain, look: { 'data-sure': 'certain' }, text: '8:00' },
    { word: w.provisional, look: { 'data-sure': 'provisional' }, text: '4:12' },
    { word: w.unknown, look: { 'data-sure': 'unknown' }, text: '?' },
    { word: w.late, look: { 'data-sure': 'certain', 'data-late': true }, text: '' },
    { word: w.early, look: { 'data-sure': 'certain', 'data-early': true }, text: '' },
    { word: w.missing, look: { 'data-sure': 'certain', 'data-missing': true }, text: '' },
    { word: w.open, look: { 'data-sure': 'provisional', 'data-open': true }, text: '' },
    { word: w.overtime, look: { 'data-sure': 'certain', 'data-overtime': true }, text: '9:00' },
    { word: w.closed, look: { 'data-sure': 'certain', 'data-closed': true }, text: '8:00' },
    { word: w.differs, look: { 'data-sure': 'certain', 'data-differs': true }, text: '' },
  ]
  return (
    <section className={styles.legend} aria-label={w.title}>
      <ul>
        {samples.map(({ word, look, text }) => (
          <li key={word}>
            <span className={styles.sample} aria-hidden="true">
              <span className={cell.cell} {...look} style={{ insetInline: 0 }}>
                <span className={cell.face}>
                  <span className={cell.text}>{text}</span>
                </span>
              </span>
            </span>
            {word}
          </li>
        ))}
        <li>{w.letters}</li>
      </ul>
    </section>
  )
}
