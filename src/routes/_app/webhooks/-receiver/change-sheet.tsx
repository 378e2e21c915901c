import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Check, Field, FormGrid } from '../../../../components/field/field.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { words } from '../../../../words/index.ts'
import { consoleWords } from '../../../../words/webhook-console.ts'
import { webhooksWords } from '../../../../words/webhooks-page.ts'
import { eventIds } from '../-deliveries/search.ts'
import styles from './change-sheet.module.css'
import type { Receiver } from './receiver-page.tsx'

/** Changes a receiver. What is left as it is stays as it is; the address only when it was typed anew. */
export function ChangeSheet({
  receiver,
  onClose,
}: {
  readonly receiver: Receiver
  readonly onClose: () => void
}) {
  const w = consoleWords.receivers
  const f = webhooksWords.form
  const change = useMutation({ ...operationMutation('webhooks.change'), onSuccess: onClose })
  const [isEventMissing, setEventMissing] = useState(false)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const Events = eventIds.filter(name => form.getAll('event').includes(name))
    setEventMissing(Events.length === 0)
    if (Events.length === 0) return
    const url = text('url')
    const hours = text('maxAge')
    change.mutate({
      input: {
        SubscriptionID: receiver.SubscriptionID,
        ...(url === receiver.CallbackUrl ? {} : { CallbackUrl: url }),
        Events,
        Name: text('name'),
        DeviceSN: listOf(text('devices')),
        Site: listOf(text('sites')),
        ...(form.has('people') ? { EmployeeCode: listOf(text('people')) } : {}),
        PerSecond: text('rate') === '' ? '' : Number(text('rate')),
        MaxAgeSeconds: hours === '' ? '' : Math.round(Number(hours) * 3600),
        Acknowledgement: receiver.Acknowledgement,
      },
    })
  }
  const failed = change.error ? words.errors[errorTextKey(change.error)] : null
  return (
    <SideSheet title={w.editTitle} lead={receiver.CallbackUrl} onClose={onClose}>
      <form onSubmit={submit}>
        <FormGrid
          actions={
            <>
              <Button type="submit" look="primary" busy={change.isPending}>
                {w.save}
              </Button>
              <Button look="quiet" onClick={onClose}>
                {words.states.form.cancel}
              </Button>
            </>
          }
        >
          <Line name="name" label={w.name} hint={w.nameHint} value={receiver.Name ?? ''} max={80} />
          <Line
            name="url"
            label={w.url}
            hint={w.urlHint}
            value={receiver.CallbackUrl}
            max={2000}
            error={failed ? `${failed.title}. ${errorDetail(change.error) ?? failed.advice}` : undefined}
          />
          <fieldset className={styles.events}>
            <legend className={styles.legend}>{f.events}</legend>
            {eventIds.map(name => (
              <Check
                key={name}
                name="event"
                value={name}
                hint={name}
                defaultChecked={receiver.Events.includes(name)}
              >
                {webhooksWords.events[name]}
              </Check>
            ))}
            {isEventMissing && <p role="alert">{f.eventsMissing}</p>}
          </fieldset>
          <Line
            name="devices"
            label={f.devices}
            hint={f.devicesHint}
            value={receiver.DeviceSN?.join(', ') ?? ''}
          />
          <Line name="sites" label={w.sites} hint={w.sitesHint} value={receiver.Site?.join(', ') ?? ''} />
          <People receiver={receiver} />
          <Line name="rate" label={w.rate} hint={w.rateHint} value={numberText(receiver.PerSecond)} />
          <Line
            name="maxAge"
            label={w.maxAge}
            hint={w.maxAgeHint}
            value={numberText(receiver.MaxAgeSeconds === null ? null : receiver.MaxAgeSeconds / 3600)}
          />
        </FormGrid>
      </form>
    </SideSheet>
  )
}

/** Left out for those who may not see whom it is about: what they cannot see they cannot change by accident. */
function People({ receiver }: { readonly receiver: Receiver }) {
  const w = consoleWords.receivers
  const may = useCan('attendance:identify')
  if (!may) return null
  return (
    <Line
      name="people"
      label={w.people}
      hint={w.peopleHint}
      value={receiver.EmployeeCode?.join(', ') ?? ''}
    />
  )
}

function Line({
  name,
  label,
  hint,
  value,
  max = 4000,
  error,
}: {
  readonly name: string
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly max?: number
  readonly error?: string | undefined
}) {
  return (
    <Field label={label} hint={hint} error={error}>
      {control => (
        <input
          {...control}
          className="gh-input"
          name={name}
          defaultValue={value}
          maxLength={max}
          autoComplete="off"
          spellCheck={false}
        />
      )}
    </Field>
  )
}

function numberText(value: number | null): string {
  return value === null ? '' : String(value)
}

/** An empty list takes the filter away. */
function listOf(text: string): string[] {
  return text
    .split(/[\n,]+/)
    .map(each => each.trim())
    .filter(Boolean)
}
