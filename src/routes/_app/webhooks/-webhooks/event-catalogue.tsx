import type { EventId } from '#contract/events.ts'
import { Panel } from '../../../../components/panel/panel.tsx'
import { words } from '../../../../words/index.ts'
import styles from './event-catalogue.module.css'

/** Names of all events, published ones first; the words name each, so the compiler demands a new one here as well. */
export function eventNames(): EventId[] {
  // The catalogue is typed by the contract's events (words below); listing keys forgets that.
  return Object.keys(words.webhooks.events satisfies Record<EventId, string>) as EventId[]
}

/** What a receiver can be told of. */
export function EventCatalogue() {
  const w = words.webhooks
  return (
    <Panel title={w.catalogue} flush>
      <table className={styles.table}>
        <caption className="visually-hidden">{w.catalogue}</caption>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{w.event}</th>
            <th scope="col">{w.what}</th>
          </tr>
        </thead>
        <tbody>
          {eventNames().map(event => (
            <tr key={event}>
              <th scope="row">
                <code>{event}</code>
              </th>
              <td>{w.events[event]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
