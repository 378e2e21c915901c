import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { OperationError } from '#contract/errors.ts'
import { client } from '../../../../api/client.ts'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { makeStale } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Field, FormGrid } from '../../../../components/field/field.tsx'
import { TerminalPicker } from '../../../../components/people/terminal-picker.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import styles from './person-form.module.css'
import { emptyPerson, judgePerson, type PersonFaults, PersonFields } from './person-form.tsx'

/** A new person, and the terminals that shall know them. Leads to the person's page, where credentials are added. */
export function AddPerson({ onClose }: { readonly onClose: () => void }) {
  const w = peopleWords.person.add
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [code, setCode] = useState('')
  const [values, setValues] = useState(emptyPerson)
  const [faults, setFaults] = useState<PersonFaults>({})
  const [terminals, setTerminals] = useState<ReadonlySet<string>>(new Set())
  const toPerson = () => void navigate({ to: '/people/$employeeCode', params: { employeeCode: code.trim() } })
  const add = useMutation({
    mutationFn: async () => {
      const EmployeeCode = code.trim()
      await client.call('users.save', { EmployeeCode, ...values, Create: true })
      if (terminals.size === 0) return { pushFailed: null }
      try {
        await client.call('users.push', { EmployeeCode: [EmployeeCode], DeviceSN: [...terminals] })
        return { pushFailed: null }
      } catch (cause) {
        return { pushFailed: cause }
      }
    },
    onSuccess: ({ pushFailed }) => {
      if (pushFailed === null) toPerson()
    },
    onSettled: () => makeStale(queryClient, ['users']),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found: PersonFaults = {
      ...(code.trim() === '' ? { EmployeeCode: w.codeMissing } : {}),
      ...judgePerson(values),
    }
    setFaults(found)
    if (Object.keys(found).length === 0) add.mutate()
  }
  const failed = add.error && words.errors[errorTextKey(add.error)]
  const isTaken = add.error instanceof OperationError && add.error.code === 'USER_EXISTS'
  return (
    <SideSheet title={w.title} lead={w.lead} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <FormGrid
          actions={
            add.data?.pushFailed == null ? (
              <>
                <Button type="submit" look="primary" busy={add.isPending}>
                  {add.isPending ? w.busy : w.submit}
                </Button>
                <Button look="quiet" onClick={onClose}>
                  {words.states.form.cancel}
                </Button>
              </>
            ) : (
              <>
                <p className={styles.failed} role="alert">
                  {`${w.pushFailed} ${words.errors[errorTextKey(add.data.pushFailed)].title}`}
                </p>
                <Button onClick={toPerson}>{words.states.form.close}</Button>
              </>
            )
          }
        >
          <Field
            label={peopleWords.person.fields.EmployeeCode}
            hint={w.codeHint}
            error={faults.EmployeeCode ?? (isTaken ? failed?.title : undefined)}
          >
            {control => (
              <input
                {...control}
                className="gh-input"
                maxLength={64}
                autoComplete="off"
                spellCheck={false}
                value={code}
                onChange={event => setCode(event.target.value)}
              />
            )}
          </Field>
          <PersonFields values={values} faults={faults} onChange={setValues} />
          <TerminalPicker label={w.terminals} chosen={terminals} onChange={setTerminals} />
          {failed && !isTaken && (
            <p className={styles.failed} role="alert">
              {`${failed.title}. ${errorDetail(add.error) ?? failed.advice}`}
            </p>
          )}
        </FormGrid>
      </form>
    </SideSheet>
  )
}
