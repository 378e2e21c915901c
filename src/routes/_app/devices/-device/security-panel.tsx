import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { useLink } from '../../../../api/link.ts'
import { operationMutation } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Badge } from '../../../../components/badge/badge.tsx'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { words } from '../../../../words/index.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import type { DeviceInfo } from './device-info.ts'
import { KeyForm } from './key-form.tsx'
import styles from './security-panel.module.css'

/** Which key the terminal has to show, and what came without it. */
export function SecurityPanel({ device }: { readonly device: DeviceInfo }) {
  const w = terminalWords.security
  const may = useCan('devices:adopt')
  return (
    <div className={styles.column}>
      <Panel title={w.title}>
        <div className={styles.text}>
          <p>{w.lead}</p>
          <p>{w.held}</p>
        </div>
        <p className={styles.state}>
          <Badge tone={device.KeySet ? 'ok' : 'neutral'} icon={device.KeySet ? 'lock' : 'noKey'}>
            {device.KeySet ? w.isSet : w.notSet}
          </Badge>
          <span>{device.KeySet ? w.isSetWhy : w.notSetWhy}</span>
        </p>
        {may ? <KeyForm device={device} /> : <p className={styles.text}>{w.mayNot}</p>}
      </Panel>
      <Held device={device} may={may} />
    </div>
  )
}

/** Taking in what is held is the same trust as adopting, so it is confirmed like anything final. */
function Held({ device, may }: { readonly device: DeviceInfo; readonly may: boolean }) {
  const w = terminalWords.security
  const link = useLink()
  const adopt = useMutation(operationMutation('devices.adopt'))
  const discard = useMutation(operationMutation('devices.discardHeld'))
  const isAdopted = device.Adoption === 'Adopted'
  return (
    <Panel title={w.heldTitle}>
      <div className={styles.text}>
        <p>{device.HeldUploads === 0 ? w.heldNone : `${w.heldCount(device.HeldUploads)}. ${w.heldWhy}`}</p>
      </div>
      {!isAdopted && (
        <p className={styles.held}>
          {w.waiting}
          {may && (
            <Link to="/devices" search={{ adopt: device.DeviceSN }}>
              {words.devices.adopt.submit}
            </Link>
          )}
        </p>
      )}
      {/* It stays once it was used, so that the focus does not fall to the page. */}
      {may && isAdopted && (device.HeldUploads > 0 || adopt.isSuccess) && (
        <div className={styles.held}>
          <HoldButton
            icon="download"
            label={w.takeIn}
            action={w.takeInAction(device.LabelName)}
            busy={adopt.isPending}
            disabledWhy={
              link.state === 'offline'
                ? words.states.confirm.offline
                : device.HeldUploads === 0
                  ? w.heldNone
                  : undefined
            }
            onConfirm={idempotencyKey =>
              adopt.mutate({ input: { DeviceSN: device.DeviceSN, TakeHeld: true }, idempotencyKey })
            }
          />
          {device.HeldUploads > 0 && (
            <HoldButton
              icon="trash"
              look="danger"
              label={w.discard}
              action={w.discardAction(device.LabelName)}
              busy={discard.isPending}
              disabledWhy={link.state === 'offline' ? words.states.confirm.offline : undefined}
              onConfirm={idempotencyKey =>
                discard.mutate({ input: { DeviceSN: device.DeviceSN }, idempotencyKey })
              }
            />
          )}
        </div>
      )}
      <p className={styles.said} role="status">
        {discard.data && w.discarded(discard.data.body.Discarded)}
        {discard.isError && <span className={styles.failed}>{faultText(discard.error)}</span>}
        {adopt.data && w.takenIn(adopt.data.body.TakenIn)}
        {adopt.isError && <span className={styles.failed}>{faultText(adopt.error)}</span>}
      </p>
    </Panel>
  )
}

function faultText(error: unknown): string {
  const { title, advice } = words.errors[errorTextKey(error)]
  return `${title}. ${errorDetail(error) ?? advice}`
}
