import { useMutation } from '@tanstack/react-query'
import { errorTextKey } from '../../api/error-text.ts'
import { useLink } from '../../api/link.ts'
import { operationMutation } from '../../api/query.ts'
import { useCan } from '../../api/session.ts'
import { devicePageWords } from '../../words/device-page.ts'
import { words } from '../../words/index.ts'
import { HoldButton } from '../confirm-action/hold-button.tsx'
import styles from './device-orders.module.css'
import type { Device } from './restart-button.tsx'

/** Cancels what waits for a terminal and says how many that were. Nothing for those without the right. */
export function ClearOrdersButton({ device }: { readonly device: Pick<Device, 'DeviceSN' | 'LabelName'> }) {
  const w = devicePageWords
  const may = useCan('devices:operate')
  const link = useLink()
  const clear = useMutation(operationMutation('devices.clearCommands'))
  if (!may) return null
  const cleared = clear.data?.body.ClearedCount
  return (
    <span className={styles.order}>
      <span className={styles.outcome} role="status">
        {cleared !== undefined && (
          <span className={styles.done}>{cleared === 0 ? w.clearedNone : w.cleared(cleared)}</span>
        )}
        {clear.isError && (
          <span className={styles.failed}>{words.errors[errorTextKey(clear.error)].title}</span>
        )}
      </span>
      <HoldButton
        icon="trash"
        size="small"
        label={w.clear}
        action={w.clearAction(device.LabelName)}
        busy={clear.isPending}
        disabledWhy={link.state === 'offline' ? words.states.confirm.offline : undefined}
        onConfirm={idempotencyKey => clear.mutate({ input: { DeviceSN: device.DeviceSN }, idempotencyKey })}
      />
    </span>
  )
}
