import { useState } from 'react'
import type { OperationInput } from '#contract/types.ts'
import { Field } from '../../../../components/field/field.tsx'
import { webhooksWords } from '../../../../words/webhooks-page.ts'

type Registration = OperationInput<'webhooks.register'>
export type CallbackFormat = NonNullable<Registration['Format']>
export type Acknowledgement = NonNullable<Registration['Acknowledgement']>

/** What a receiver understands, what it answers, and, for the form that has one, the key its bodies are encrypted with. */
export function CallbackFormChoice() {
  const w = webhooksWords.form
  const [format, setFormat] = useState<CallbackFormat>('v3')
  return (
    <>
      <Field label={w.format} hint={w.formatHints[format]}>
        {control => (
          <select
            {...control}
            className="gh-select"
            name="format"
            value={format}
            onChange={event => setFormat(readFormat(event.target.value))}
          >
            {namesOf(w.formats).map(name => (
              <option key={name} value={name}>
                {w.formats[name]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={w.acknowledgement}>
        {control => (
          <select {...control} className="gh-select" name="acknowledgement" defaultValue="done">
            {namesOf(w.acknowledgements).map(name => (
              <option key={name} value={name}>
                {w.acknowledgements[name]}
              </option>
            ))}
          </select>
        )}
      </Field>
      {format === 'web-api-3' && (
        <Field label={w.encryptionKey} hint={w.encryptionKeyHint}>
          {control => (
            <input
              {...control}
              className="gh-input"
              name="encryptionKey"
              minLength={32}
              maxLength={32}
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
      )}
    </>
  )
}

/** The form of callbacks a choice stands for; ours when it stands for none. */
export function readFormat(value: unknown): CallbackFormat {
  return namesOf(webhooksWords.form.formats).find(name => name === value) ?? 'v3'
}

/** The acknowledgement a choice stands for; the lenient one when it stands for none. */
export function readAcknowledgement(value: unknown): Acknowledgement {
  return namesOf(webhooksWords.form.acknowledgements).find(name => name === value) ?? 'done'
}

function namesOf<Name extends string>(labels: Readonly<Record<Name, string>>): Name[] {
  return Object.keys(labels) as Name[] // listing keys forgets which they are
}
