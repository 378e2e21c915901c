import { useState } from 'react'
import { seconds } from '../../format/number.ts'
import { words } from '../../words/index.ts'
import { type Command, CommandStatus } from '../commands/command-status.tsx'
import { isSettled } from '../commands/use-command.ts'
import { Icon, type IconName } from '../icon/icon.tsx'
import styles from './door-order.module.css'
import type { Door } from './door-state.tsx'

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
  const movedAt = useFirstMovement(command, door)
  if (!canFollow) return <p className={styles.note}>{words.commands.cannotFollow}</p>
  return (
    <div className={styles.order}>
      <CommandStatus command={command} />
      <ol className={styles.ticks} aria-label={words.doors.ticks.label}>
        {ticksOf(command, door, movedAt).map(tick => (
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
    </div>
  )
}

const tickIcons: Record<Tick['look'], IconName> = { done: 'check', pending: 'clock', unknown: 'question' }

function ticksOf(command: Command, door: Door, movedAt: string | null): Tick[] {
  const w = words.doors.ticks
  const isDone = command.State === 'Done'
  const ticks: Tick[] = [
    { label: w.sent, at: command.SentAt, look: command.SentAt ? 'done' : 'pending' },
    { label: w.done, at: isDone ? command.CompletedAt : null, look: isDone ? 'done' : 'pending' },
    movement(command, door, movedAt),
  ]
  // After a refusal or a lapse nothing more will come; "not yet" would promise it.
  return isSettled(command.State) ? ticks.filter(tick => tick.look !== 'pending') : ticks
}

function movement(command: Command, door: Door, movedAt: string | null): Tick {
  const w = words.doors.ticks
  if (movedAt) return { label: w.moved, at: movedAt, look: 'done' }
  if (door.State === 'Unknown') return { label: w.movedUnknown, at: null, look: 'unknown' }
  if (command.State === 'Done') return { label: w.notMoved, at: null, look: 'unknown' }
  return { label: w.moved, at: null, look: 'pending' }
}

/** The sensor's own word, and only if it came after this order; kept, since the door will soon move again to close. */
function useFirstMovement(command: Command, door: Door): string | null {
  const [movedAt, setMovedAt] = useState<string | null>(null)
  const moved = door.Since !== null && Date.parse(door.Since) >= wholeSecond(command.QueuedAt)
  if (moved && movedAt === null) setMovedAt(door.Since)
  return movedAt
}

/** Terminals tell whole seconds; a movement in the second of the order is one after it. */
function wholeSecond(instant: string): number {
  return Math.floor(Date.parse(instant) / 1000) * 1000
}

function delay(from: string, to: string): string {
  return seconds(Math.max(0, Date.parse(to) - Date.parse(from)) / 1000)
}
