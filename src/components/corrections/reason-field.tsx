import { useId } from 'react'
import { correctionWords } from '../../words/corrections.ts'
import { Field } from '../field/field.tsx'

/** Why: typed, or one of the usual ones. */
export function ReasonField({
  label = correctionWords.reason,
  error,
  isFirst = false,
}: {
  readonly label?: string
  readonly error?: string | undefined
  readonly isFirst?: boolean
}) {
  const id = useId()
  return (
    <Field label={label} hint={correctionWords.reasonHint} error={error}>
      {control => (
        <>
          <input
            {...control}
            className="gh-input"
            name="reason"
            required
            maxLength={500}
            autoComplete="off"
            // biome-ignore lint/a11y/noAutofocus: the field appears because its button was pressed
            autoFocus={isFirst}
            list={`${id}-reasons`}
          />
          <datalist id={`${id}-reasons`}>
            {correctionWords.reasons.map(reason => (
              <option key={reason} value={reason} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  )
}

/** The reason of a submitted form, or null where it says nothing. */
export function reasonOf(form: FormData): string | null {
  const reason = String(form.get('reason') ?? '').trim()
  return reason.length < 3 ? null : reason
}
