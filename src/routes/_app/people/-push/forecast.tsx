import type { OperationAnswer } from '#contract/types.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { count } from '../../../../format/number.ts'
import { peopleWords } from '../../../../words/people.ts'
import styles from './forecast.module.css'

type Target = OperationAnswer<'users.forecast'>['Targets'][number]

/** What each terminal would hold afterwards, against what it can. */
export function Forecast({ targets }: { readonly targets: readonly Target[] }) {
  const w = peopleWords.push
  return (
    <ul className={styles.list}>
      {targets.map(target => (
        <li key={target.DeviceSN} className={styles.item}>
          <div className={styles.head}>
            <span>{target.LabelName}</span>
            {!target.Online && <Badge icon="clock">{w.away}</Badge>}
            <Badge tone={target.Fits ? 'ok' : 'danger'} icon={target.Fits ? 'check' : 'warning'}>
              {target.Fits ? w.fits : w.tight}
            </Badge>
          </div>
          {target.Counts.map(each => (
            <Memory key={each.What} memory={each} />
          ))}
          {target.Warnings.map(warning => (
            <p key={warning} className={styles.warning}>
              {warning}
            </p>
          ))}
        </li>
      ))}
    </ul>
  )
}

function Memory({ memory }: { readonly memory: Target['Counts'][number] }) {
  const w = peopleWords.push
  const { After, Max } = memory
  const isOver = After !== null && Max !== null && After > Max
  const text =
    After === null ? w.unknown : Max === null ? w.afterOpen(count(After)) : w.after(count(After), count(Max))
  return (
    <div className={styles.line} data-over={isOver || undefined}>
      <span className={styles.what}>{w.what[memory.What]}</span>
      <span className={styles.amount}>{text}</span>
      {After !== null && Max !== null && Max > 0 && (
        <span className={styles.track} aria-hidden="true">
          <span className={styles.fill} style={{ inlineSize: `${Math.min(100, (After / Max) * 100)}%` }} />
        </span>
      )}
    </div>
  )
}
