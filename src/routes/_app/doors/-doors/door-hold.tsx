import { useMutation, useQuery } from '@tanstack/react-query'
import { useActorName } from '../../../../api/actors.ts'
import { operationMutation, operationQuery } from '../../../../api/query.ts'
import { useCan } from '../../../../api/session.ts'
import { useAge } from '../../../../components/age/age.tsx'
import { Badge, type Tone } from '../../../../components/badge/badge.tsx'
import { HoldButton } from '../../../../components/confirm-action/hold-button.tsx'
import { doorName } from '../../../../components/doors/door-name.ts'
import type { Door } from '../../../../components/doors/door-state.tsx'
import { TakeBack } from '../../../../components/doors/take-back.tsx'
import { useTicking } from '../../../../format/now.ts'
import { instantClock } from '../../../../format/time.ts'
import { doorWords } from '../../../../words/door-pages.ts'
import styles from './door-hold.module.css'
import { clockSpan } from './span-text.ts'

type Hold = NonNullable<Door['Hold']>

const tones: Record<Hold['State'], Tone> = {
  AwaitsSecond: 'warn',
  Ordered: 'accent',
  InForce: 'accent',
  Unclear: 'unknown',
  Returning: 'accent',
  Overdue: 'danger',
  Ended: 'neutral',
  Refused: 'danger',
  Replaced: 'neutral',
  Lapsed: 'neutral',
}

/** What a door was told to be, until when, who said so, and the way to end it. */
export function DoorHoldLine({ door }: { readonly door: Door }) {
  const { Hold } = door
  return Hold === null ? null : <HoldLine door={door} hold={Hold} />
}

function HoldLine({ door, hold }: { readonly door: Door; readonly hold: Hold }) {
  const w = doorWords.controls
  const left = useTicking(now => (hold.Until ? clockSpan(Date.parse(hold.Until) - now) : ''))
  const who = useActorName()(hold.Actor)
  const asked = useAge(hold.Since)
  const end = hold.Until ? w.endsIn(left) : hold.EmergencyID ? '' : w.noEnd
  const isEnding = hold.State === 'Returning' || hold.State === 'Overdue'
  const parts = [
    isEnding || hold.State === 'AwaitsSecond' ? '' : end,
    w.states[hold.State],
    who ? w.by(who) : '',
    hold.Reason ?? '',
  ]
  return (
    <div className={styles.hold} data-state={hold.State}>
      <p className={styles.line} title={hold.Until ? instantClock(hold.Until, door.TimeZone) : asked}>
        <Badge tone={tones[hold.State]} icon={hold.Mode === 'HoldOpen' ? 'doors' : 'lock'}>
          {hold.State === 'AwaitsSecond' ? w.modes[hold.Mode] : w.held[hold.Mode]}
        </Badge>
        <span className={styles.about}>{parts.filter(Boolean).join(' · ')}</span>
      </p>
      {hold.Note && (hold.State === 'Overdue' || hold.State === 'Unclear') && (
        <p className={styles.note}>{hold.Note}</p>
      )}
      <HoldActions door={door} hold={hold} />
    </div>
  )
}

function HoldActions({ door, hold }: { readonly door: Door; readonly hold: Hold }) {
  const w = doorWords.controls
  const may = useCan('doors:operate')
  const lock = useMutation(operationMutation('doors.lock'))
  const approve = useMutation(operationMutation('doors.approve'))
  if (!may || hold.EmergencyID) return null
  const name = doorName(door)
  if (hold.State === 'AwaitsSecond')
    return (
      <HoldButton
        full
        icon="check"
        label={w.agree}
        action={w.agreeAction(w.modes[hold.Mode], name)}
        busy={approve.isPending}
        onConfirm={idempotencyKey => approve.mutate({ input: { HoldID: hold.HoldID }, idempotencyKey })}
      />
    )
  const input = { DeviceSN: door.DeviceSN, DoorNo: door.DoorNo, Mode: 'Normal' } as const
  return (
    <>
      {hold.State === 'Ordered' && hold.CommandID !== null && (
        <TakeBackOrder commandId={hold.CommandID} name={name} />
      )}
      <HoldButton
        full
        icon="restart"
        label={w.endNow}
        action={w.endNowAction(name)}
        busy={lock.isPending || hold.State === 'Returning'}
        disabledWhy={door.Online ? undefined : w.refused}
        onConfirm={idempotencyKey => lock.mutate({ input, idempotencyKey })}
      />
    </>
  )
}

const lookEveryMs = 1000

/** While the order waits for its terminal it can be taken back, and the door stays what it was. */
function TakeBackOrder({ commandId, name }: { readonly commandId: string; readonly name: string }) {
  const { data } = useQuery({
    ...operationQuery('doors.proof', { CommandID: commandId }),
    retry: false,
    refetchInterval: query => (query.state.data?.Command.State === 'Queued' ? lookEveryMs : false),
  })
  return data ? <TakeBack commandId={commandId} door={name} waits={data.Command.State === 'Queued'} /> : null
}
