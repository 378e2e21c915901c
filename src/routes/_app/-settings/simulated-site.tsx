import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { errorTextKey } from '../../../api/error-text.ts'
import { useLink } from '../../../api/link.ts'
import { operationMutation, operationQuery } from '../../../api/query.ts'
import { Button } from '../../../components/button/button.tsx'
import { Field } from '../../../components/field/field.tsx'
import { Panel } from '../../../components/panel/panel.tsx'
import { words } from '../../../words/index.ts'
import { settingsWords } from '../../../words/settings.ts'
import styles from './simulated-site.module.css'

/** Takes the trial site away for good. Only there while there is one, or to say what was removed. */
export function SimulatedSite() {
  const w = settingsWords.simulated
  const { data } = useQuery(operationQuery('site.info', {}))
  const remove = useMutation(operationMutation('site.removeSimulated'))
  const removed = remove.data?.body
  const simulated = data?.SimulatedDevices ?? 0
  if (removed)
    return (
      <Panel title={w.title}>
        <p className={styles.done} role="status">
          {w.done(removed.RemovedDevices, removed.RemovedPunches)}
        </p>
      </Panel>
    )
  if (simulated === 0) return null
  return (
    <Panel title={w.title}>
      <div className={styles.body}>
        <p>{w.lead(simulated)}</p>
        <div className={styles.lists}>
          <Items title={w.goes} items={w.goesItems} />
          <Items title={w.stays} items={w.staysItems} />
        </div>
        <RemoveForm
          busy={remove.isPending}
          error={remove.error}
          onRemove={() => remove.mutate({ input: {} })}
        />
      </div>
    </Panel>
  )
}

function RemoveForm({
  busy,
  error,
  onRemove,
}: {
  readonly busy: boolean
  readonly error: Error | null
  readonly onRemove: () => void
}) {
  const w = settingsWords.simulated
  const link = useLink()
  const [typed, setTyped] = useState('')
  const isMeant = typed.trim().toLowerCase() === w.word.toLowerCase()
  const failed = error ? words.errors[errorTextKey(error)] : null
  return (
    <form
      className={styles.form}
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        if (isMeant) onRemove()
      }}
    >
      <Field label={w.confirm(w.word)} error={failed ? `${failed.title}. ${failed.advice}` : undefined}>
        {control => (
          <input
            {...control}
            className="gh-input"
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={event => setTyped(event.target.value)}
          />
        )}
      </Field>
      <Button
        type="submit"
        look="danger"
        icon="trash"
        busy={busy}
        disabled={!isMeant || link.state === 'offline'}
        title={link.state === 'offline' ? words.states.confirm.offline : undefined}
      >
        {busy ? w.busy : w.submit}
      </Button>
    </form>
  )
}

function Items({ title, items }: { readonly title: string; readonly items: readonly string[] }) {
  return (
    <div>
      <h3 className={styles.heading}>{title}</h3>
      <ul className={styles.items}>
        {items.map(item => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </div>
  )
}
