import type { FormEvent, ReactNode } from 'react'
import { OperationError } from '#contract/errors.ts'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { Button } from '../../../../components/button/button.tsx'
import { FormGrid } from '../../../../components/field/field.tsx'
import { words } from '../../../../words/index.ts'
import styles from './setup-page.module.css'

/** What the gateway said of one field, in its own words; undefined where the fault is elsewhere. */
export function faultOf(error: Error | null, ...fields: readonly string[]): string | undefined {
  if (!(error instanceof OperationError) || error.field === undefined) return undefined
  return fields.includes(error.field) ? (error.detail ?? error.message) : undefined
}

/** A form in a sheet: its fields, what failed as a whole, save and cancel, and what else can be done. */
export function SaveForm({
  error,
  fields,
  busy,
  more,
  label = words.states.form.save,
  onSubmit,
  onCancel,
  children,
}: {
  readonly error: Error | null
  /** Fields that show their own faults. */
  readonly fields: readonly string[]
  readonly busy: boolean
  readonly more?: ReactNode
  readonly label?: string
  readonly onSubmit: () => void
  readonly onCancel?: () => void
  readonly children: ReactNode
}) {
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  const failed = error && faultOf(error, ...fields) === undefined ? words.errors[errorTextKey(error)] : null
  return (
    <form onSubmit={submit} noValidate>
      <FormGrid
        actions={
          <>
            <Button type="submit" look="primary" busy={busy}>
              {label}
            </Button>
            {onCancel && (
              <Button look="quiet" onClick={onCancel}>
                {words.states.form.cancel}
              </Button>
            )}
            {more && <span className={styles.end}>{more}</span>}
          </>
        }
      >
        {children}
        {failed && (
          <p className={styles.fault} role="alert">
            {failed.title}. {errorDetail(error) ?? failed.advice}
          </p>
        )}
      </FormGrid>
    </form>
  )
}
