import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Field, FormGrid } from '../../../../components/field/field.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { words } from '../../../../words/index.ts'
import { peopleWords } from '../../../../words/people.ts'
import type { PersonRecord } from '../-person/use-person.ts'
import styles from './enrol.module.css'
import { judgePin } from './pin-rules.ts'
import { type DeviceResults, ResultList, TargetChoice, useTargets } from './targets.tsx'

/** Sets the keypad code. What is typed leaves the page with the request and is never shown again. */
export function PinSheet({
  person,
  onClose,
}: {
  readonly person: PersonRecord
  readonly onClose: () => void
}) {
  const w = peopleWords.person.pinForm
  const form = useRef<HTMLFormElement>(null)
  const [fault, setFault] = useState<string>()
  const [results, setResults] = useState<DeviceResults | null>(null)
  const { data: rules } = useQuery(operationQuery('users.rules', {}))
  const digitsMin = rules?.PasswordDigitsMin ?? 4
  const targets = useTargets(person.EmployeeCode)
  const set = useMutation(operationMutation('users.setPassword'))
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    const pin = String(typed.get('pin') ?? '')
    const found = judgePin(pin, String(typed.get('again') ?? ''), { digitsMin, code: person.EmployeeCode })
    setFault(found === null ? undefined : found === 'digits' ? w.rules.digits(digitsMin) : w.rules[found])
    if (found !== null || targets.sns.length === 0) return
    set.mutate(
      { input: { EmployeeCode: person.EmployeeCode, DeviceSN: targets.sns, Password: pin } },
      {
        onSuccess: ({ body }) => setResults(body.Results),
        onError: error => {
          const { title, advice } = words.errors[errorTextKey(error)]
          setFault(`${title}. ${errorDetail(error) ?? advice}`)
        },
        // The mutation remembers what it was called with; a code may not stay in memory.
        onSettled: () => {
          form.current?.reset()
          set.reset()
        },
      },
    )
  }
  return (
    <SideSheet title={w.title} lead={person.EmployeeCode} onClose={onClose}>
      {results ? (
        <div className={styles.stack}>
          <ResultList results={results} />
          <div className={styles.actions}>
            <Button look="primary" onClick={onClose}>
              {words.states.form.close}
            </Button>
          </div>
        </div>
      ) : (
        <form ref={form} onSubmit={submit} noValidate>
          <FormGrid
            actions={
              <>
                <Button type="submit" look="primary" busy={set.isPending} disabled={targets.sns.length === 0}>
                  {set.isPending ? w.busy : w.submit}
                </Button>
                <Button look="quiet" onClick={onClose}>
                  {words.states.form.cancel}
                </Button>
              </>
            }
          >
            <Field
              label={w.pin}
              hint={[w.hint(digitsMin), rules?.PasswordsUnique ? w.unique : ''].filter(Boolean).join(' ')}
              error={fault}
            >
              {control => <PinInput {...control} name="pin" />}
            </Field>
            <Field label={w.again}>{control => <PinInput {...control} name="again" />}</Field>
            <TargetChoice targets={targets} />
          </FormGrid>
        </form>
      )}
    </SideSheet>
  )
}

function PinInput(props: { readonly id: string; readonly name: string }) {
  return (
    <input
      {...props}
      className="gh-input"
      type="password"
      inputMode="numeric"
      maxLength={8}
      required
      autoComplete="new-password"
    />
  )
}
