import { capacityOptions } from '#contract/capacity.ts'
import { Panel } from '../../../../components/panel/panel.tsx'
import { devicePageWords } from '../../../../words/device-page.ts'
import styles from './device-options.module.css'

const capacities: ReadonlySet<string> = new Set(Object.values(capacityOptions))

/** The raw options as the terminal spells them, folded: rarely needed, and then all of them. */
export function DeviceOptions({
  options,
  fixed,
}: {
  readonly options: Readonly<Record<string, string>>
  readonly fixed: readonly string[]
}) {
  const w = devicePageWords
  const isFixed = new Set(fixed)
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
                    <th scope="row">{isFixed.has(name) ? `~${name}` : name}</th>
                    <td>{capacities.has(name) ? w.capacityOption(value) : value}</td>
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
