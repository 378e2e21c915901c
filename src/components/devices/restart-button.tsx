import { useMutation, useQuery } from '@tanstack/react-query'
import type { OperationAnswer } from '#contract/types.ts'
import { errorTextKey } from '../../api/error-text.ts'
import { useLink } from '../../api/link.ts'
import { operationMutation, operationQuery } from '../../api/query.ts'
import { useCan } from '../../api/session.ts'
import { words } from '../../words/index.ts'
import { CommandStatus } from '../commands/command-status.tsx'
import { isSettled, useCommand } from '../commands/use-command.ts'
import { HoldButton } from '../confirm-action/hold-button.tsx'
import styles from './restart-button.module.css'

export type Device = OperationAnswer<'devices.list'>['Devices'][number]

const activityEveryMs = 15_000

/** Restarts a terminal and follows the order. Nothing for those without the right. */
export function RestartButton({
  device,
  size = 'small',
}: {
  readonly device: Pick<Device, 'DeviceSN' | 'LabelName' | 'Site'>
  readonly size?: 'small' | 'medium'
}) {
  const may = useCan('devices:operate')
  const link = useLink()
  const restart = useMutation(operationMutation('devices.restart'))
  const { command, canFollow } = useCommand(restart.data?.body ?? null)
  const activity = useQuery({
    ...operationQuery('devices.activity', { DeviceSN: device.DeviceSN }),
    // Asked where there is room to say it: in a list of many it would be a call for each.
    enabled: may && size === 'medium',
    refetchInterval: activityEveryMs,
  })
  const people = activity.data?.PeopleLastMinute ?? 0
  if (!may) return null
  const isUnderWay = restart.isPending || (canFollow && command !== null && !isSettled(command.State))
  return (
    <div className={styles.restart} data-size={size}>
      <span className={styles.outcome} role="status">
        {command && <CommandStatus command={command} short />}
        {restart.data?.status === 409 && (
          <span className="visually-hidden">{words.devices.restartQueued}</span>
        )}
        {restart.isError && (
          <span className={styles.failed}>{words.errors[errorTextKey(restart.error)].title}</span>
        )}
      </span>
      {people > 0 && !isUnderWay && (
        <span className={styles.failed}>{words.devices.restartBusy(people)}</span>
      )}
      <HoldButton
        icon="restart"
        look="quiet"
        size={size}
        label={words.devices.restart}
        action={words.devices.restartAction(device.LabelName, device.Site)}
        busy={isUnderWay}
        disabledWhy={link.state === 'offline' ? words.states.confirm.offline : undefined}
        onConfirm={idempotencyKey => restart.mutate({ input: { DeviceSN: device.DeviceSN }, idempotencyKey })}
      />
    </div>
  )
}
