import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { UnreachableError } from '../../api/client.ts'
import { errorTextKey } from '../../api/error-text.ts'
import { useLink } from '../../api/link.ts'
import { operationMutation } from '../../api/query.ts'
import { useCan } from '../../api/session.ts'
import { words } from '../../words/index.ts'
import { Button } from '../button/button.tsx'
import { isSettled, useCommand } from '../commands/use-command.ts'
import { HoldButton } from '../confirm-action/hold-button.tsx'
import { DoorOrder } from './door-order.tsx'
import type { Door } from './door-state.tsx'
import styles from './open-door-button.module.css'

/** Opens a door for a few seconds, and then says only what is known. Nothing for those without the right. */
export function OpenDoorButton({ door }: { readonly door: Door }) {
  const may = useCan('doors:operate')
  const link = useLink()
  const open = useMutation(operationMutation('doors.open'))
  const ordered = open.data?.status === 200 ? open.data.body : null
  const { command, canFollow } = useCommand(ordered)
  const [reason, setReason] = useState('')
  if (!may) return null

  const isUnderWay = open.isPending || (canFollow && command !== null && !isSettled(command.State))
  const about = reason.trim() === '' ? {} : { Reason: reason.trim() }
  const input = { DeviceSN: door.DeviceSN, DoorNo: door.DoorNo, ...about }
  const isReasonMissing = door.ReasonRequired && reason.trim() === ''
  return (
    <div className={styles.open}>
      {door.ReasonRequired && (
        <input
          className="gh-input"
          aria-label={words.doors.why}
          placeholder={words.doors.why}
          maxLength={200}
          autoComplete="off"
          value={reason}
          onChange={event => setReason(event.target.value)}
        />
      )}
      <HoldButton
        full
        icon="doors"
        label={isUnderWay ? words.doors.opening : words.doors.open}
        action={words.doors.openAction(door.LabelName, door.Site)}
        busy={isUnderWay}
        disabledWhy={
          link.state === 'offline'
            ? words.states.confirm.offline
            : door.Online
              ? isReasonMissing
                ? words.errors.reason.title
                : undefined
              : words.doors.offlineWhy
        }
        onConfirm={idempotencyKey => open.mutate({ input, idempotencyKey })}
      />
      <div className={styles.outcome} role="status">
        {command && <DoorOrder key={command.CommandID} command={command} door={door} canFollow={canFollow} />}
        {open.data?.status === 409 && <p className={styles.refused}>{words.doors.notReachable}</p>}
        {open.isError && <p className={styles.refused}>{failureText(open.error)}</p>}
        {(open.isSuccess || open.isError) && !isUnderWay && (
          <span className={styles.dismiss}>
            <Button
              look="quiet"
              size="small"
              icon="cross"
              aria-label={words.doors.dismiss}
              onClick={() => open.reset()}
            />
          </span>
        )}
      </div>
    </div>
  )
}

function failureText(error: unknown): string {
  // Without an answer nobody knows whether the order arrived; saying "failed" would be a guess.
  if (error instanceof UnreachableError) return words.doors.noAnswer
  const { title, advice } = words.errors[errorTextKey(error)]
  return `${title}. ${advice}`
}
