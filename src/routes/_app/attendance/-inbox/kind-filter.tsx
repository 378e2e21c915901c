import { count } from '../../../../format/number.ts'
import { reviewWords } from '../../../../words/attendance-review.ts'
import { kindText } from './exception-day.ts'
import styles from './inbox.module.css'

/** What was found, with how often; each narrows the list to itself. */
export function KindFilter({
  counts,
  chosen,
  onChange,
}: {
  readonly counts: readonly { readonly Kind: string; readonly Count: number }[]
  readonly chosen: readonly string[]
  readonly onChange: (kinds: string[]) => void
}) {
  const gone = chosen.filter(kind => !counts.some(({ Kind }) => Kind === kind))
  const all = [...counts, ...gone.map(Kind => ({ Kind, Count: 0 }))]
  return (
    <fieldset className={styles.kinds}>
      <legend className="visually-hidden">{reviewWords.inbox.kindsLabel}</legend>
      {all.map(({ Kind, Count }) => {
        const isOn = chosen.includes(Kind)
        return (
          <button
            key={Kind}
            type="button"
            className={styles.kind}
            aria-pressed={isOn}
            onClick={() => onChange(isOn ? chosen.filter(kind => kind !== Kind) : [...chosen, Kind])}
          >
            {kindText(Kind)} <span className={styles.amount}>{count(Count)}</span>
          </button>
        )
      })}
    </fieldset>
  )
}
