import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { FormGrid } from '../../../../components/field/field.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import formStyles from '../-people/person-form.module.css'
import { judgePerson, type PersonFaults, PersonFields, type PersonValues } from '../-people/person-form.tsx'
import { offerUndo } from '../-undo/undo-store.ts'
import type { PersonRecord } from './use-person.ts'

/** Changes what is said of a person; only what differs is sent, and it can be taken back for some seconds. */
export function EditPerson({
  person,
  onClose,
}: {
  readonly person: PersonRecord
  readonly onClose: () => void
}) {
  const w = peopleWords.person
  const [values, setValues] = useState(() => valuesOf(person))
  const [faults, setFaults] = useState<PersonFaults>({})
  const save = useMutation(operationMutation('users.save'))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = judgePerson(values)
    setFaults(found)
    if (Object.keys(found).length > 0) return
    const changed = differences(valuesOf(person), values)
    if (Object.keys(changed).length === 0) return onClose()
    save.mutate(
      { input: { EmployeeCode: person.EmployeeCode, ...changed } },
      {
        onSuccess: ({ body }) => {
          offerUndo({
            text: peopleWords.undo.changed(body.Changed),
            undo: { by: 'change', changeId: body.ChangeID },
            until: Date.parse(body.UndoUntil),
          })
          onClose()
        },
      },
    )
  }
  const failed = save.error && words.errors[errorTextKey(save.error)]
  return (
    <SideSheet title={w.edit.title} lead={person.EmployeeCode} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <FormGrid
          actions={
            <>
              <Button type="submit" look="primary" busy={save.isPending}>
                {save.isPending ? w.edit.busy : w.edit.submit}
              </Button>
              <Button look="quiet" onClick={onClose}>
                {words.states.form.cancel}
              </Button>
            </>
          }
        >
          <PersonFields values={values} faults={faults} onChange={setValues} />
          {!person.Managed && <p className={formStyles.hint}>{w.overview.unmanaged}</p>}
          {failed && (
            <p className={formStyles.failed} role="alert">
              {`${failed.title}. ${errorDetail(save.error) ?? failed.advice}`}
            </p>
          )}
        </FormGrid>
      </form>
    </SideSheet>
  )
}

function valuesOf(person: PersonRecord): PersonValues {
  const { FirstName, LastName, Department, Group, UserType } = person
  return {
    FirstName,
    LastName,
    Department,
    Group,
    UserType: UserType ?? undefined,
    // The form sets days; a validity down to the minute, set through the API, is kept unless its day is changed.
    ValidFrom: person.ValidFrom?.slice(0, 10) ?? '',
    ValidTo: person.ValidTo?.slice(0, 10) ?? '',
  }
}

function differences(before: PersonValues, after: PersonValues): Partial<PersonValues> {
  const names = Object.keys(after) as (keyof PersonValues)[]
  return Object.fromEntries(
    names.filter(name => after[name] !== before[name]).map(name => [name, after[name]]),
  )
}
