import type { Random } from '../random.ts'
import type { Agenda } from './agenda.ts'
import type { ControlOrder } from './control-order.ts'
import { type DoorBank, eventCodes } from './door-bank.ts'

/** What an order moves, and what the log says of it. */
export function carryOutOrder(
  order: ControlOrder,
  deps: {
    bank: DoorBank
    agenda: Agenda
    random: Random
    onEvent: (event: number, door: number, atMs: number) => void
  },
  atMs: number,
): void {
  const { bank, agenda, random, onEvent } = deps
  if (order.kind === 'restart') return
  if (order.kind === 'output') {
    // Of outputs the number is that of the output and no door's.
    onEvent(order.isOn ? eventCodes.outputOn : eventCodes.outputOff, order.output, atMs)
    return
  }
  for (const door of order.doors) {
    switch (order.kind) {
      case 'open':
        onEvent(eventCodes.remoteOpen, door, atMs)
        bank.energise(door, order.forMs, atMs)
        // Whoever asked for it is waiting in front of it.
        agenda.add(atMs + random.between(700, 900), at => bank.walk(door, at, random.between(2500, 4000)))
        break
      case 'hold':
        onEvent(eventCodes.heldOpenRemotely, door, atMs)
        bank.energise(door, Number.POSITIVE_INFINITY, atMs)
        break
      case 'close':
        onEvent(eventCodes.remoteClose, door, atMs)
        bank.release(door, atMs)
        break
      case 'lock':
      case 'unlock':
        onEvent(order.kind === 'lock' ? eventCodes.remoteLock : eventCodes.remoteUnlock, door, atMs)
        bank.setLocked(door, order.kind === 'lock')
        break
      case 'cancel-alarm':
        bank.cancelAlarm(door, atMs)
        break
      case 'schedule-on':
        onEvent(eventCodes.scheduleOn, door, atMs)
        break
      case 'schedule-off':
        onEvent(eventCodes.scheduleOff, door, atMs)
        break
    }
  }
}
