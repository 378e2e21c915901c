import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { operationMutation } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { Age, useLasting } from '../../../../components/age/age.tsx'
import { Badge } from '../../../../components/badge/badge.tsx'
import { Button } from '../../../../components/button/button.tsx'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import { Panel } from '../../../../components/panel/panel.tsx'
import { count } from '../../../../format/number.ts'
import { instantFull } from '../../../../format/time.ts'
import { consoleWords } from '../../../../words/webhook-console.ts'
import { webhooksWords } from '../../../../words/webhooks-page.ts'
import { receiverName } from '../-deliveries/delivery-columns.tsx'
import { HealthFigures } from './health-figures.tsx'
import type { Receiver } from './receiver-page.tsx'
import styles from './receiver-state.module.css'

/** How it stands at this moment, in figures and words, with pause, resume and remove. */
export function ReceiverState({ receiver }: { readonly receiver: Receiver }) {
  const w = consoleWords.receivers
  const failing = useLasting(receiver.FailingSince)
  return (
    <Panel title={w.tabs.overview} note={<StateBadges receiver={receiver} />}>
      <div className={styles.state}>
        {receiver.Protected && <p className={styles.note}>{w.dashboardWhy}</p>}
        {receiver.PauseReason && <p className={styles.paused}>{w.paused[receiver.PauseReason]}</p>}
        <HealthFigures receiver={receiver} />
        {receiver.Breaker !== 'Closed' && receiver.State === 'Active' && (
          <p className={styles.note}>
            {w.breakerWhy[receiver.Breaker]}{' '}
            {receiver.Breaker === 'Open' &&
              receiver.NextProbeAt &&
              w.nextProbe(instantFull(receiver.NextProbeAt))}
          </p>
        )}
        {receiver.FailingSince && receiver.Pending > 0 && (
          <p className={styles.note}>
            {w.failing(failing)}
            {receiver.Warnings > 0 && ` · ${w.warnings(receiver.Warnings)}`}. {w.ladderWhy}
          </p>
        )}
        {receiver.LastError && (
          <p className={styles.error}>
            <span className={styles.label}>{webhooksWords.lastError}</span> {receiver.LastError}{' '}
            {receiver.LastErrorAt && (
              <span className={styles.note}>
                <Age at={receiver.LastErrorAt} />
              </span>
            )}
          </p>
        )}
        <p className={styles.links}>
          <Link to="/webhooks/deliveries" search={{ receiver: receiver.SubscriptionID }}>
            {w.seeDeliveries}
          </Link>
          {receiver.Parked > 0 && (
            <Link to="/webhooks/deliveries" search={{ receiver: receiver.SubscriptionID, state: 'Parked' }}>
              {`${w.seeDead} (${count(receiver.Parked)})`}
            </Link>
          )}
          {receiver.OpenIssues > 0 && (
            <Link to="/webhooks/issues" search={{ receiver: receiver.SubscriptionID }}>
              {w.openIssues(receiver.OpenIssues)}
            </Link>
          )}
        </p>
        <Actions receiver={receiver} />
      </div>
    </Panel>
  )
}

/** Paused, away or reachable, as words. */
export function StateBadges({ receiver }: { readonly receiver: Receiver }) {
  const w = consoleWords.receivers
  if (receiver.State === 'Paused')
    return (
      <Badge tone="warn" icon="pause">
        {webhooksWords.states.Paused}
      </Badge>
    )
  if (receiver.Breaker === 'Closed') return null
  return (
    <Badge tone="danger" icon="warning" title={w.breakerWhy[receiver.Breaker]}>
      {w.breaker[receiver.Breaker]}
    </Badge>
  )
}

function Actions({ receiver }: { readonly receiver: Receiver }) {
  const w = consoleWords.receivers
  const may = useCan('webhooks:write')
  const navigate = useNavigate()
  const pause = useMutation(operationMutation('webhooks.pause'))
  const resume = useMutation(operationMutation('webhooks.resume'))
  const remove = useMutation({
    ...operationMutation('webhooks.remove'),
    onSuccess: () => void navigate({ to: '/webhooks' }),
  })
  if (!may || receiver.Protected) return null
  const { SubscriptionID } = receiver
  const name = receiverName(receiver)
  const done = resume.data?.body
  const failed = pause.error ?? resume.error ?? remove.error
  return (
    <div className={styles.actions}>
      {receiver.State === 'Paused' ? (
        <>
          <Button
            look="primary"
            icon="play"
            busy={resume.isPending}
            onClick={() => resume.mutate({ input: { SubscriptionID, Missed: 'send' } })}
          >
            {receiver.Pending + receiver.Parked > 0 ? w.resumeSend : w.resume}
          </Button>
          {receiver.Pending > 0 && (
            <Button
              busy={resume.isPending}
              onClick={() => resume.mutate({ input: { SubscriptionID, Missed: 'skip' } })}
            >
              {w.resumeSkip}
            </Button>
          )}
        </>
      ) : (
        <Button
          icon="pause"
          aria-label={w.pauseAction(name)}
          busy={pause.isPending}
          onClick={() => pause.mutate({ input: { SubscriptionID } })}
        >
          {w.pause}
        </Button>
      )}
      <HoldButton
        label={w.remove}
        action={w.removeAction(name)}
        icon="trash"
        look="danger"
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ input: { SubscriptionID } })}
      />
      <p role="status" className={styles.note}>
        {done &&
          receiver.State === 'Active' &&
          (done.Skipped > 0 ? w.skipped(done.Skipped) : w.resumed(done.Queued))}
        {failed?.message}
      </p>
    </div>
  )
}
