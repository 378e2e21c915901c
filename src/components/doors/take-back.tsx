import { useMutation } from '@tanstack/react-query'
import { UnreachableError } from '../../api/client.ts'
import { errorTextKey } from '../../api/error-text.ts'
import { operationMutation } from '../../api/query.ts'
import { doorWords } from '../../words/door-pages.ts'
import { words } from '../../words/index.ts'
import { Button } from '../button/button.tsx'
import styles from './take-back.module.css'

/** Takes back an order while no terminal has fetched it; where one has, it says that it is too late. */
export function TakeBack({
  commandId,
  door,
  waits,
}: {
  readonly commandId: string
  /** How the door is called. */
  readonly door: string
  /** Whether the order still waits, as far as is known. */
  readonly waits: boolean
}) {
  const w = doorWords.controls
  const cancel = useMutation(operationMutation('doors.cancel'))
  return (
    <div className={styles.back}>
      {waits && !cancel.isSuccess && (
        <Button
          size="small"
          icon="cross"
          aria-label={w.takeBackAction(door)}
          busy={cancel.isPending}
          onClick={() => cancel.mutate({ input: { CommandID: commandId } })}
        >
          {w.takeBack}
        </Button>
      )}
      <p role="status" className={styles.said}>
        {cancel.isSuccess && w.takenBack}
        {cancel.isError && failureText(cancel.error)}
      </p>
    </div>
  )
}

function failureText(error: unknown): string {
  if (error instanceof UnreachableError) return doorWords.controls.takeBackUnclear
  const key = errorTextKey(error)
  return key === 'tooLate' ? doorWords.controls.takeBackTooLate : words.errors[key].title
}
