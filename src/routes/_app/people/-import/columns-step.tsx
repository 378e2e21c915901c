import { useState } from 'react'
import { Button } from '../../../../components/button/button.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { TerminalPicker } from '../../../../components/people/terminal-picker.tsx'
import { Segmented } from '../../../../components/segmented/segmented.tsx'
import { count } from '../../../../format/number.ts'
import { peopleWords } from '../../../../words/people.ts'
import { doubled, guessMapping, type ImportField, importFields, type Mapping } from './columns.ts'
import type { ChosenFile } from './file-step.tsx'
import styles from './import.module.css'
import { hasUnclearDates, type ImportRow, type ReadingRules, readDate, readRows } from './rows.ts'

const samples = 3

/** What each column becomes: guessed by its heading, to be corrected here. */
export function ColumnsStep({
  file,
  onReady,
  onBack,
}: {
  readonly file: ChosenFile
  readonly onReady: (rows: readonly ImportRow[], terminals: readonly string[]) => void
  readonly onBack: () => void
}) {
  const w = peopleWords.importing
  const { table } = file
  const [mapping, setMapping] = useState<Mapping>(() => guessMapping(table.header))
  const [rules, setRules] = useState<ReadingRules>({ dates: 'day', pad: 0 })
  const [terminals, setTerminals] = useState<ReadonlySet<string>>(new Set())
  const twice = doubled(mapping)
  const codeColumn = mapping.indexOf('EmployeeCode')
  const isNumeric = codeColumn >= 0 && table.numeric[codeColumn] === true
  const fault = codeColumn < 0 ? w.codeMissing : twice[0] !== undefined ? w.twice(w.fields[twice[0]]) : null
  return (
    <div className={styles.stack}>
      <Panel
        title={w.found(count(table.rows.length), file.name)}
        actions={
          <Button size="small" look="quiet" onClick={onBack}>
            {w.another}
          </Button>
        }
      >
        {table.cutAt !== null && <p className={styles.warn}>{w.cut(count(table.cutAt))}</p>}
        <div className={styles.wrap}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{w.column}</th>
                <th scope="col" className={styles.sample}>
                  {w.sample}
                </th>
                <th scope="col">{w.becomes}</th>
              </tr>
            </thead>
            <tbody>
              {table.header.map((heading, at) => {
                const sample = table.rows
                  .slice(0, samples)
                  .map(row => sampleOf(row[at] ?? '', mapping[at] ?? null, rules))
                  .filter(Boolean)
                  .join(', ')
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have the same heading, and none moves
                  <tr key={at}>
                    <td>
                      {heading || `#${at + 1}`}
                      <span className={styles.under}>{sample}</span>
                    </td>
                    <td className={styles.sample}>{sample}</td>
                    <td>
                      <select
                        className="gh-select"
                        aria-label={`${w.becomes}: ${heading || at + 1}`}
                        value={mapping[at] ?? ''}
                        onChange={event => setMapping(mapping.with(at, fieldOf(event.target.value)))}
                      >
                        <option value="">{w.ignore}</option>
                        {importFields.map(field => (
                          <option key={field} value={field}>
                            {w.fields[field]}
                          </option>
                        ))}
                      </select>
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      </Panel>
      {isNumeric && (
        <div className={styles.line}>
          <span className={styles.warn}>{w.numericCodes}</span>
          <label className={styles.line}>
            {w.pad}
            <input
              className="gh-input"
              type="number"
              min={0}
              max={20}
              value={rules.pad}
              onChange={event => setRules({ ...rules, pad: Math.min(20, Number(event.target.value) || 0) })}
            />
          </label>
        </div>
      )}
      {hasUnclearDates(table.rows, mapping) && (
        <div className={styles.line}>
          {w.dates}
          <Segmented
            label={w.dates}
            value={rules.dates}
            options={(['day', 'month'] as const).map(value => ({ value, label: w.dateOrders[value] }))}
            onChange={dates => setRules({ ...rules, dates })}
          />
        </div>
      )}
      <TerminalPicker label={w.terminals} chosen={terminals} onChange={setTerminals} />
      {fault !== null && (
        <p className={styles.failed} role="alert">
          {fault}
        </p>
      )}
      <div className={styles.line}>
        <Button
          look="primary"
          disabled={fault !== null}
          onClick={() => onReady(readRows(table, mapping, rules), [...terminals])}
        >
          {w.check}
        </Button>
      </div>
    </div>
  )
}

/** A value as it would be read: the number of a day as that day. */
function sampleOf(text: string, field: ImportField | null, rules: ReadingRules): string {
  return field === 'ValidFrom' || field === 'ValidTo' ? (readDate(text, rules.dates) ?? text) : text
}

function fieldOf(value: string): ImportField | null {
  return importFields.find(field => field === value) ?? null
}
