import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { operationMutation } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import type { IconName } from '../../../../components/icon/icon.tsx'
import { count } from '../../../../format/number.ts'
import { fleetWords } from '../../../../words/fleet.ts'
import styles from '../-fleet/fleet-page.module.css'
import { BulkBusy } from './bulk-busy.tsx'
import { type BulkResult, BulkResults, countOutcomes } from './bulk-results.tsx'
import { useManyCommands } from './use-many-commands.ts'

type Action = 'Ping' | 'SyncTime' | 'Restart' | 'ClearCommands'

/** So many at a time: every piece shows as progress, and a failure in the middle leaves a result for what was before. */
const atOnce = 50

/** What can be ordered of all selected terminals, with progress and a result for each. */
export function BulkBar({
  selected,
  onSelectLoaded,
  onClear,
}: {
  readonly selected: ReadonlySet<string>
  readonly onSelectLoaded: () => void
  readonly onClear: () => void
}) {
  const w = fleetWords.bulk
  const order = useMutation(operationMutation('devices.orderMany'))
  const tag = useMutation(operationMutation('devices.tag'))
  const [results, setResults] = useState<readonly BulkResult[]>([])
  const [wanted, setWanted] = useState(0)
  const [isShown, setShown] = useState(false)
  const [word, setWord] = useState('')
  const sns = [...selected]
  const commands = useManyCommands(results.flatMap(({ CommandID }) => CommandID ?? []))
  const { done, open, failed } = countOutcomes(results, commands)
  const isBusy = order.isPending || (wanted > 0 && results.length < wanted && !order.isError)

  const run = async (action: Action, key: string) => {
    setResults([])
    setWanted(sns.length)
    let done: readonly BulkResult[] = []
    for (let start = 0; start < sns.length; start += atOnce) {
      const { body } = await order.mutateAsync({
        input: { DeviceSN: sns.slice(start, start + atOnce), Action: action },
        idempotencyKey: `${key}-${start}`,
      })
      done = [...done, ...body.Results]
      setResults(done)
    }
  }
  const actions: readonly {
    readonly action: Action
    readonly label: string
    readonly icon: IconName
    readonly danger?: true
  }[] = [
    { action: 'Ping', label: w.ping, icon: 'pulse' },
    { action: 'SyncTime', label: w.syncTime, icon: 'clock' },
    { action: 'Restart', label: w.restart, icon: 'restart', danger: true },
    { action: 'ClearCommands', label: w.clear, icon: 'trash' },
  ]
  const changeTag = (field: 'Add' | 'Remove') =>
    tag.mutate({ input: { DeviceSN: sns, [field]: [word.trim()] } })
  if (selected.size === 0)
    return (
      <p className={styles.row}>
        <Button look="quiet" onClick={onSelectLoaded}>
          {fleetWords.list.selectShown}
        </Button>
      </p>
    )
  return (
    <section className={styles.bulk} aria-label={w.label}>
      <strong>{fleetWords.list.selected(selected.size)}</strong>
      {actions.map(({ action, label, icon, danger }) => (
        <HoldButton
          key={action}
          size="small"
          icon={icon}
          look={danger ? 'danger' : 'default'}
          label={label}
          action={w.action(label, selected.size)}
          busy={isBusy}
          onConfirm={key => void run(action, key).catch(() => undefined)}
        />
      ))}
      <input
        className="gh-input"
        aria-label={w.tagLabel}
        placeholder={w.tagLabel}
        maxLength={40}
        pattern="[^\s,;]+"
        value={word}
        onChange={event => setWord(event.target.value.replace(/[\s,;"]/g, ''))}
      />
      <Button disabled={word === ''} busy={tag.isPending} onClick={() => changeTag('Add')}>
        {w.addTag}
      </Button>
      <Button disabled={word === ''} look="quiet" onClick={() => changeTag('Remove')}>
        {w.removeTag}
      </Button>
      <Button look="quiet" icon="cross" onClick={onClear}>
        {fleetWords.list.unselect}
      </Button>
      <span role="status" className={styles.row}>
        {tag.data && !isBusy && wanted === 0 && w.tagged(tag.data.body.Changed)}
        {isBusy && (
          <>
            <progress className={styles.meter} max={wanted} value={results.length} />
            {w.progress(count(results.length), count(wanted))}
          </>
        )}
        {!isBusy && results.length > 0 && (
          <>
            {open > 0 && (
              <>
                <progress className={styles.meter} max={results.length} value={done + failed} />
                {w.answered(count(done + failed), count(results.length))}
              </>
            )}
            <Button look="quiet" onClick={() => setShown(true)}>
              {w.outcome(done, open, failed)}
            </Button>
          </>
        )}
      </span>
      <BulkBusy sns={sns} />
      {isShown && <BulkResults results={results} commands={commands} onClose={() => setShown(false)} />}
    </section>
  )
}
