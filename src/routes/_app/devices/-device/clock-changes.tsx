import { Badge } from '../../../../components/badge/badge.tsx'
import { skewText } from '../../../../components/devices/skew.ts'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { instantFull } from '../../../../format/time.ts'
import { words } from '../../../../words/index.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import { actorOf, type ClockChange, type DeviceClock, outcomeOf, outcomeTones } from './clock-change.ts'
import styles from './device-orders.module.css'

/** What moved the clock in the range, newest first: who asked, what came of it, and how far it was off before. */
export function ClockChanges({ clock }: { readonly clock: DeviceClock }) {
  const w = terminalWords.clock
  return (
    <Panel title={w.changes} flush>
      {clock.Changes.length === 0 ? (
        <EmptyState compact icon="clock" title={w.noChanges}>
          {w.noChangesBody}
        </EmptyState>
      ) : (
        <ChangeTable changes={clock.Changes.toReversed()} timeZone={clock.TimeZone} />
      )}
    </Panel>
  )
}

function ChangeTable({
  changes,
  timeZone,
}: {
  readonly changes: readonly ClockChange[]
  readonly timeZone: string
}) {
  const w = terminalWords.clock
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section className={styles.scroller} aria-label={w.changesTable} tabIndex={0}>
      <table className={styles.table}>
        <caption className="visually-hidden">{w.changes}</caption>
        <thead>
          <tr>
            <th scope="col">{w.when}</th>
            <th scope="col">{w.kind}</th>
            <th scope="col">{w.detail}</th>
            <th scope="col">{w.before}</th>
            <th scope="col">{w.actor}</th>
            <th scope="col">{w.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(change => {
            const outcome = outcomeOf(change)
            return (
              <tr key={`${change.At} ${change.Kind} ${change.CommandID}`}>
                <th scope="row">
                  <time dateTime={change.At}>{instantFull(change.At, timeZone)}</time>
                </th>
                <td title={w.kindWhy[change.Kind]}>{w.kinds[change.Kind]}</td>
                <td>{change.Detail}</td>
                <td>
                  {change.ClockSkewSeconds === null ? words.parts.none : skewText(change.ClockSkewSeconds)}
                </td>
                <td>{actorOf(change)}</td>
                <td>
                  <Badge tone={outcomeTones[outcome]} title={w.outcomeWhy[outcome]}>
                    {w.outcomes[outcome]}
                  </Badge>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
