import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { EventId } from '#contract/events.ts'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Combobox } from '../../../../components/combobox/combobox.tsx'
import { Check, Field, FormGrid } from '../../../../components/field/field.tsx'
import { Icon } from '../../../../components/icon/icon.tsx'
import { words } from '../../../../words/index.ts'
import { webhooksWords } from '../../../../words/webhooks-page.ts'
import { eventIds } from '../-deliveries/search.ts'
import {
  type Acknowledgement,
  type CallbackFormat,
  CallbackFormChoice,
  readAcknowledgement,
  readFormat,
} from './callback-form-choice.tsx'
import styles from './receiver-form.module.css'

export interface ReceiverInput {
  readonly CallbackUrl: string
  readonly Events: EventId[]
  readonly DeviceSN: string[]
  readonly CallbackToken: string
  readonly Format: CallbackFormat
  readonly Acknowledgement: Acknowledgement
  readonly EncryptionKey: string
}

/** Where, in which form, which events, of which terminals. */
export function ReceiverForm({
  busy,
  error,
  onSave,
  onCancel,
}: {
  readonly busy: boolean
  readonly error: Error | null
  readonly onSave: (input: ReceiverInput) => void
  readonly onCancel: () => void
}) {
  const w = webhooksWords.form
  const [devices, setDevices] = useState<readonly string[]>([])
  const [isEventMissing, setEventMissing] = useState(false)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const Events = eventIds.filter(name => form.getAll('event').includes(name))
    setEventMissing(Events.length === 0)
    if (Events.length === 0) return
    onSave({
      CallbackUrl: text('url'),
      Events,
      DeviceSN: [...devices],
      CallbackToken: text('token'),
      Format: readFormat(form.get('format')),
      Acknowledgement: readAcknowledgement(form.get('acknowledgement')),
      EncryptionKey: text('encryptionKey'),
    })
  }
  const failed = error ? words.errors[errorTextKey(error)] : null
  return (
    <form onSubmit={submit}>
      <FormGrid
        actions={
          <>
            <Button type="submit" look="primary" busy={busy}>
              {busy ? w.busy : w.submit}
            </Button>
            <Button look="quiet" onClick={onCancel}>
              {words.states.form.cancel}
            </Button>
          </>
        }
      >
        <Field
          label={w.url}
          hint={w.urlHint}
          error={failed ? `${failed.title}. ${errorDetail(error) ?? failed.advice}` : undefined}
        >
          {control => (
            <input
              {...control}
              className="gh-input"
              name="url"
              type="url"
              required
              maxLength={2000}
              pattern="https?://.+"
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
        <fieldset className={styles.events}>
          <legend className={styles.legend}>{w.events}</legend>
          {eventIds.map(name => (
            <Check key={name} name="event" value={name} defaultChecked={name === 'OnAttendance'} hint={name}>
              {webhooksWords.events[name]}
            </Check>
          ))}
          {isEventMissing && (
            <p className={styles.missing} role="alert">
              {w.eventsMissing}
            </p>
          )}
        </fieldset>
        <CallbackFormChoice />
        <DeviceChoice devices={devices} onChange={setDevices} />
        <Field label={w.token} hint={w.tokenHint}>
          {control => (
            <input
              {...control}
              className="gh-input"
              name="token"
              maxLength={200}
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
      </FormGrid>
    </form>
  )
}

/** None chosen means all. Chosen by name where the list may be read, else by serial number. */
function DeviceChoice({
  devices,
  onChange,
}: {
  readonly devices: readonly string[]
  readonly onChange: (devices: readonly string[]) => void
}) {
  const w = webhooksWords.form
  const mayList = useCan('devices:read')
  const { data, isPending } = useQuery({ ...operationQuery('devices.list', {}), enabled: mayList })
  if (!mayList)
    return (
      <Field label={w.devices} hint={w.devicesHint}>
        {control => (
          <textarea
            {...control}
            className="gh-input"
            rows={3}
            spellCheck={false}
            onChange={event => onChange(event.target.value.split(/[\s,]+/).filter(Boolean))}
          />
        )}
      </Field>
    )
  const all = data?.Devices ?? []
  const nameOf = (serial: string) => all.find(device => device.DeviceSN === serial)?.LabelName ?? serial
  const options = all
    .filter(device => !devices.includes(device.DeviceSN))
    .map(device => ({ value: device.DeviceSN, label: device.LabelName, note: device.Site }))
  return (
    <div className={styles.devices}>
      <Field label={w.devices} hint={devices.length === 0 ? webhooksWords.allDevices : undefined}>
        {control => (
          <Combobox
            {...control}
            label={w.devices}
            hideLabel
            value=""
            options={options}
            busy={isPending}
            placeholder={w.addDevice}
            onChoose={serial => serial !== '' && onChange([...devices, serial])}
          />
        )}
      </Field>
      {devices.length > 0 && (
        <ul className={styles.chips}>
          {devices.map(serial => (
            <li key={serial} className={styles.chip}>
              {nameOf(serial)}
              <button
                type="button"
                className={styles.remove}
                aria-label={w.removeDevice(nameOf(serial))}
                onClick={() => onChange(devices.filter(each => each !== serial))}
              >
                <Icon name="cross" size={12} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
