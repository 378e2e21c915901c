import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { operationMutation } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Button } from '../../../../components/button/button.tsx'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import { CopyButton } from '../../../../components/copy-button/copy-button.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { useTicking } from '../../../../format/now.ts'
import { spanExact } from '../../../../format/span.ts'
import { consoleWords } from '../../../../words/webhook-console.ts'
import { failureText } from './failure-text.ts'
import styles from './keys-panel.module.css'
import type { Receiver } from './receiver-page.tsx'

const overlaps = [0, 1, 24, 72, 168]

/** The secret with its rotation, and the key pair for receivers that should not hold one. */
export function KeysPanel({ receiver }: { readonly receiver: Receiver }) {
  const w = consoleWords.keys
  const may = useCan('webhooks:write') && !receiver.Protected
  const left = useTicking(now =>
    receiver.SecretOverlapUntil === null
      ? ''
      : spanExact((Date.parse(receiver.SecretOverlapUntil) - now) / 1000),
  )
  return (
    <Panel title={w.title}>
      <div className={styles.keys}>
        <section className={styles.part}>
          <h3 className={styles.heading}>{w.secret}</h3>
          <p className={styles.note}>{w.secretHint}</p>
          {receiver.SecretOverlapUntil !== null && <Overlap receiver={receiver} left={left} may={may} />}
          {may && <Rotation receiver={receiver} />}
        </section>
        <KeyPair receiver={receiver} may={may} />
      </div>
    </Panel>
  )
}

function Overlap({
  receiver,
  left,
  may,
}: {
  readonly receiver: Receiver
  readonly left: string
  readonly may: boolean
}) {
  const w = consoleWords.keys
  const revoke = useMutation(operationMutation('webhooks.revokeSecret'))
  return (
    <div className={styles.overlap}>
      <span role="timer">{w.overlapUntil(left)}</span>
      {may && (
        <HoldButton
          size="small"
          label={w.revoke}
          action={w.revokeAction}
          busy={revoke.isPending}
          onConfirm={() => revoke.mutate({ input: { SubscriptionID: receiver.SubscriptionID } })}
        />
      )}
    </div>
  )
}

function Rotation({ receiver }: { readonly receiver: Receiver }) {
  const w = consoleWords.keys
  const rotate = useMutation(operationMutation('webhooks.rotateSecret'))
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const hours = Number(new FormData(event.currentTarget).get('overlap'))
    rotate.mutate({ input: { SubscriptionID: receiver.SubscriptionID, OverlapHours: hours } })
  }
  const made = rotate.data?.body.SecurityKey
  return (
    <>
      <form className={styles.row} onSubmit={submit}>
        <label className={styles.row}>
          <span className={styles.note}>{w.overlap}</span>
          <select className="gh-select" name="overlap" defaultValue="24">
            {overlaps.map(hours => (
              <option key={hours} value={hours}>
                {hours === 0 ? w.overlapNone : w.overlapHours(hours)}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit" busy={rotate.isPending}>
          {w.rotate}
        </Button>
      </form>
      {rotate.isError && <p role="alert">{failureText(rotate.error)}</p>}
      {made && (
        <div className={styles.made} role="status">
          <p className={styles.note}>{w.made}</p>
          <code className={styles.key}>{made}</code>
          <CopyButton label={w.copy} text={made} />
        </div>
      )}
    </>
  )
}

function KeyPair({ receiver, may }: { readonly receiver: Receiver; readonly may: boolean }) {
  const w = consoleWords.keys
  const [isRemoving, setRemoving] = useState(false)
  const set = useMutation(operationMutation('webhooks.setSigningKey'))
  const act = (Action: 'make' | 'remove') => {
    setRemoving(Action === 'remove')
    set.mutate({ input: { SubscriptionID: receiver.SubscriptionID, Action } })
  }
  const key = receiver.SigningPublicKey
  return (
    <section className={styles.part}>
      <h3 className={styles.heading}>{w.pair}</h3>
      {key === null ? (
        <p className={styles.note}>{w.pairNone}</p>
      ) : (
        <div className={styles.made}>
          <p className={styles.note}>{w.publicKey}</p>
          <code className={styles.key}>{key}</code>
          <CopyButton label={w.copy} text={key} />
        </div>
      )}
      {may && (
        <div className={styles.row}>
          <Button busy={set.isPending && !isRemoving} onClick={() => act('make')}>
            {key === null ? w.pairMake : w.pairRenew}
          </Button>
          {key !== null && (
            <Button look="quiet" busy={set.isPending && isRemoving} onClick={() => act('remove')}>
              {w.pairRemove}
            </Button>
          )}
        </div>
      )}
      {set.isError && <p role="alert">{failureText(set.error)}</p>}
    </section>
  )
}
