import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Field, FormGrid } from '../../../../components/field/field.tsx'
import { SideSheet } from '../../../../components/side-sheet/side-sheet.tsx'
import { fleetWords } from '../../../../words/fleet.ts'
import { words } from '../../../../words/index.ts'
import type { Channel } from './alerts-page.tsx'
import styles from './fleet-page.module.css'

const kinds = ['Email', 'Webhook', 'Slack', 'Push'] as const
type Kind = (typeof kinds)[number]

/** Where messages go. What is secret is typed and never shown again. */
export function ChannelSheet({
  channel,
  onClose,
}: {
  readonly channel: Channel | null
  readonly onClose: () => void
}) {
  const w = fleetWords.alerts
  const [kind, setKind] = useState<Kind>(channel?.Kind ?? 'Email')
  const save = useMutation(operationMutation('site.saveAlertChannel'))
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const to = text('to')
      .split(',')
      .map(one => one.trim())
      .filter(Boolean)
    save.mutate(
      {
        input: {
          Name: text('name'),
          Kind: kind,
          ...(channel ? { ChannelID: channel.ChannelID } : {}),
          ...(text('url') ? { Url: text('url') } : {}),
          ...(text('host') ? { Host: text('host') } : {}),
          ...(text('port') ? { Port: Number(text('port')) } : {}),
          ...(text('user') ? { User: text('user') } : {}),
          ...(text('password') ? { Password: text('password') } : {}),
          ...(text('from') ? { From: text('from') } : {}),
          ...(to.length > 0 ? { To: to } : {}),
        },
      },
      { onSuccess: onClose },
    )
  }
  const failed = save.error ? words.errors[errorTextKey(save.error)] : null
  return (
    <SideSheet title={channel ? w.editChannel : w.addChannel} onClose={onClose}>
      <form onSubmit={submit}>
        <FormGrid
          actions={
            <>
              <Button type="submit" look="primary" busy={save.isPending}>
                {save.isPending ? w.form.busy : w.form.save}
              </Button>
              <Button look="quiet" onClick={onClose}>
                {words.states.form.cancel}
              </Button>
            </>
          }
        >
          <Field
            label={w.form.name}
            error={failed ? `${failed.title}. ${errorDetail(save.error) ?? failed.advice}` : undefined}
          >
            {control => (
              <input
                {...control}
                className="gh-input"
                name="name"
                required
                maxLength={100}
                defaultValue={channel?.Name ?? ''}
              />
            )}
          </Field>
          <Field label={w.form.kind}>
            {control => (
              <select
                {...control}
                className="gh-select"
                value={kind}
                onChange={event => setKind(kinds.find(one => one === event.target.value) ?? 'Email')}
              >
                {kinds.map(one => (
                  <option key={one} value={one}>
                    {w.kinds[one]}
                  </option>
                ))}
              </select>
            )}
          </Field>
          {kind === 'Email' && <MailFields channel={channel} />}
          {(kind === 'Webhook' || kind === 'Slack') && (
            <Field label={w.form.url} hint={channel ? w.form.urlKept : w.form.urlHint}>
              {control => (
                <input
                  {...control}
                  className="gh-input"
                  name="url"
                  type="url"
                  required={channel === null}
                  maxLength={1000}
                  autoComplete="off"
                  spellCheck={false}
                />
              )}
            </Field>
          )}
          {kind === 'Push' && <p>{w.form.push}</p>}
        </FormGrid>
      </form>
    </SideSheet>
  )
}

function MailFields({ channel }: { readonly channel: Channel | null }) {
  const w = fleetWords.alerts.form
  return (
    <>
      <div className={styles.pair}>
        <Field label={w.host}>
          {control => (
            <input
              {...control}
              className="gh-input"
              name="host"
              required
              maxLength={200}
              defaultValue={channel?.Host ?? ''}
            />
          )}
        </Field>
        <Field label={w.port}>
          {control => (
            <input
              {...control}
              className="gh-input"
              name="port"
              type="number"
              required
              min={1}
              max={65535}
              defaultValue={channel?.Port ?? 587}
            />
          )}
        </Field>
      </div>
      <div className={styles.pair}>
        <Field label={w.user} hint={w.userHint}>
          {control => (
            <input
              {...control}
              className="gh-input"
              name="user"
              maxLength={200}
              autoComplete="off"
              defaultValue={channel?.User ?? ''}
            />
          )}
        </Field>
        <Field label={w.password} hint={channel ? w.passwordKept : undefined}>
          {control => (
            <input
              {...control}
              className="gh-input"
              name="password"
              type="password"
              maxLength={500}
              autoComplete="new-password"
            />
          )}
        </Field>
      </div>
      <Field label={w.from}>
        {control => (
          <input
            {...control}
            className="gh-input"
            name="from"
            required
            maxLength={200}
            defaultValue={channel?.From ?? ''}
          />
        )}
      </Field>
      <Field label={w.to} hint={w.toHint}>
        {control => (
          <input
            {...control}
            className="gh-input"
            name="to"
            required
            defaultValue={(channel?.To ?? []).join(', ')}
          />
        )}
      </Field>
    </>
  )
}
