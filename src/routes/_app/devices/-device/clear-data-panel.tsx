import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation } from '../../../../api/query.ts'
import { CommandStatus } from '../../../../components/commands/command-status.tsx'
import { useCommand } from '../../../../components/commands/use-command.ts'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import { Field } from '../../../../components/field/field.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { words } from '../../../../words/index.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import styles from '../-fleet/fleet-page.module.css'
import type { DeviceInfo } from './device-info.ts'

const whats = ['Punches', 'Photos', 'Everything'] as const

/** Deletes what a terminal holds: its name has to be typed, and everything is put aside first. */
export function ClearDataPanel({ device }: { readonly device: DeviceInfo }) {
  const w = terminalWords.orders
  const clear = useMutation(operationMutation('devices.clearData'))
  const { command } = useCommand(clear.data?.body ?? null)
  const [what, setWhat] = useState<(typeof whats)[number]>('Punches')
  const [typed, setTyped] = useState('')
  const isRight = typed === device.LabelName
  return (
    <Panel title={w.clear}>
      <div className={styles.column}>
        <p className={styles.quiet}>{w.clearLead}</p>
        {what !== 'Photos' && <p className={styles.quiet}>{w.clearFirst}</p>}
        <Field label={w.what}>
          {control => (
            <select
              {...control}
              className="gh-select"
              value={what}
              onChange={event => setWhat(whats.find(one => one === event.target.value) ?? 'Punches')}
            >
              {whats.map(one => (
                <option key={one} value={one}>
                  {w.whats[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={w.confirm(device.LabelName)}>
          {control => (
            <input
              {...control}
              className="gh-input"
              autoComplete="off"
              value={typed}
              onChange={event => setTyped(event.target.value)}
            />
          )}
        </Field>
        <div className={styles.row} role="status">
          <HoldButton
            look="danger"
            icon="trash"
            label={w.clearNow}
            action={w.clearAction(w.whats[what], device.LabelName)}
            busy={clear.isPending}
            disabledWhy={isRight ? undefined : w.confirm(device.LabelName)}
            onConfirm={idempotencyKey =>
              clear.mutate({
                input: { DeviceSN: device.DeviceSN, What: what, Confirm: typed },
                idempotencyKey,
              })
            }
          />
          {command && <CommandStatus command={command} short />}
          {clear.data && <span className={styles.quiet}>{w.put(clear.data.body.Backup)}</span>}
          {clear.error && (
            <span className={styles.failed}>
              {errorDetail(clear.error) ?? words.errors[errorTextKey(clear.error)].title}
            </span>
          )}
        </div>
      </div>
    </Panel>
  )
}
