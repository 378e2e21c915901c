import type { FormEvent } from 'react'
import { errorTextKey } from '../../../../api/error-text.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { doorWords } from '../../../../words/door-pages.ts'
import { words } from '../../../../words/index.ts'
import styles from './password-once-more.module.css'

/** Asks for the password before a whole site is acted on. */
export function PasswordOnceMore({
  isBusy,
  error,
  onConfirm,
  onGiveUp,
}: {
  readonly isBusy: boolean
  readonly error: unknown
  readonly onConfirm: (password: string) => void
  readonly onGiveUp: () => void
}) {
  const w = doorWords.emergency
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    onConfirm(String(new FormData(event.currentTarget).get('password') ?? ''))
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field
        label={w.password}
        hint={w.passwordWhy}
        error={error === null ? undefined : words.errors[errorTextKey(error)].title}
      >
        {control => (
          <input
            {...control}
            name="password"
            type="password"
            className="gh-input"
            autoComplete="current-password"
            required
            // biome-ignore lint/a11y/noAutofocus: it is asked for in the middle of an act
            autoFocus
          />
        )}
      </Field>
      <div className={styles.actions}>
        <Button type="submit" look="danger" busy={isBusy}>
          {w.passwordGo}
        </Button>
        <Button look="quiet" onClick={onGiveUp}>
          {words.states.form.cancel}
        </Button>
      </div>
    </form>
  )
}
