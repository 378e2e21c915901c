import { useMutation } from '@tanstack/react-query'
import { errorDetail, errorTextKey } from '../../api/error-text.ts'
import { useLink } from '../../api/link.ts'
import { operationMutation } from '../../api/query.ts'
import { instantClock } from '../../format/time.ts'
import { words } from '../../words/index.ts'
import { terminalWords } from '../../words/terminal.ts'
import { CommandStatus } from '../commands/command-status.tsx'
import { isSettled, useCommand } from '../commands/use-command.ts'
import { HoldButton } from '../confirm-action/hold-button.tsx'
import type { Device } from './restart-button.tsx'
import { skewText } from './skew.ts'
import styles from './sync-time-button.module.css'

/** Sets a terminal's clock and follows the order. It says what is known: that it answered, not that the clock is right. */
export function SyncTimeButton({ device }: { readonly device: Pick<Device, 'DeviceSN' | 'LabelName'> }) {
  const w = terminalWords.clock
  const link = useLink()
  const sync = useMutation(operationMutation('devices.syncTime'))
  const { command, canFollow } = useCommand(sync.data?.body ?? null)
  const isUnderWay = sync.isPending || (canFollow && command !== null && !isSettled(command.State))
  const before = sync.data?.body.ClockSkewSeconds ?? null
  const isWaiting = sync.data?.status === 409 && command?.State === 'Queued'
  return (
    <div className={styles.sync}>
      <div className={styles.line}>
        <HoldButton
          icon="clock"
          label={w.set}
          action={w.setAction(device.LabelName)}
          busy={isUnderWay}
          disabledWhy={link.state === 'offline' ? words.states.confirm.offline : undefined}
          onConfirm={idempotencyKey => sync.mutate({ input: { DeviceSN: device.DeviceSN }, idempotencyKey })}
        />
        <span role="status">
          {command && <CommandStatus command={command} />}
          {sync.isError && (
            <span className={styles.failed}>
              {words.errors[errorTextKey(sync.error)].title}
              {`. ${errorDetail(sync.error) ?? words.errors[errorTextKey(sync.error)].advice}`}
            </span>
          )}
        </span>
      </div>
      {(isWaiting || command?.State === 'Done') && (
        <p className={styles.note} role="status">
          {isWaiting && command ? w.setQueued(instantClock(command.ExpiresAt)) : w.setDone}{' '}
          {before !== null && w.setMeasured(skewText(before))}
        </p>
      )}
    </div>
  )
}
