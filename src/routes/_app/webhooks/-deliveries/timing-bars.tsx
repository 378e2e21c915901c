import type { OperationAnswer } from '#contract/types.ts'
import { count } from '../../../../format/number.ts'
import { consoleWords } from '../../../../words/webhook-console.ts'
import styles from './timing-bars.module.css'

type Timing = NonNullable<OperationAnswer<'webhooks.delivery'>['Attempts'][number]['Timing']>
type Phase = keyof typeof consoleWords.deliveries.phases

/** How an attempt spent its time, part after part on one line of time. What did not happen has no bar. */
export function TimingBars({ timing, totalMs }: { readonly timing: Timing; readonly totalMs: number }) {
  const w = consoleWords.deliveries
  const parts = partsOf(timing, totalMs)
  const whole = Math.max(1, totalMs)
  return (
    <div className={styles.timing}>
      <p className={styles.label}>
        {w.timing}
        {!timing.NewConnection && ` · ${w.reused}`}
        {timing.Address && ` · ${timing.Address}`}
      </p>
      <dl className={styles.parts}>
        {parts.map(({ phase, startMs, ms }) => (
          <div key={phase} className={styles.part}>
            <dt>{w.phases[phase]}</dt>
            <dd className={styles.track} aria-hidden="true">
              <span
                className={styles.bar}
                data-phase={phase}
                style={{
                  insetInlineStart: `${Math.min(99, (startMs * 100) / whole)}%`,
                  inlineSize: `max(2px, ${Math.min(100, (ms * 100) / whole)}%)`,
                }}
              />
            </dd>
            <dd className={styles.ms}>{w.ms(shown(ms))}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function shown(ms: number): string {
  return ms < 10 ? String(Math.round(ms * 10) / 10) : count(Math.round(ms))
}

function partsOf(timing: Timing, totalMs: number): { phase: Phase; startMs: number; ms: number }[] {
  const parts: { phase: Phase; startMs: number; ms: number }[] = []
  let at = 0
  const take = (phase: Phase, ms: number | null) => {
    if (ms === null) return
    parts.push({ phase, startMs: at, ms })
    at += ms
  }
  take('dns', timing.DnsMs)
  take('connect', timing.ConnectMs)
  take('tls', timing.TlsMs)
  if (timing.FirstByteMs !== null) {
    take('wait', Math.max(0, timing.FirstByteMs - at))
    take('read', Math.max(0, totalMs - timing.FirstByteMs))
  }
  return parts
}
