import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { useLink } from '../../../../api/link.ts'
import { operationMutation } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { words } from '../../../../words/index.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import type { DeviceInfo } from './device-info.ts'
import styles from './security-panel.module.css'

/** The contract's own rule (contract/operations/own.ts); its schema would bring zod into the bundle. */
const printable = /^[\x21-\x7e]{1,64}$/

/** Sets the key a terminal has to show, or asks for none any more. What is typed leaves the page with the request. */
export function KeyForm({ device }: { readonly device: DeviceInfo }) {
  const w = terminalWords.security
  const link = useLink()
  const field = useRef<HTMLInputElement>(null)
  const [fault, setFault] = useState<string>()
  const [said, setSaid] = useState<string | null>(null)
  const set = useMutation(operationMutation('devices.setKey'))
  const send = (Key: string, done: string, idempotencyKey?: string) => {
    setSaid(null)
    setFault(undefined)
    set.mutate(
      { input: { DeviceSN: device.DeviceSN, Key }, ...(idempotencyKey ? { idempotencyKey } : {}) },
      {
        onSuccess: () => {
          if (field.current) field.current.value = ''
          setSaid(done)
          // The button that was pressed goes with the key.
          if (Key === '') field.current?.focus()
          // The mutation remembers what it was called with; a key may not stay in memory.
          set.reset()
        },
        onError: error => {
          const { title, advice } = words.errors[errorTextKey(error)]
          setFault(`${title}. ${errorDetail(error) ?? advice}`)
          set.reset()
        },
      },
    )
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const key = field.current?.value ?? ''
    if (key === '') return setFault(w.keyMissing)
    if (!printable.test(key)) return setFault(w.keyFault)
    send(key, w.setDone)
  }
  const isOffline = link.state === 'offline'
  return (
    <>
      <form className={styles.form} onSubmit={submit} noValidate>
        <Field label={w.key} hint={w.keyHint} error={fault}>
          {control => (
            <input
              {...control}
              ref={field}
              className="gh-input"
              type="password"
              required
              maxLength={64}
              autoComplete="new-password"
              spellCheck={false}
            />
          )}
        </Field>
        <p className={styles.text}>{w.order}</p>
        <div className={styles.actions}>
          <Button
            type="submit"
            look="primary"
            busy={set.isPending}
            disabled={isOffline}
            title={isOffline ? words.states.confirm.offline : undefined}
          >
            {set.isPending ? w.busy : device.KeySet ? w.changeKey : w.setKey}
          </Button>
          {device.KeySet && (
            <HoldButton
              icon="trash"
              label={w.remove}
              action={w.removeAction(device.LabelName)}
              busy={set.isPending}
              disabledWhy={isOffline ? words.states.confirm.offline : undefined}
              onConfirm={idempotencyKey => send('', w.removed, idempotencyKey)}
            />
          )}
        </div>
      </form>
      <p className={styles.said} role="status">
        {said}
      </p>
    </>
  )
}
