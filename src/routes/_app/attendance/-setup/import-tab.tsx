import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { operationMutation } from '../../../../api/query.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { setupWords } from '../../../../words/attendance-setup.ts'
import { useNotice } from './notice.tsx'
import { faultOf, SaveForm } from './save-form.tsx'
import styles from './setup-page.module.css'

type Result = OperationAnswer<'attendance.importPlan'>
type Kind = 'departments' | 'assignments' | 'leave' | 'holidays'

const kinds: readonly Kind[] = ['departments', 'assignments', 'leave', 'holidays']
const examples: Readonly<Record<Kind, string>> = {
  departments: 'Department,Site,EmployeeCode,FromDate\nAssembly,Main site,00123,2026-01-01',
  assignments:
    'EmployeeCode,Department,Shift,Rotation,Weekdays,FromDate,ToDate\n00123,,Early,,Mon-Fri,2026-01-01,',
  leave: 'EmployeeCode,FromDate,ToDate,Kind,Portion,Note\n00123,2026-08-03,2026-08-14,vacation,full,',
  holidays: 'Calendar,Date,Name,Portion\nIndia,2026-08-15,Independence Day,full',
}
const rowsShown = 300
const tones = { add: 'accent', change: 'warn', same: 'neutral', fault: 'danger' } as const

/** Rows of a spreadsheet: checked first, written when every one is right and somebody has said so. */
export function ImportTab() {
  const w = setupWords.import
  const tell = useNotice()
  const [kind, setKind] = useState<Kind>('departments')
  const [text, setText] = useState('')
  const [result, setResult] = useState<Result | null>(null)
  const run = useMutation(operationMutation('attendance.importPlan'))
  const due = (result?.Added ?? 0) + (result?.Changed ?? 0)
  const isReady = result !== null && result.Faults === 0 && due > 0 && !result.Written
  const send = (DryRun: boolean, Text = text) =>
    run.mutate(
      { input: { Kind: kind, Text, DryRun } },
      {
        onSuccess: ({ body }) => {
          setResult(body)
          if (body.Written) tell({ text: w.written })
        },
      },
    )
  const change = (next: string) => {
    setText(next)
    setResult(null)
  }
  return (
    <div className={styles.form}>
      <SaveForm
        error={run.error}
        fields={['Text']}
        busy={run.isPending}
        label={isReady ? w.accept(due) : w.check}
        onSubmit={() => text.trim() !== '' && send(!isReady)}
      >
        <Field label={w.what} hint={w.columnsWhy[kind]}>
          {control => (
            <select
              {...control}
              className="gh-select"
              value={kind}
              onChange={event => {
                setKind(kinds.find(each => each === event.target.value) ?? 'departments')
                setResult(null)
              }}
            >
              {kinds.map(each => (
                <option key={each} value={each}>
                  {w.kinds[each]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={w.file} hint={w.fileHint}>
          {control => (
            <input
              {...control}
              className="gh-input"
              type="file"
              accept=".csv,.txt,text/csv,text/plain"
              onChange={async event => {
                const chosen = await event.target.files?.[0]?.text()
                if (chosen === undefined) return
                change(chosen)
                if (chosen.trim() !== '') send(true, chosen)
              }}
            />
          )}
        </Field>
        <Field label={w.text} hint={w.first} error={faultOf(run.error, 'Text')}>
          {control => (
            <textarea
              {...control}
              className={`gh-input ${styles.rows}`}
              rows={6}
              spellCheck={false}
              placeholder={examples[kind]}
              value={text}
              onChange={event => change(event.target.value)}
            />
          )}
        </Field>
      </SaveForm>
      {result && <Outcome result={result} />}
    </div>
  )
}

function Outcome({ result }: { readonly result: Result }) {
  const w = setupWords.import
  const [isShort, setShort] = useState(result.Faults > 0 || result.Same > 20)
  const rows = result.Rows.filter(row => !isShort || row.Outcome !== 'same')
  const ordered = [...rows].sort((a, b) => Number(b.Outcome === 'fault') - Number(a.Outcome === 'fault'))
  return (
    <>
      <div className={styles.head} role="status">
        {result.Written ? (
          <Badge tone="ok" icon="check">
            {w.written}
          </Badge>
        ) : result.Faults > 0 ? (
          <>
            <Badge tone="danger" icon="warning">
              {w.faulty(result.Faults)}
            </Badge>
            <span className={styles.about}>{w.faultyWhy}</span>
          </>
        ) : (
          result.Added + result.Changed === 0 && <span className={styles.about}>{w.nothing}</span>
        )}
        <span className={styles.about}>
          {[w.added(result.Added), w.changed(result.Changed), w.same(result.Same)].join(' · ')}
        </span>
      </div>
      <label className={styles.about}>
        <input type="checkbox" checked={isShort} onChange={event => setShort(event.target.checked)} />{' '}
        {w.faultsOnly}
      </label>
      {ordered.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table} aria-label={w.rows}>
            <thead>
              <tr>
                <th scope="col">{w.line}</th>
                <th scope="col">{w.about}</th>
                <th scope="col">{w.outcome}</th>
              </tr>
            </thead>
            <tbody>
              {ordered.slice(0, rowsShown).map(row => (
                <tr key={row.Line}>
                  <td>{row.Line}</td>
                  <td>
                    {row.About}
                    {row.Fault && <p className={styles.fault}>{row.Fault}</p>}
                  </td>
                  <td>
                    <Badge tone={tones[row.Outcome]}>{w.outcomes[row.Outcome]}</Badge>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {ordered.length > rowsShown && <p className={styles.hint}>{w.tooMany(rowsShown)}</p>}
    </>
  )
}
