import { DoorOrder } from '../../commands/payloads.ts'
import { readPayload } from '../../store/commands.ts'
import type { DeviceRow } from '../../store/devices.ts'
import { doorRows } from '../../store/door-states.ts'
import type { Write } from '../../store/index.ts'
import { learnFacts, news, readProfile } from '../../store/profiles.ts'
import type { DoorStatus } from '../protocol/access/rtstate.ts'

/** So close to the end of an opening a change may be its end. */
const marginMs = 1_000

/**
 * Learns what a set relay bit means, which the document says both ways (iclock-push 10.2): the bit that changes while
 * the terminal opens that door on our order is an energised relay. To be called before the new state is kept.
 */
export async function learnRelay(
  write: Write,
  device: DeviceRow,
  doors: readonly DoorStatus[],
  receivedAt: number,
): Promise<void> {
  if (readProfile(device).kept.has('RelayPolarity')) return
  const before = await doorRows(write, device.sn)
  const moved = doors.filter(({ door, relayBit }) => {
    const known = before.get(door)?.relay_bit ?? null
    return known !== null && relayBit !== null && known !== relayBit
  })
  if (moved.length === 0) return
  const orders = await write
    .selectFrom('command')
    .selectAll()
    .where('sn', '=', device.sn)
    .where('kind', '=', 'door.open')
    .where('state', 'in', ['sent', 'done'])
    .where('sent_at', '>', receivedAt - 120_000)
    .execute()
  for (const { door, relayBit } of moved) {
    const order = orders.find(row => {
      const { DoorNo, Seconds } = DoorOrder.parse(readPayload(row))
      const since = receivedAt - (row.sent_at ?? 0)
      return DoorNo === door && since >= 0 && since < Seconds * 1000 - marginMs
    })
    if (order === undefined || orders.length > 1) continue
    const evidence = `Its relay bit of door ${door} became ${relayBit} while it opened that door on order ${order.id}`
    const value = relayBit === 1 ? 'energised' : 'released'
    const learned = news(readProfile(device), [{ name: 'RelayPolarity', value, evidence }])
    return learnFacts(write, device.sn, learned, receivedAt)
  }
}
