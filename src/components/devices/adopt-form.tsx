import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { errorDetail, errorTextKey } from '../../api/error-text.ts'
import { operationMutation, operationQuery } from '../../api/query.ts'
import { devicesPageWords } from '../../words/devices-page.ts'
import { words } from '../../words/index.ts'
import { Button } from '../button/button.tsx'
import { Check, Field, FormGrid } from '../field/field.tsx'
import type { Device } from './restart-button.tsx'
import { TimeZoneField } from './time-zone-field.tsx'

export type Adopted = OperationAnswer<'devices.adopt'>

/** Names, places and trusts a terminal. For one that is trusted already it changes name and place. */
export function AdoptForm({
  device,
  onDone,
  onCancel,
}: {
  readonly device: Pick<Device, 'DeviceSN' | 'LabelName' | 'Site' | 'TimeZone' | 'HasDoor' | 'Adoption'>
  readonly onDone: (adopted: Adopted) => void
  readonly onCancel: () => void
}) {
  const w = words.devices.adopt
  const id = useId()
  const isNew = device.Adoption === 'Waiting'
  const [zone, setZone] = useState(device.TimeZone)
  const sites = useQuery({ ...operationQuery('site.info', {}), staleTime: 300_000 }).data?.Sites ?? []
  const adopt = useMutation(operationMutation('devices.adopt'))
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const input = {
      DeviceSN: device.DeviceSN,
      LabelName: text('label'),
      Site: text('site'),
      TimeZone: zone,
      HasDoor: form.has('door'),
    }
    adopt.mutate({ input }, { onSuccess: result => onDone(result.body) })
  }
  const error = adopt.isError ? words.errors[errorTextKey(adopt.error)] : null
  return (
    <form onSubmit={submit}>
      <FormGrid
        actions={
          <>
            <Button type="submit" look="primary" busy={adopt.isPending}>
              {adopt.isPending ? w.busy : isNew ? w.submit : words.states.form.save}
            </Button>
            <Button look="quiet" onClick={onCancel}>
              {words.states.form.cancel}
            </Button>
          </>
        }
      >
        <Field label={w.label} hint={w.labelHint}>
          {control => (
            <input
              {...control}
              className="gh-input"
              name="label"
              required
              maxLength={100}
              autoComplete="off"
              // A serial number is no name; an empty field asks for one.
              defaultValue={device.LabelName === device.DeviceSN ? '' : device.LabelName}
            />
          )}
        </Field>
        <Field label={w.site}>
          {control => (
            <input
              {...control}
              className="gh-input"
              name="site"
              required
              maxLength={100}
              autoComplete="off"
              list={`${id}-sites`}
              defaultValue={device.Site}
              onChange={event => {
                const known = sites.find(site => site.Site === event.target.value)
                if (known) setZone(known.TimeZone)
              }}
            />
          )}
        </Field>
        <datalist id={`${id}-sites`}>
          {sites.map(site => (
            <option key={site.Site} value={site.Site} />
          ))}
        </datalist>
        <TimeZoneField value={zone} onChange={setZone} />
        <Check name="door" defaultChecked={device.HasDoor} hint={devicesPageWords.doorHint}>
          {w.hasDoor}
        </Check>
        {error && (
          <p role="alert">
            {error.title}. {errorDetail(adopt.error) ?? error.advice}
          </p>
        )}
      </FormGrid>
    </form>
  )
}
