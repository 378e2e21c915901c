import { Link } from '@tanstack/react-router'
import { useCan } from '../../../../api/session.ts'
import { skewText } from '../../../../components/devices/skew.ts'
import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { wallClock, wallDayShort } from '../../../../format/time.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import type { DeviceClock } from './clock-change.ts'
import styles from './days-panel.module.css'

/** Which punches were made while the clock was off, span by span, newest first, with the way to look at them. */
export function DriftedPunches({ clock }: { readonly clock: DeviceClock }) {
  const w = terminalWords.clock
  const maySeePunches = useCan('attendance:read')
  const local = (text: string) => `${wallDayShort(text)}, ${wallClock(text)}`
  return (
    <Panel title={w.drifted} flush>
      {clock.Drifted.length === 0 ? (
        <EmptyState compact icon="check" title={w.driftedNone} />
      ) : (
        <>
          <p className={styles.says}>{w.driftedLead}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard */}
          <section className={styles.scroller} aria-label={w.driftedTable} tabIndex={0}>
            <table className={styles.table}>
              <caption className="visually-hidden">{w.drifted}</caption>
              <thead>
                <tr>
                  <th scope="col">{w.driftedFrom}</th>
                  <th scope="col">{w.driftedTo}</th>
                  <th scope="col" data-end>
                    {w.driftedCount}
                  </th>
                  <th scope="col">{w.difference}</th>
                  {maySeePunches && <td />}
                </tr>
              </thead>
              <tbody>
                {clock.Drifted.toReversed().map(span => (
                  <tr key={span.From}>
                    <th scope="row">{local(span.FromLocal)}</th>
                    <td>{local(span.ToLocal)}</td>
                    <td data-end>{count(span.Punches)}</td>
                    <td>{differenceOf(span)}</td>
                    {maySeePunches && (
                      <td>
                        <Link
                          to="/attendance"
                          search={{
                            from: span.FromLocal.slice(0, 10),
                            to: span.ToLocal.slice(0, 10),
                            device: clock.DeviceSN,
                            clock: 'off',
                          }}
                        >
                          {w.driftedShow}
                        </Link>
                      </td>
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </>
      )}
    </Panel>
  )
}

function differenceOf({ LowSeconds, HighSeconds }: DeviceClock['Drifted'][number]): string {
  const [low, high] = [skewText(LowSeconds), skewText(HighSeconds)]
  return low === high ? low : terminalWords.clock.driftedBetween(low, high)
}
