import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import type { SessionBody } from '#contract/dashboard/session.ts'
import { errorTextKey } from '../../../api/error-text.ts'
import { operationMutation } from '../../../api/query.ts'
import { useAge } from '../../../components/age/age.tsx'
import { Badge } from '../../../components/badge/badge.tsx'
import { Button } from '../../../components/button/button.tsx'
import type { Device } from '../../../components/devices/restart-button.tsx'
import { words } from '../../../words/index.ts'
import styles from './adopt-device.module.css'

/** A terminal that has called and is not trusted yet; the form to name, place and trust it. */
export function AdoptDevice({ device, session }: { readonly device: Device; readonly session: SessionBody }) {
  const w = words.devices.adopt
  const [isOpen, setOpen] = useState(false)
  const seen = useAge(device.LastSeen)
  const may = session.Permissions.includes('devices:adopt')
  const about = [
    device.DeviceSN,
    device.Model ?? '',
    device.Address ?? '',
    device.LastSeen ? words.devices.seen(seen) : words.devices.neverSeen,
    device.HeldUploads > 0 ? words.devices.held(device.HeldUploads) : '',
  ]
  return (
    <div className={styles.adopt}>
      <div className={styles.head}>
        <div className={styles.text}>
          <Badge tone="accent" icon="plus">
            {w.title}
          </Badge>
          <p className={styles.about}>{about.filter(Boolean).join(' · ')}</p>
        </div>
        {may && !isOpen && (
          <Button look="primary" aria-expanded={false} onClick={() => setOpen(true)}>
            {w.action}
          </Button>
        )}
      </div>
      {isOpen && <AdoptForm device={device} session={session} onCancel={() => setOpen(false)} />}
    </div>
  )
}

function AdoptForm({
  device,
  session,
  onCancel,
}: {
  readonly device: Device
  readonly session: SessionBody
  readonly onCancel: () => void
}) {
  const w = words.devices.adopt
  const id = useId()
  const adopt = useMutation(operationMutation('devices.adopt'))
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    adopt.mutate({
      input: {
        DeviceSN: device.DeviceSN,
        LabelName: text('label'),
        TimeZone: text('zone'),
        HasDoor: form.has('door'),
        ...(text('site') ? { Site: text('site') } : {}),
      },
    })
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <p className={styles.lead}>{w.lead}</p>
      <Field id={`${id}-label`} label={w.label} hint={w.labelHint}>
        <input
          className="gh-input"
          id={`${id}-label`}
          name="label"
          required
          maxLength={100}
          defaultValue={device.LabelName}
          aria-describedby={`${id}-label-hint`}
        />
      </Field>
      <Field id={`${id}-site`} label={w.site}>
        <input
          className="gh-input"
          id={`${id}-site`}
          name="site"
          maxLength={100}
          defaultValue={device.Site}
        />
      </Field>
      <Field id={`${id}-zone`} label={w.timeZone}>
        <input
          className="gh-input"
          id={`${id}-zone`}
          name="zone"
          required
          maxLength={64}
          list={`${id}-zones`}
          defaultValue={device.TimeZone || session.TimeZone}
        />
        <datalist id={`${id}-zones`}>
          {Intl.supportedValuesOf('timeZone').map(zone => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </Field>
      <label className={styles.check}>
        <input type="checkbox" name="door" defaultChecked={device.HasDoor} />
        {w.hasDoor}
      </label>
      <div className={styles.actions}>
        <Button type="submit" look="primary" busy={adopt.isPending}>
          {adopt.isPending ? w.busy : w.submit}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {words.states.form.cancel}
        </Button>
        <span role="status" className={styles.failed}>
          {adopt.isError && words.errors[errorTextKey(adopt.error)].title}
        </span>
      </div>
    </form>
  )
}

function Field({
  id,
  label,
  hint,
  children,
}: {
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly children: ReactNode
}) {
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children}
      {hint && (
        <span className={styles.hint} id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  )
}
