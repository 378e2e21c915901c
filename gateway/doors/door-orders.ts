import type { CommandKind } from '../commands/kinds.ts'
import { accessFactsOf } from '../device/access/facts.ts'
import { SUPPORT } from '../device/protocol/access/registry.ts'
import type { DeviceRow } from '../store/devices.ts'
import { readProfile } from '../store/profiles.ts'

export type HoldMode = 'lock' | 'hold-open' | 'hold-closed'

/** One command of a door order. */
export interface DoorStep {
  readonly kind: CommandKind
  readonly payload: Readonly<Record<string, unknown>>
}

/** Seconds a terminal counts itself; one more would mean "for ever" (iclock-push 12.5). */
const countedMax = 254

/**
 * What this terminal can be told to be. An attendance terminal whose door is opened by AC_UNLOCK can do none of it;
 * lock-down is known of access controllers only, where their AccSupportFunList does not deny it (iclock-push 12.5).
 */
export function modesOf(device: DeviceRow): readonly HoldMode[] {
  const { flavour, doorLayout } = readProfile(device)
  if (flavour !== 'access') return doorLayout === 'unlock' ? [] : ['hold-open']
  const { supports } = accessFactsOf(device)
  const mayLock = supports.size === 0 || supports.has(SUPPORT.lockDown)
  return mayLock ? ['lock', 'hold-open', 'hold-closed'] : ['hold-open', 'hold-closed']
}

/** True when the terminal counts the time itself, so that the door returns even if nobody can tell it to. */
export function isCounted(mode: HoldMode, forMs: number | null): boolean {
  return mode === 'hold-open' && forMs !== null && forMs <= countedMax * 1000
}

/** The commands that put a door into a mode. `forMs`: how long, null for open-ended. */
export function beginSteps(mode: HoldMode, door: number, forMs: number | null): DoorStep[] {
  const DoorNo = door
  if (mode === 'lock') return [{ kind: 'door.lock', payload: { DoorNo } }]
  if (mode === 'hold-closed') return [{ kind: 'door.normal-open', payload: { DoorNo, Enabled: false } }]
  if (forMs !== null && isCounted(mode, forMs))
    return [{ kind: 'door.open', payload: { DoorNo, Seconds: Math.max(1, Math.round(forMs / 1000)) } }]
  return [{ kind: 'door.hold-open', payload: { DoorNo } }]
}

/** The command that ends a mode. */
export function returnStep(mode: HoldMode, door: number): DoorStep {
  const DoorNo = door
  if (mode === 'lock') return { kind: 'door.unlock', payload: { DoorNo } }
  if (mode === 'hold-closed') return { kind: 'door.normal-open', payload: { DoorNo, Enabled: true } }
  return { kind: 'door.close', payload: { DoorNo } }
}

/** Back to its schedule, whatever it was told before and by whom: where no order of ours is in force. */
export function normalSteps(device: DeviceRow, door: number): DoorStep[] {
  const modes = modesOf(device)
  return [
    ...(modes.includes('lock') ? [returnStep('lock', door)] : []),
    returnStep('hold-open', door),
    ...(modes.includes('hold-closed') ? [returnStep('hold-closed', door)] : []),
  ]
}
