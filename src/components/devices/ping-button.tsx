import { useMutation } from '@tanstack/react-query'
import { errorTextKey } from '../../api/error-text.ts'
import { useLink } from '../../api/link.ts'
import { operationMutation } from '../../api/query.ts'
import { useCan } from '../../api/session.ts'
import { seconds } from '../../format/number.ts'
import { devicePageWords } from '../../words/device-page.ts'
import { words } from '../../words/index.ts'
import { Button } from '../button/button.tsx'
import { CommandStatus } from '../commands/command-status.tsx'
import { isSettled, useCommand } from '../commands/use-command.ts'
import styles from './device-orders.module.css'

/** Asks a terminal to answer and says how long that took. Nothing for those without the right. */
export function PingButton({ deviceSN }: { readonly deviceSN: string }) {
  const w = devicePageWords
  const may = useCan('devices:operate')
  const link = useLink()
  const ping = useMutation(operationMutation('devices.ping'))
  const { command, canFollow } = useCommand(ping.data?.body ?? null)
  if (!may) return null
  const isUnderWay = ping.isPending || (canFollow && command !== null && !isSettled(command.State))
  const isDone = command?.State === 'Done' && command.CompletedAt !== null
  return (
    <span className={styles.order}>
      <Button
        icon="pulse"
        busy={isUnderWay}
        disabled={link.state === 'offline'}
        title={link.state === 'offline' ? words.states.confirm.offline : w.pingTitle}
        onClick={() => ping.mutate({ input: { DeviceSN: deviceSN } })}
      >
        {isUnderWay ? w.pingBusy : w.ping}
      </Button>
      <span className={styles.outcome} role="status">
        {ping.data?.status === 409 && <span className={styles.failed}>{w.pingAway}</span>}
        {ping.data?.status === 200 && command && !isDone && <CommandStatus command={command} short />}
        {isDone && (
          <span className={styles.done}>
            {w.pingAnswered(seconds(delay(command.QueuedAt, command.CompletedAt ?? command.QueuedAt)))}
          </span>
        )}
        {ping.isError && (
          <span className={styles.failed}>{words.errors[errorTextKey(ping.error)].title}</span>
        )}
      </span>
    </span>
  )
}

function delay(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from)) / 1000
}
