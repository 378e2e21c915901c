import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { operationMutation } from '../../../../api/query.ts'
import { Button } from '../../../../components/button/button.tsx'
import { CommandStatus } from '../../../../components/commands/command-status.tsx'
import { useCommand } from '../../../../components/commands/use-command.ts'
import { Field } from '../../../../components/field/field.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { today as todayIn } from '../../../../format/time.ts'
import { words } from '../../../../words/index.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import styles from '../-fleet/fleet-page.module.css'
import { lastDays } from './clock-change.ts'
import type { DeviceInfo } from './device-info.ts'

const daysDefault = 2

/** Asks the terminal for punches of some days again, and says what came. */
export function RereadPanel({ device }: { readonly device: DeviceInfo }) {
  const w = terminalWords.orders
  const reread = useMutation(operationMutation('devices.reread'))
  const { command } = useCommand(reread.data?.body ?? null)
  const range = lastDays(todayIn(device.TimeZone), daysDefault)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    reread.mutate({
      input: {
        DeviceSN: device.DeviceSN,
        FromDate: String(form.get('from')),
        ToDate: String(form.get('to')),
      },
    })
  }
  return (
    <Panel title={w.reread}>
      <form onSubmit={submit} className={styles.column}>
        <p className={styles.quiet}>{w.rereadLead}</p>
        {/* A page left open over midnight offers the new day. */}
        <div className={styles.pair} key={range.ToDate}>
          <Field label={w.from}>
            {control => (
              <input
                {...control}
                className="gh-input"
                type="date"
                name="from"
                required
                defaultValue={range.FromDate}
              />
            )}
          </Field>
          <Field label={w.to}>
            {control => (
              <input
                {...control}
                className="gh-input"
                type="date"
                name="to"
                required
                defaultValue={range.ToDate}
              />
            )}
          </Field>
        </div>
        <div className={styles.row} role="status">
          <Button type="submit" look="primary" busy={reread.isPending}>
            {reread.isPending ? w.asking : w.ask}
          </Button>
          {command && <CommandStatus command={command} short />}
          {command?.Result && w.result(command.Result)}
          {reread.error && (
            <span className={styles.failed}>
              {errorDetail(reread.error) ?? words.errors[errorTextKey(reread.error)].title}
            </span>
          )}
        </div>
      </form>
    </Panel>
  )
}
