import type { OperationAnswer } from '#contract/types.ts'
import { instantFull } from '../../format/time.ts'
import { repairsWords } from '../../words/repairs.ts'
import styles from './repairs.module.css'

type RepairDone = OperationAnswer<'devices.incident'>['Repairs'][number]

/** What was estimated for an outage: by whom and when, and how much of it the real punches have replaced. */
export function RepairsDone({
  repairs,
  named,
}: {
  readonly repairs: readonly RepairDone[]
  /** With the terminal of each, where there are several. */
  readonly named: boolean
}) {
  const w = repairsWords
  return (
    <ul className={styles.list}>
      {repairs.map(repair => (
        <li key={repair.RepairID}>
          {named && <strong className={styles.name}>{repair.LabelName}</strong>}
          <span>
            {[
              w.estimated(repair.Punches),
              w.withdrawn(repair.Replaced),
              ...(repair.Pending > 0 ? [w.pending(repair.Pending)] : []),
            ].join(', ')}
          </span>
          <span className={styles.quiet}>{w.by(repair.By, instantFull(repair.At))}</span>
        </li>
      ))}
    </ul>
  )
}
