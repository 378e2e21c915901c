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
          {stated.map(kind => (
            <tr key={kind}>
              <th scope="row">{w.kinds[kind]}</th>
              <td>{number(device.Counters[kind])}</td>
              <td>{number(device.Capacity[kind])}</td>
              <td className={styles.bar}>
                <Bar used={device.Counters[kind]} maximum={device.Capacity[kind]} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

/** More used than fits means the maximum is stated in hundreds; a bar would lie. */
function Bar({ used, maximum }: { readonly used: number | null; readonly maximum: number | null }) {
  if (used === null || !maximum || used > maximum) return null
  const share = used / maximum
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
