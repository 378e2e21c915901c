import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { PersonPicker } from '../../../../components/people/person-picker.tsx'
import { setupWords } from '../../../../words/attendance-setup.ts'
import { validSince } from './dates.ts'
import { useNotice } from './notice.tsx'
import { faultOf, SaveForm } from './save-form.tsx'
import styles from './setup-page.module.css'
import { useToday } from './use-today.ts'

interface Chosen {
  readonly code: string
  readonly label: string
}

/** Who belongs to a department, and a form for more. */
export function DepartmentMembers({ id, name }: { readonly id: string; readonly name: string }) {
  const w = setupWords.departments
  const tell = useNotice()
  const maySearch = useCan('people:read')
  const today = useToday()
  const query = useQuery(operationQuery('attendance.members', { DepartmentID: id, Limit: 1000 }))
  const move = useMutation(operationMutation('attendance.moveMembers'))
  const [chosen, setChosen] = useState<readonly Chosen[]>([])
  const [codes, setCodes] = useState('')
  const [fromDate, setFromDate] = useState(today)
  const [isTried, setTried] = useState(false)
  const pasted = codes
    .split(/[\n,;]+/)
    .map(code => code.trim())
    .filter(Boolean)
  const named = [...new Set([...chosen.map(({ code }) => code), ...pasted])]
  const choose = (code: string, label: string) => {
    if (code !== '') setChosen(old => [...old.filter(each => each.code !== code), { code, label }])
  }
  const submit = () => {
    setTried(true)
    if (named.length === 0) return
    move.mutate(
      { input: { EmployeeCode: named, DepartmentID: id, FromDate: fromDate } },
      {
        onSuccess: ({ body }) => {
          tell({ text: w.moved(body.Moved, name) })
          setCodes('')
          setChosen([])
          setTried(false)
        },
      },
    )
  }
  const codesFault = !maySearch && isTried && named.length === 0 ? w.codesMissing : undefined
  const takeOut = (code: string, label: string) =>
    move.mutate(
      { input: { EmployeeCode: [code], FromDate: today } },
      {
        onSuccess: () => {
          const back = { EmployeeCode: [code], DepartmentID: id, FromDate: today }
          tell({ text: setupWords.removed(label), undo: () => move.mutateAsync({ input: back }) })
        },
      },
    )
  const members = query.data?.Members ?? []
  return (
    <>
      <section className={styles.group} aria-label={w.moveTitle(name)}>
        <SaveForm
          error={move.error}
          fields={['EmployeeCode', 'FromDate']}
          busy={move.isPending}
          label={w.moveSubmit}
          onSubmit={submit}
        >
          {maySearch && (
            <Field
              label={w.person}
              error={isTried && named.length === 0 ? w.codesMissing : faultOf(move.error, 'EmployeeCode')}
            >
              {control => (
                <PersonPicker
                  {...control}
                  label={w.person}
                  placeholder={setupWords.personSearch}
                  value=""
                  onChoose={choose}
                />
              )}
            </Field>
          )}
          {chosen.length > 0 && (
            <ul className={styles.chosen} aria-label={w.chosen(chosen.length)}>
              {chosen.map(({ code, label }) => (
                <li key={code}>
                  {label === code ? code : `${label} · ${code}`}
                  <Button
                    size="small"
                    look="quiet"
                    icon="cross"
                    aria-label={w.drop(label)}
                    onClick={() => setChosen(old => old.filter(each => each.code !== code))}
                  />
                </li>
              ))}
            </ul>
          )}
          <Codes isFolded={maySearch} value={codes} fault={codesFault} onChange={setCodes} />
          <Field label={setupWords.fromDate} error={faultOf(move.error, 'FromDate')}>
            {control => (
              <input
                {...control}
                className="gh-input"
                type="date"
                value={fromDate}
                onChange={event => setFromDate(event.target.value || today)}
              />
            )}
          </Field>
        </SaveForm>
      </section>
      {members.length === 0 ? (
        <p className={styles.hint}>{query.isPending ? '' : w.noMembers}</p>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table} aria-label={w.membersOf(name)}>
            <tbody>
              {members.map(member => {
                const label = member.EmployeeName || member.EmployeeCode
                return (
                  <tr key={`${member.EmployeeCode} ${member.FromDate}`}>
                    <th scope="row">{label}</th>
                    <td>{member.EmployeeCode}</td>
                    <td>{validSince(member)}</td>
                    <td>
                      <Button
                        size="small"
                        look="quiet"
                        icon="trash"
                        aria-label={w.takeOut(label)}
                        onClick={() => takeOut(member.EmployeeCode, label)}
                      />
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}

/** Many at once, as a list from elsewhere; behind a fold where people can be searched. */
function Codes({
  isFolded,
  value,
  fault,
  onChange,
}: {
  readonly isFolded: boolean
  readonly value: string
  readonly fault: string | undefined
  readonly onChange: (codes: string) => void
}) {
  const w = setupWords.departments
  const field = (
    <Field label={w.codes} hint={w.codesHint} error={fault}>
      {control => (
        <textarea
          {...control}
          className="gh-input"
          rows={2}
          spellCheck={false}
          value={value}
          onChange={event => onChange(event.target.value)}
        />
      )}
    </Field>
  )
  if (!isFolded) return field
  return (
    <details className={styles.paste}>
      <summary>{w.paste}</summary>
      {field}
    </details>
  )
}
