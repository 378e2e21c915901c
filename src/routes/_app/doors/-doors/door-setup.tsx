import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId } from 'react'
import { errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import type { Door } from '../../../../components/doors/door-state.tsx'
import { Check } from '../../../../components/field/field.tsx'
import { doorWords } from '../../../../words/door-pages.ts'
import { words } from '../../../../words/index.ts'
import styles from './door-setup.module.css'

/** Its name, and what opening and holding it takes. */
export function DoorSetup({ door }: { readonly door: Door }) {
  const w = doorWords.controls
  const id = useId()
  const save = useMutation(operationMutation('doors.setDoor'))
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    save.mutate({
      input: {
        DeviceSN: door.DeviceSN,
        DoorNo: door.DoorNo,
        DoorName: String(data.get('name') ?? ''),
        ReasonRequired: data.has('reason'),
        SecondPerson: data.has('second'),
      },
    })
  }
  return (
    <details className={styles.setup}>
      <summary>{w.setup}</summary>
      <form className={styles.form} onSubmit={submit}>
        <label htmlFor={id} className={styles.name}>
          {w.name}
          <input
            id={id}
            name="name"
            className="gh-input"
            maxLength={64}
            autoComplete="off"
            defaultValue={door.DoorName ?? ''}
          />
        </label>
        <Check name="reason" defaultChecked={door.ReasonRequired}>
          {w.reasonRequired}
        </Check>
        <Check name="second" defaultChecked={door.SecondPerson}>
          {w.secondPerson}
        </Check>
        <div className={styles.end}>
          <Button type="submit" size="small" busy={save.isPending}>
            {w.setupSave}
          </Button>
          <span role="status" className={save.isError ? styles.failed : styles.done}>
            {save.isSuccess && w.setupSaved}
            {save.isError && words.errors[errorTextKey(save.error)].title}
          </span>
        </div>
      </form>
      {door.AlsoSaid !== null && <p className={styles.said}>{w.alsoSaid(door.AlsoSaid)}</p>}
    </details>
  )
}
