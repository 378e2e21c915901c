import { Button } from '../../../../components/button/button.tsx'
import { payrollWords } from '../../../../words/payroll.ts'
import { Choice } from './layout-fields.tsx'
import styles from './payroll.module.css'
import type { PayrollColumn, PayrollLayout } from './search.ts'

const timeFields: ReadonlySet<PayrollColumn['Field']> = new Set([
  'Worked',
  'Regular',
  'Overtime',
  'OvertimeWeighted',
  'Expected',
  'Balance',
  'Late',
  'EarlyLeave',
])
const columnsMax = 60

/** The columns in their order: what each holds, how it is headed, and where the width is fixed how it is filled. */
export function ColumnsEditor({
  draft,
  onChange,
}: {
  readonly draft: PayrollLayout
  readonly onChange: (draft: PayrollLayout) => void
}) {
  const w = payrollWords
  const { Columns } = draft
  const setColumns = (next: PayrollColumn[]) => onChange({ ...draft, Columns: next })
  const set = (at: number, changes: Partial<PayrollColumn>) =>
    setColumns(Columns.map((column, place) => (place === at ? { ...column, ...changes } : column)))
  const move = (at: number, step: 1 | -1) => {
    const next = [...Columns]
    const [taken] = next.splice(at, 1)
    if (taken) next.splice(at + step, 0, taken)
    setColumns(next)
  }
  return (
    <fieldset className={styles.columns}>
      <legend>{w.columns}</legend>
      <ol>
        {Columns.map((column, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place; two may hold the same
          <li key={at}>
            <fieldset className={styles.column}>
              <legend className="visually-hidden">{w.column(at + 1)}</legend>
              <Choice
                label={w.field}
                value={column.Field}
                words={w.fields}
                onChange={Field => set(at, { Field })}
              />
              <label className={styles.field}>
                {w.headerOf}
                <input
                  className="gh-input"
                  maxLength={60}
                  placeholder={column.Field}
                  value={column.Header}
                  onChange={event => set(at, { Header: event.target.value })}
                />
              </label>
              {column.Field === 'Text' && (
                <label className={styles.field}>
                  {w.text}
                  <input
                    className="gh-input"
                    maxLength={60}
                    value={column.Text}
                    onChange={event => set(at, { Text: event.target.value })}
                  />
                </label>
              )}
              {timeFields.has(column.Field) && (
                <Choice
                  label={w.form}
                  value={column.Form}
                  words={w.forms}
                  onChange={Form => set(at, { Form })}
                />
              )}
              {draft.Kind === 'fixed' && (
                <>
                  <label className={styles.field} data-narrow>
                    {w.width}
                    <input
                      className="gh-input"
                      type="number"
                      min={1}
                      max={200}
                      value={column.Width}
                      onChange={event =>
                        set(at, {
                          Width: Math.min(200, Math.max(1, Math.floor(Number(event.target.value)) || 1)),
                        })
                      }
                    />
                  </label>
                  <Choice
                    label={w.align}
                    value={column.Align}
                    words={w.aligns}
                    onChange={Align => set(at, { Align })}
                  />
                  <Choice
                    label={w.pad}
                    value={column.Pad}
                    words={w.pads}
                    onChange={Pad => set(at, { Pad })}
                  />
                </>
              )}
              <span className={styles.moves}>
                <Button
                  look="quiet"
                  size="small"
                  icon="chevronUp"
                  aria-label={w.up(at + 1)}
                  disabled={at === 0}
                  onClick={() => move(at, -1)}
                />
                <Button
                  look="quiet"
                  size="small"
                  icon="chevronDown"
                  aria-label={w.down(at + 1)}
                  disabled={at === Columns.length - 1}
                  onClick={() => move(at, 1)}
                />
                <Button
                  look="quiet"
                  size="small"
                  icon="cross"
                  aria-label={w.drop(at + 1)}
                  disabled={Columns.length === 1}
                  onClick={() => setColumns(Columns.filter((_, place) => place !== at))}
                />
              </span>
            </fieldset>
          </li>
        ))}
      </ol>
      <Button
        size="small"
        icon="plus"
        disabled={Columns.length >= columnsMax}
        onClick={() => setColumns([...Columns, newColumn])}
      >
        {w.add}
      </Button>
    </fieldset>
  )
}

const newColumn: PayrollColumn = {
  Field: 'Worked',
  Header: '',
  Text: '',
  Form: 'decimal',
  Decimals: 2,
  Width: 10,
  Align: 'left',
  Pad: 'space',
}
