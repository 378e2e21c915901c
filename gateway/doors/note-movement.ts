import type { CommandKind } from '../commands/kinds.ts'
import { readPayload } from '../store/commands.ts'
import type { Write } from '../store/index.ts'

/** What a door, or its terminal, has been heard to do. */
export type Movement = 'opened' | 'closed' | 'locked' | 'unlocked' | 'held-open'

export interface Moved {
  readonly door: number
  readonly what: Movement
  /** `event`: the log says so; `state`: the sensor was reported to have changed. */
  readonly by: 'event' | 'state'
}

/** Which orders a movement proves. */
const proves: Readonly<Record<Movement, readonly CommandKind[]>> = {
  opened: ['door.open', 'door.hold-open'],
  'held-open': ['door.hold-open'],
  closed: ['door.close'],
  locked: ['door.lock'],
  unlocked: ['door.unlock'],
}

/** A movement this long after an order has another cause. */
const reachMs = 60_000
/** Terminals tell their time to the second, and the order may have gone out of another process of ours. */
const slackMs = 1_000

/**
 * Ties movements to the orders that caused them: the third tick. Only the first counts, since the door soon moves again
 * to close. By our own clock, because the terminal's may be wrong; no order is proved by what was before it. Costs one
 * short read where no order is recent.
 */
export async function noteMovements(
  write: Write,
  sn: string,
  movements: readonly Moved[],
  at: number,
): Promise<void> {
  if (movements.length === 0) return
  const orders = await write
    .selectFrom('command')
    .leftJoin('door_proof', 'door_proof.command_id', 'command.id')
    .select(['command.id', 'command.kind', 'command.payload', 'command.sent_at'])
    .where('command.sn', '=', sn)
    .where('command.state', 'in', ['sent', 'done', 'unconfirmed'])
    .where('command.sent_at', '>', at - reachMs)
    .where('command.sent_at', '<=', at + slackMs)
    .where('door_proof.command_id', 'is', null)
    .orderBy('command.id', 'desc')
    .limit(50)
    .execute()
  const proved = new Set<number>()
  for (const { door, what, by } of movements) {
    const order = orders.find(
      row =>
        !proved.has(row.id) &&
        proves[what].some(kind => kind === row.kind) &&
        Number(readPayload(row).DoorNo ?? 1) === door,
    )
    if (!order) continue
    proved.add(order.id)
    await write
      .insertInto('door_proof')
      .values({ command_id: order.id, sn, moved_at: at, said_by: by })
      .onConflict(conflict => conflict.doNothing())
      .execute()
  }
}
