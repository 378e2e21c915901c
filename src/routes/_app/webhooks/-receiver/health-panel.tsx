import { EmptyState } from '../../../../components/page-states/empty-state.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { instantClock } from '../../../../format/time.ts'
import { consoleWords } from '../../../../words/webhook-console.ts'
import { boundText } from './health-figures.tsx'
import styles from './health-panel.module.css'
import type { Answer } from './receiver-page.tsx'

const hourMs = 3_600_000
const hours = 24

/** Attempts by hour as bars; the same as a table for those who do not see them. */
export function HealthPanel({ answer }: { readonly answer: Answer }) {
  const w = consoleWords.receivers
  const slices = fill(answer.Health)
  const most = Math.max(1, ...slices.map(({ Attempts }) => Attempts))
  if (answer.Health.length === 0)
    return (
      <Panel title={w.health}>
        <EmptyState compact title={w.healthNone} />
      </Panel>
    )
  return (
    <Panel title={w.health} note={`${w.delivered} · ${w.failed}`}>
      <div className={styles.bars} aria-hidden="true">
        {slices.map(slice => (
          <span
            key={slice.Start}
            className={styles.slot}
            title={w.healthLabel(instantClock(slice.Start).slice(0, 5), slice.Attempts, slice.Failures)}
          >
            <span
              className={styles.bad}
              style={{ blockSize: `${(slice.Failures * 100) / most}%` }}
              data-some={slice.Failures > 0 || undefined}
            />
            <span
              className={styles.good}
              style={{ blockSize: `${((slice.Attempts - slice.Failures) * 100) / most}%` }}
              data-some={slice.Attempts > slice.Failures || undefined}
            />
          </span>
        ))}
      </div>
      <p className={styles.scale} aria-hidden="true">
        <span>{instantClock(slices[0]?.Start ?? '').slice(0, 5)}</span>
        <span>{instantClock(slices.at(-1)?.Start ?? '').slice(0, 5)}</span>
      </p>
      <table className="visually-hidden">
        <caption>{w.table}</caption>
        <thead>
          <tr>
            <th scope="col">{w.hour}</th>
            <th scope="col">{w.delivered}</th>
            <th scope="col">{w.failed}</th>
            <th scope="col">{w.p95}</th>
          </tr>
        </thead>
        <tbody>
          {answer.Health.map(slice => (
            <tr key={slice.Start}>
              <th scope="row">{instantClock(slice.Start)}</th>
              <td>{count(slice.Attempts - slice.Failures)}</td>
              <td>{count(slice.Failures)}</td>
              <td>{boundText(slice.P95Ms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

/** Every hour of the last day, those without attempts too. */
function fill(health: Answer['Health']) {
  const known = new Map(health.map(slice => [Date.parse(slice.Start), slice]))
  const last = Math.floor(Date.now() / hourMs) * hourMs
  return Array.from({ length: hours }, (_, index) => {
    const at = last - (hours - 1 - index) * hourMs
    const slice = known.get(at)
    return {
      Start: new Date(at).toISOString(),
      Attempts: slice?.Attempts ?? 0,
      Failures: slice?.Failures ?? 0,
    }
  })
}
