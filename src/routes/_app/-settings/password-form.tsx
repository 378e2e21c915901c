import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { OperationError } from '#contract/errors.ts'
import { errorDetail, errorTextKey } from '../../../api/error-text.ts'
import { changePassword } from '../../../api/session.ts'
import { Button } from '../../../components/button/button.tsx'
import { Field, FormGrid } from '../../../components/field/field.tsx'
import { Icon } from '../../../components/icon/icon.tsx'
import { Panel } from '../../../components/panel/panel.tsx'
import { words } from '../../../words/index.ts'
import { settingsWords } from '../../../words/settings.ts'
import styles from './password-form.module.css'

/** The contract's own minimum (contract/dashboard/session.ts); its schema would bring zod into the bundle. */
const lengthMin = 12

interface Faults {
  readonly current?: string
  readonly next?: string
  readonly repeat?: string
}

/** Changes the own password. What is wrong is said at the field it is wrong in. */
export function PasswordForm({ isInitial }: { readonly isInitial: boolean }) {
  const w = settingsWords.password
  const queryClient = useQueryClient()
  const [state, setState] = useState<'idle' | 'busy' | 'done'>('idle')
  const [faults, setFaults] = useState<Faults>({})
  const submit = async (form: HTMLFormElement) => {
    const data = new FormData(form)
    const text = (name: string) => String(data.get(name) ?? '')
    const wrong = check(text('next'), text('repeat'))
    setFaults(wrong)
    if (Object.keys(wrong).length > 0) return
    setState('busy')
    try {
      await changePassword(queryClient, { Current: text('current'), New: text('next') })
      form.reset()
      setState('done')
    } catch (error) {
      setFaults(faultOf(error))
      setState('idle')
    }
  }
  return (
    <Panel title={w.title}>
      <form
        className={styles.form}
        onSubmit={(event: FormEvent<HTMLFormElement>) => {
          event.preventDefault()
          void submit(event.currentTarget)
        }}
      >
        <FormGrid
          actions={
            <>
              <Button type="submit" look="primary" busy={state === 'busy'}>
                {state === 'busy' ? w.busy : w.submit}
              </Button>
              <span className={styles.done} role="status">
                {state === 'done' && w.done}
              </span>
            </>
          }
        >
          {isInitial && state !== 'done' && (
            <p className={styles.initial}>
              <Icon name="warning" />
              {w.initial}
            </p>
          )}
          <Secret label={w.current} name="current" autoComplete="current-password" error={faults.current} />
          <Secret
            label={w.next}
            name="next"
            autoComplete="new-password"
            hint={w.nextHint}
            error={faults.next}
          />
          <Secret label={w.repeat} name="repeat" autoComplete="new-password" error={faults.repeat} />
        </FormGrid>
      </form>
    </Panel>
  )
}

function Secret({
  label,
  name,
  autoComplete,
  hint,
  error,
}: {
  readonly label: string
  readonly name: string
  readonly autoComplete: 'current-password' | 'new-password'
  readonly hint?: string
  readonly error: string | undefined
}) {
  return (
    <Field label={label} hint={hint} error={error}>
      {control => (
        <input
          {...control}
          className="gh-input"
          type="password"
          name={name}
          required
          maxLength={256}
          autoComplete={autoComplete}
        />
      )}
    </Field>
  )
}

function check(next: string, repeat: string): Faults {
  const w = settingsWords.password
  if (next.length < lengthMin) return { next: w.short }
  return next === repeat ? {} : { repeat: w.differ }
}

function faultOf(error: unknown): Faults {
  const w = settingsWords.password
  const code = error instanceof OperationError ? error.code : null
  if (code === 'SIGN_IN_FAILED') return { current: w.wrong }
  if (code === 'RATE_LIMITED') return { current: w.tooMany }
  const { title, advice } = words.errors[errorTextKey(error)]
  return { next: `${title}. ${errorDetail(error) ?? advice}` }
}
