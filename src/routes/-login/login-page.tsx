import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { OperationError } from '#contract/errors.ts'
import { errorTextKey } from '../../api/error-text.ts'
import { signIn } from '../../api/session.ts'
import { Button } from '../../components/button/button.tsx'
import { words } from '../../words/index.ts'
import styles from './login-page.module.css'

/** Name and password; on success back to where the person was going. */
export function LoginPage() {
  const { to, why } = useSearch({ from: '/login' })
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { failure, waitSeconds, fail, clear } = useFailure()
  const [busy, setBusy] = useState(false)
  const [shown, setShown] = useState(false)
  const name = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)
  const id = useId()

  useEffect(() => {
    document.title = words.pageTitle(words.login.title)
    // The inline skeleton was told not to draw the shell behind this form; it may again.
    document.documentElement.removeAttribute('data-bare')
    name.current?.focus()
  }, [])

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    clear()
    setBusy(true)
    try {
      await signIn(queryClient, { Name: text(form, 'name').trim(), Password: text(form, 'password') })
      await navigate({ href: safeTarget(to), replace: true })
    } catch (error) {
      fail(error)
      password.current?.select()
    } finally {
      setBusy(false)
    }
  }

  const w = words.login
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <div className={styles.brand}>
          <img src="/favicon.svg" alt="" width={36} height={36} />
          <span className={styles.product}>{words.product}</span>
        </div>
        <h1 className={styles.title}>{w.title}</h1>
        <p className={styles.lead}>{why === 'ended' ? w.ended : w.lead}</p>
        <form className={styles.form} onSubmit={event => void submit(event)}>
          <label className={styles.label} htmlFor={`${id}-name`}>
            {w.name}
          </label>
          <input
            className={styles.input}
            ref={name}
            id={`${id}-name`}
            name="name"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            maxLength={64}
          />
          <label className={styles.label} htmlFor={`${id}-password`}>
            {w.password}
          </label>
          <div className={styles.secret}>
            <input
              className={styles.input}
              ref={password}
              id={`${id}-password`}
              name="password"
              type={shown ? 'text' : 'password'}
              autoComplete="current-password"
              required
              maxLength={256}
              aria-describedby={failure ? `${id}-failure` : undefined}
            />
            <span className={styles.reveal}>
              <Button
                look="quiet"
                size="small"
                icon={shown ? 'eyeOff' : 'eye'}
                aria-label={shown ? w.hide : w.show}
                aria-pressed={shown}
                onClick={() => setShown(!shown)}
              />
            </span>
          </div>
          <p className={styles.failure} id={`${id}-failure`} role="alert">
            {waitSeconds > 0 ? w.tooMany(waitSeconds) : failure}
          </p>
          <Button type="submit" look="primary" size="large" full busy={busy} disabled={waitSeconds > 0}>
            {busy ? w.busy : w.submit}
          </Button>
        </form>
        <p className={styles.hint}>{w.firstTime}</p>
      </div>
    </main>
  )
}

/** What went wrong, and how long to wait if the server asked for that. */
function useFailure() {
  const [failure, setFailure] = useState('')
  const [waitSeconds, setWaitSeconds] = useState(0)
  useEffect(() => {
    if (waitSeconds <= 0) return
    const timer = setTimeout(() => setWaitSeconds(waitSeconds - 1), 1000)
    return () => clearTimeout(timer)
  }, [waitSeconds])
  return {
    failure,
    waitSeconds,
    clear: () => setFailure(''),
    fail: (error: unknown) => {
      const { title, advice } = words.errors[errorTextKey(error)]
      const isWrong = error instanceof OperationError && error.code === 'SIGN_IN_FAILED'
      setFailure(isWrong ? words.login.failed : `${title}. ${advice}`)
      if (error instanceof OperationError) setWaitSeconds(error.retryAfterSeconds ?? 0)
    },
  }
}

function text(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** Only a path of our own: the address bar must not be able to send a fresh session elsewhere. */
function safeTarget(to: string | undefined): string {
  return to && /^\/(?![/\\])/.test(to) ? to : '/'
}
