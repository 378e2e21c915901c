import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { OperationInput } from '#contract/types.ts'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { FormGrid } from '../../../../components/field/field.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import { offerUndo } from '../-undo/undo-store.ts'
import styles from './bulk-edit.module.css'

const fields = ['Department', 'Group', 'ValidFrom', 'ValidTo'] as const
type Changed = { [K in (typeof fields)[number]]?: string }

/** The same fields of many people at once; only what is ticked is sent. */
export function BulkEdit({
  codes,
  onClose,
  onDone,
}: {
  readonly codes: readonly string[]
  readonly onClose: () => void
  readonly onDone: () => void
}) {
  const w = peopleWords.bulk
  const names = peopleWords.person.fields
  const id = useId()
  const [values, setValues] = useState<Changed>({})
  const [isEmpty, setEmpty] = useState(false)
  const change = useMutation(operationMutation('users.bulk'))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setEmpty(Object.keys(values).length === 0)
    if (Object.keys(values).length === 0) return
    const input: OperationInput<'users.bulk'> = { EmployeeCode: [...codes], ...values }
    change.mutate(
      { input },
      {
        onSuccess: ({ body }) => {
          offerUndo({
            text: peopleWords.undo.changed(body.Changed),
            undo: { by: 'change', changeId: body.ChangeID },
            until: Date.parse(body.UndoUntil),
          })
          onDone()
        },
      },
    )
  }
  const failed = change.error && words.errors[errorTextKey(change.error)]
  return (
    <SideSheet title={w.editTitle(codes.length)} lead={w.editLead} onClose={onClose}>
      <form onSubmit={submit}>
        <FormGrid
          actions={
            <>
              <Button type="submit" look="primary" busy={change.isPending}>
                {change.isPending ? w.applying : w.apply}
              </Button>
              <Button look="quiet" onClick={onClose}>
                {words.states.form.cancel}
              </Button>
            </>
          }
        >
          {fields.map(field => {
            const isOn = values[field] !== undefined
            return (
              <div key={field} className={styles.row}>
                <input
                  type="checkbox"
                  id={`${id}-${field}`}
                  checked={isOn}
                  onChange={() =>
                    setValues(({ [field]: held, ...others }) =>
                      held === undefined ? { ...others, [field]: '' } : others,
                    )
                  }
                />
                <label htmlFor={`${id}-${field}`}>{w.change(names[field])}</label>
                {isOn && (
                  <>
                    <input
                      className={`gh-input ${styles.control}`}
                      aria-label={names[field]}
                      type={field.startsWith('Valid') ? 'date' : 'text'}
                      maxLength={100}
                      value={values[field]}
                      onChange={event => setValues(old => ({ ...old, [field]: event.target.value }))}
                    />
                    <span className={styles.hint}>{w.emptyClears}</span>
                  </>
                )}
              </div>
            )
          })}
          {isEmpty && (
            <p className={styles.failed} role="alert">
              {w.nothingTicked}
            </p>
          )}
          {failed && (
            <p className={styles.failed} role="alert">
              {`${failed.title}. ${errorDetail(change.error) ?? failed.advice}`}
            </p>
          )}
        </FormGrid>
      </form>
    </SideSheet>
  )
}
