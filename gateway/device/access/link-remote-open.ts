import { readPayload } from '../../store/commands.ts'
import type { DeviceRow } from '../../store/devices.ts'
import type { NewDoorEvent } from '../../store/doors.ts'
import type { Write } from '../../store/index.ts'

/** A controller reports an opening within seconds of the order. */
const linkMs = 60_000

/**
 * Ties "opened remotely" of a controller to the order of ours that caused it, so that the log shows one opening and
 * not two: it takes the place of what the terminal's answer has put there, or goes in before that. Answers what is
 * still to be recorded.
 */
export async function linkRemoteOpens(
  write: Write,
  device: DeviceRow,
  events: readonly NewDoorEvent[],
): Promise<NewDoorEvent[]> {
  const linked: NewDoorEvent[] = []
  // None of them is kept yet: an order opens once, and the same line twice is one opening.
  const taken = new Set<number>()
  const seen = new Set<string>()
  for (const event of events) {
    if (event.event !== 'RemoteOpen') {
      linked.push(event)
      continue
    }
    if (seen.has(event.identity)) continue
    seen.add(event.identity)
    const rest = await link(write, device, event, taken)
    for (const { commandId } of rest) if (commandId !== null) taken.add(commandId)
    linked.push(...rest)
  }
  return linked
}

async function link(
  write: Write,
  { sn }: DeviceRow,
  event: NewDoorEvent,
  taken: ReadonlySet<number>,
): Promise<NewDoorEvent[]> {
  const before = await write
    .selectFrom('door_event')
    .select('id')
    .where('sn', '=', sn)
    .where('identity', '=', event.identity)
    .executeTakeFirst()
  if (before) return []
  const orders = await write
    .selectFrom('command')
    .selectAll()
    .where('sn', '=', sn)
    .where('kind', '=', 'door.open')
    .where('sent_at', '>', event.receivedAt - linkMs)
    .where('sent_at', '<=', event.receivedAt)
    .where('state', 'in', ['sent', 'done', 'unconfirmed'])
    .orderBy('id')
    .execute()
  for (const order of orders) {
    if (taken.has(order.id) || Number(readPayload(order).DoorNo ?? 1) !== event.doorNo) continue
    const known = await write
      .selectFrom('door_event')
      .select(['id', 'identity'])
      .where('sn', '=', sn)
      .where('command_id', '=', order.id)
      .executeTakeFirst()
    if (known === undefined) return [{ ...event, commandId: order.id }]
    if (known.identity !== commandIdentity(order.id)) continue
    const { identity, localTime: local_time, instant, detail = null } = event
    await write
      .updateTable('door_event')
      .set({ identity, local_time, instant, detail })
      .where('id', '=', known.id)
      .execute()
    return []
  }
  return [event]
}

/** As commands/settle.ts names what the answer to an order says. */
function commandIdentity(id: number): string {
  return `command-${id}`
}
