import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { operationQuery } from '../../../../api/query.ts'
import { Field } from '../../../../components/field/field.tsx'
import { peopleWords } from '../../../../words/people.ts'
import styles from './person-form.module.css'

export interface PersonValues {
  readonly FirstName: string
  readonly LastName: string
  readonly Department: string
  readonly Group: string
  /** Undefined: not known, and left so unless one is chosen. */
  readonly UserType: 'User' | 'Admin' | undefined
  readonly ValidFrom: string
  readonly ValidTo: string
}

export const emptyPerson: PersonValues = {
  FirstName: '',
  LastName: '',
  Department: '',
  Group: '',
  UserType: 'User',
  ValidFrom: '',
  ValidTo: '',
}

export interface PersonFaults {
  readonly EmployeeCode?: string
  readonly FirstName?: string
  readonly ValidTo?: string
}

/** What the form itself can find wrong; the server has the last word. */
export function judgePerson(values: PersonValues): PersonFaults {
  const w = peopleWords.person.add
  return {
    ...(values.FirstName.trim() === '' ? { FirstName: w.nameMissing } : {}),
    ...(values.ValidFrom !== '' && values.ValidTo !== '' && values.ValidTo < values.ValidFrom
      ? { ValidTo: w.order }
      : {}),
  }
}

/** The fields of a person that adding and editing share. */
export function PersonFields({
  values,
  faults,
  onChange,
}: {
  readonly values: PersonValues
  readonly faults: PersonFaults
  readonly onChange: (values: PersonValues) => void
}) {
  const w = peopleWords.person
  const id = useId()
  const { data: facets } = useQuery(operationQuery('users.facets', {}))
  const put = (changes: Partial<PersonValues>) => onChange({ ...values, ...changes })
  const text = (name: 'FirstName' | 'LastName' | 'Department' | 'Group', list?: string) => (
    <Field
      label={w.fields[name]}
      error={name === 'FirstName' ? faults.FirstName : undefined}
      hint={name === 'Group' ? w.add.groupHint : undefined}
    >
      {control => (
        <input
          {...control}
          className="gh-input"
          maxLength={100}
          autoComplete="off"
          list={list}
          value={values[name]}
          onChange={event => put({ [name]: event.target.value })}
        />
      )}
    </Field>
  )
  const date = (name: 'ValidFrom' | 'ValidTo') => (
    <Field label={w.fields[name]} error={name === 'ValidTo' ? faults.ValidTo : undefined}>
      {control => (
        <input
          {...control}
          className="gh-input"
          type="date"
          value={values[name]}
          onChange={event => put({ [name]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <>
      <div className={styles.pair}>
        {text('FirstName')}
        {text('LastName')}
      </div>
      <div className={styles.pair}>
        {text('Department', `${id}-departments`)}
        {text('Group', `${id}-groups`)}
      </div>
      <Suggestions id={`${id}-departments`} rows={facets?.Departments} />
      <Suggestions id={`${id}-groups`} rows={facets?.Groups} />
      <div className={styles.pair}>
        {date('ValidFrom')}
        {date('ValidTo')}
      </div>
      <p className={styles.hint}>{w.add.validHint}</p>
      <Field
        label={w.fields.UserType}
        hint={values.UserType === 'Admin' ? peopleWords.directory.adminWhy : undefined}
      >
        {control => (
          <select
            {...control}
            className="gh-select"
            value={values.UserType ?? ''}
            onChange={event => put({ UserType: event.target.value === 'Admin' ? 'Admin' : 'User' })}
          >
            {values.UserType === undefined && <option value="">{peopleWords.directory.roleUnknown}</option>}
            <option value="User">{peopleWords.directory.roles.User}</option>
            <option value="Admin">{peopleWords.directory.roles.Admin}</option>
          </select>
        )}
      </Field>
    </>
  )
}

function Suggestions({
  id,
  rows,
}: {
  readonly id: string
  readonly rows: readonly { readonly Name: string }[] | undefined
}) {
  return (
    <datalist id={id}>
      {rows
        ?.filter(row => row.Name !== '')
        .map(row => (
          <option key={row.Name} value={row.Name} />
        ))}
    </datalist>
  )
}
