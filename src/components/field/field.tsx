import { type ReactNode, useId } from 'react'
import styles from './field.module.css'

interface ControlProps {
  readonly id: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: true
}

/** A label, its control, a hint and what is wrong with it, tied together for everyone. */
export function Field({
  label,
  hint,
  error,
  children,
}: {
  readonly label: string
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly children: (control: ControlProps) => ReactNode
}) {
  const id = useId()
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        ...(described ? { 'aria-describedby': described } : {}),
        ...(error ? { 'aria-invalid': true } : {}),
      })}
      {hint && (
        <p className={styles.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className={styles.error} id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

/** A box to tick with its words. */
export function Check({
  children,
  hint,
  ...control
}: {
  readonly name: string
  readonly value?: string
  readonly defaultChecked?: boolean
  readonly hint?: string
  readonly children: ReactNode
}) {
  const id = useId()
  return (
    <label className={styles.check}>
      <input type="checkbox" {...control} {...(hint ? { 'aria-describedby': id } : {})} />
      <span>
        {children}
        {hint && (
          <span className={styles.hint} id={id}>
            {hint}
          </span>
        )}
      </span>
    </label>
  )
}

/** Fields under each other with their actions at the end. */
export function FormGrid({
  children,
  actions,
}: {
  readonly children: ReactNode
  readonly actions: ReactNode
}) {
  return (
    <div className={styles.form}>
      {children}
      <div className={styles.actions}>{actions}</div>
    </div>
  )
}
