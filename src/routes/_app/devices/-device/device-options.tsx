import { Panel } from '../../../../components/panel/panel.tsx'
import { devicePageWords } from '../../../../words/device-page.ts'
import styles from './device-options.module.css'

/** The raw options, folded: rarely needed, and then all of them. */
export function DeviceOptions({ options }: { readonly options: Readonly<Record<string, string>> }) {
  const w = devicePageWords
  const entries = Object.entries(options).sort(([a], [b]) => a.localeCompare(b))
  return (
    <Panel title={w.options} note={w.optionsCount(entries.length)} flush>
      {entries.length === 0 ? (
        <p className={styles.none}>{w.noOptions}</p>
      ) : (
        <details>
          <summary className={styles.summary}>{w.showOptions}</summary>
          <div className={styles.scroller}>
            <table className={styles.table}>
              <caption className="visually-hidden">{w.options}</caption>
              <thead className="visually-hidden">
                <tr>
                  <th scope="col">{w.option}</th>
                  <th scope="col">{w.value}</th>
                </tr>
              </thead>
              <tbody>
                {entries.map(([name, value]) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td>{value}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </Panel>
  )
}
