import { payrollWords } from '../../../../words/payroll.ts'
import styles from './payroll.module.css'
import type { PayrollLayout } from './search.ts'

/** How the file is written: separators, signs, line ends. */
export function LayoutFields({
  draft,
  onChange,
}: {
  readonly draft: PayrollLayout
  readonly onChange: (draft: PayrollLayout) => void
}) {
  const w = payrollWords
  const set = (changes: Partial<PayrollLayout>) => onChange({ ...draft, ...changes })
  return (
    <div className={styles.grid}>
      <label className={styles.field} data-wide>
        {w.name}
        <input
          className="gh-input"
          required
          maxLength={80}
          value={draft.Name}
          onChange={event => set({ Name: event.target.value })}
        />
      </label>
      <Choice label={w.kind} value={draft.Kind} words={w.kinds} onChange={Kind => set({ Kind })} />
      {draft.Kind !== 'fixed' && (
        <>
          <Choice
            label={w.separator}
            value={draft.Separator}
            words={w.separators}
            onChange={Separator => set({ Separator })}
          />
          <Choice
            label={w.quotes}
            value={draft.Quotes}
            words={w.quoteKinds}
            onChange={Quotes => set({ Quotes })}
          />
        </>
      )}
      <Choice
        label={w.decimal}
        value={draft.Decimal}
        words={w.decimals}
        onChange={Decimal => set({ Decimal })}
      />
      <Choice
        label={w.dateForm}
        value={draft.DateForm}
        words={dateForms}
        onChange={DateForm => set({ DateForm })}
      />
      <Choice
        label={w.encoding}
        value={draft.Encoding}
        words={w.encodings}
        onChange={Encoding => set({ Encoding })}
      />
      <Choice
        label={w.lineEnd}
        value={draft.LineEnd}
        words={w.lineEnds}
        onChange={LineEnd => set({ LineEnd })}
      />
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={draft.HasHeader}
          onChange={event => set({ HasHeader: event.target.checked })}
        />
        {w.header}
      </label>
    </div>
  )
}

/** The forms are their own names: they are what the file holds. */
const dateForms = {
  'YYYY-MM-DD': 'YYYY-MM-DD',
  'DD.MM.YYYY': 'DD.MM.YYYY',
  'MM/DD/YYYY': 'MM/DD/YYYY',
  YYYYMMDD: 'YYYYMMDD',
} as const

/** One of a few, with the words of each. */
export function Choice<const T extends string>({
  label,
  hideLabel = false,
  value,
  words,
  onChange,
}: {
  readonly label: string
  readonly hideLabel?: boolean
  readonly value: T
  readonly words: Readonly<Record<T, string>>
  readonly onChange: (value: T) => void
}) {
  // The keys of the words are the values; listing them forgets that.
  const values = Object.keys(words) as T[]
  return (
    <label className={styles.field}>
      <span className={hideLabel ? 'visually-hidden' : undefined}>{label}</span>
      <select
        className="gh-select"
        value={value}
        onChange={event => {
          const next = values.find(each => each === event.target.value)
          if (next !== undefined) onChange(next)
        }}
      >
        {values.map(each => (
          <option key={each} value={each}>
            {words[each]}
          </option>
        ))}
      </select>
    </label>
  )
}
