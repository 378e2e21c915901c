import { useMutation, useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { Facts } from '../../../../components/facts/facts.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { QueryBlock } from '../../../../components/page-states/query-states.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { instantFull } from '../../../../format/time.ts'
import { words } from '../../../../words/index.ts'
import { consoleWords } from '../../../../words/webhook-console.ts'
import styles from './webhook-settings.module.css'

type Settings = OperationAnswer<'webhooks.settings'>

/** How long deliveries are kept, the oldest there is, and where receivers may be. */
export function WebhookSettings() {
  const w = consoleWords.receivers
  const query = useQuery(operationQuery('webhooks.settings', {}))
  return (
    <Panel title={w.settings}>
      <QueryBlock query={query}>
        {settings => (
          <div className={styles.settings}>
            <Facts
              facts={[
                {
                  label: w.oldest,
                  value: settings.OldestKeptAt ? instantFull(settings.OldestKeptAt) : words.parts.none,
                  note: w.kept(count(settings.Kept)),
                },
                {
                  label: w.subnets,
                  value: settings.Subnets.length > 0 ? settings.Subnets.join(', ') : w.subnetsNone,
                  note: w.subnetsWhy,
                },
                { label: w.httpsOnly, value: settings.HttpsOnly ? w.yes : w.no },
              ]}
            />
            <Retention settings={settings} />
          </div>
        )}
      </QueryBlock>
    </Panel>
  )
}

function Retention({ settings }: { readonly settings: Settings }) {
  const w = consoleWords.receivers
  const may = useCan('site:manage')
  const save = useMutation(operationMutation('webhooks.setSettings'))
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    save.mutate({
      input: { DeliveredDays: Number(form.get('delivered')), ParkedDays: Number(form.get('parked')) },
    })
  }
  const days = (name: string, label: string, value: number, max: number) => (
    <Field label={label}>
      {control => (
        <input
          {...control}
          type="number"
          className="gh-input"
          name={name}
          min={1}
          max={max}
          required
          readOnly={!may}
          defaultValue={value}
        />
      )}
    </Field>
  )
  return (
    <form className={styles.form} onSubmit={submit}>
      {days('delivered', w.keptDelivered, settings.DeliveredDays, 365)}
      {days('parked', w.keptParked, settings.ParkedDays, 730)}
      {may && (
        <Button type="submit" busy={save.isPending}>
          {w.save}
        </Button>
      )}
      <span role="status">{save.isSuccess ? w.saved : save.error?.message}</span>
    </form>
  )
}
