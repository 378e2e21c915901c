import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import type { OperationAnswer } from '#contract/types.ts'
import { operationQuery } from '../../api/query.ts'
import { seconds } from '../../format/number.ts'
import { words } from '../../words/index.ts'
import { type Command, CommandStatus } from '../commands/command-status.tsx'
import { isSettled } from '../commands/use-command.ts'
import { Icon, type IconName } from '../icon/icon.tsx'
import { doorName } from './door-name.ts'
import styles from './door-order.module.css'
import type { Door } from './door-state.tsx'

// Its words belong to the pages of the doors; this line is also on the overview.
const TakeBack = lazy(() => import('./take-back.tsx').then(module => ({ default: module.TakeBack })))

interface Tick {
  readonly label: string
  readonly at: string | null
  readonly look: 'done' | 'pending' | 'unknown'
}

/** Three ticks with their delays: handed over, acknowledged, moved. A tick that is missing says what is not known. */
export function DoorOrder({
  command,
  door,
  canFollow,
}: {
  readonly command: Command
  readonly door: Door
  readonly canFollow: boolean
}) {
  const proof = useProof(command, canFollow)
  if (!canFollow) return <p className={styles.note}>{words.commands.cannotFollow}</p>
  return (
    <div className={styles.order}>
      <CommandStatus command={command} />
      <ol className={styles.ticks} aria-label={words.doors.ticks.label}>
        {ticksOf(command, door, proof).map(tick => (
          <li key={tick.label} className={styles.tick} data-look={tick.look}>
            <Icon name={tickIcons[tick.look]} size={13} />
            {tick.label}
            {tick.look === 'pending' && <span className={styles.delay}>{words.doors.ticks.pending}</span>}
            {tick.at && (
              <span className={styles.delay}>
                {words.doors.ticks.after(delay(command.QueuedAt, tick.at))}
              </span>
            )}
          </li>
        ))}
      </ol>
      <Suspense>
        <TakeBack commandId={command.CommandID} door={doorName(door)} waits={command.State === 'Queued'} />
      </Suspense>
    </div>
  )
}

const tickIcons: Record<Tick['look'], IconName> = { done: 'check', pending: 'clock', unknown: 'question' }

function ticksOf(command: Command, door: Door, proof: Proof | undefined): Tick[] {
  const w = words.doors.ticks
  const isDone = command.State === 'Done'
  const ticks: Tick[] = [
    { label: w.sent, at: command.SentAt, look: command.SentAt ? 'done' : 'pending' },
    { label: w.done, at: isDone ? command.CompletedAt : null, look: isDone ? 'done' : 'pending' },
    movement(command, door, proof),
  ]
  // After a refusal or a lapse nothing more will come; "not yet" would promise it.
  return isSettled(command.State)
    ? ticks.filter((tick, at) => tick.look !== 'pending' || (at === 2 && command.State === 'Done'))
    : ticks
}

type Proof = OperationAnswer<'doors.proof'>

/** What the server knows of the movement; a gateway of another maker knows nothing of it. */
function movement(command: Command, door: Door, proof: Proof | undefined): Tick {
  const w = words.doors.ticks
  const known = proof?.Ticks.find(({ Tick: name }) => name === 'Moved')
  if (known?.State === 'Known') return { label: w.moved, at: known.At, look: 'done' }
  if (known?.State === 'NotKnown' || door.State === 'Unknown')
    return { label: w.movedUnknown, at: null, look: 'unknown' }
  if (known?.State === 'DidNotHappen' && command.State === 'Done')
    return { label: w.notMoved, at: null, look: 'unknown' }
  return { label: w.moved, at: null, look: 'pending' }
}

const proofEveryMs = 2000

/** Follows an order until its movement is known, or it is known that there was none. */
function useProof(command: Command, canFollow: boolean): Proof | undefined {
  return useQuery({
    ...operationQuery('doors.proof', { CommandID: command.CommandID }),
    enabled: canFollow,
    retry: false,
    refetchInterval: query =>
      query.state.data?.Ticks.some(({ State }) => State === 'Waiting') ? proofEveryMs : false,
  }).data
}

function delay(from: string, to: string): string {
  return seconds(Math.max(0, Date.parse(to) - Date.parse(from)) / 1000)
}
