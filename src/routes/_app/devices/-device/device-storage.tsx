import { readCapacity } from '#contract/capacity.ts'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { devicePageWords } from '../../../../words/device-page.ts'
import type { DeviceInfo } from './device-info.ts'
import styles from './device-storage.module.css'

const kinds = ['Users', 'Fingerprints', 'Faces', 'Cards', 'Logs'] as const

/** What the terminal holds of what it can hold, as it says. Nothing is worked out where it stated only half. */
export function DeviceStorage({ device }: { readonly device: DeviceInfo }) {
  const w = devicePageWords
  const stated = kinds.filter(kind => device.Counters[kind] !== null || device.Capacity[kind] !== null)
  if (stated.length === 0) return null
  return (
    <Panel title={w.storage} note={w.storageWhy} flush>
      <table className={styles.table}>
        <caption className="visually-hidden">{w.storage}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{w.storage}</span>
            </th>
            <th scope="col">{w.used}</th>
            <th scope="col">{w.maximum}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {stated.map(kind => {
            const used = device.Counters[kind]
            const { maximum, inHundreds } = readCapacity(kind, device.Capacity[kind], used)
            return (
              <tr key={kind}>
                <th scope="row">{w.kinds[kind]}</th>
                <td>{number(used)}</td>
                <td>
                  {number(maximum)}
                  {inHundreds && (
                    <span className={styles.stated}>{w.inHundreds(number(device.Capacity[kind]))}</span>
                  )}
                </td>
                <td className={styles.bar}>
                  <Bar used={used} maximum={maximum} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Panel>
  )
}

/** Nothing where one of the two is not known. */
function Bar({ used, maximum }: { readonly used: number | null; readonly maximum: number | null }) {
  if (used === null || !maximum) return null
  const share = Math.min(1, used / maximum)
  return (
    <span className={styles.track} aria-hidden="true">
      <span
        className={styles.fill}
        data-full={share > 0.9 || undefined}
        style={{ inlineSize: `${Math.max(1, share * 100)}%` }}
      />
    </span>
  )
}

function number(value: number | null): string {
  return value === null ? devicePageWords.notStated : count(value)
}
