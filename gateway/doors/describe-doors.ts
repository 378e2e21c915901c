import type { z } from 'zod'
import type { DoorState } from '#contract/entities/door.ts'
import type { DeviceOverview } from '../store/devices.ts'
import { doorSettings, type HoldRow, holdEntity, openHolds } from '../store/door-holds.ts'
import { findDoorStates } from '../store/doors.ts'
import type { Reader } from '../store/index.ts'
import { modesOf } from './door-orders.ts'

export type DescribedDoor = z.output<typeof DoorState>

const wireModes = { lock: 'Lock', 'hold-open': 'HoldOpen', 'hold-closed': 'HoldClosed' } as const

/**
 * Everything a card says of a door: what its terminal reports, what it was told to be and until when, what it can be
 * told, and what nobody knows. Two short reads beside the states.
 */
export async function describeDoors(
  reader: Reader,
  devices: readonly DeviceOverview[],
  doorNo?: number,
): Promise<DescribedDoor[]> {
  const sns = devices.length > 50 ? null : devices.map(({ sn }) => sn)
  const [states, holds, settings] = await Promise.all([
    findDoorStates(reader, devices, doorNo),
    openHolds(reader, sns),
    doorSettings(reader, sns),
  ])
  const held = new Map<string, HoldRow>()
  for (const row of holds) held.set(`${row.sn}/${row.door_no}`, row)
  const modes = new Map(devices.map(device => [device.sn, modesOf(device)]))
  return states.map(state => {
    const row = held.get(`${state.DeviceSN}/${state.DoorNo}`)
    const setting = settings(state.DeviceSN, state.DoorNo)
    const known = modes.get(state.DeviceSN) ?? []
    const LockState = lockOf(state.LockState, row, state.Online)
    return {
      ...state,
      LockState,
      DoorName: setting.name,
      ReasonRequired: setting.reason_required === 1,
      SecondPerson: setting.second_person === 1,
      Modes: known.length === 0 ? [] : [...known.map(mode => wireModes[mode]), 'Normal' as const],
      Hold: row ? holdEntity(row) : null,
      NotKnown: [
        ...(state.State === 'Unknown' ? (['movement'] as const) : []),
        ...(LockState === 'Unknown' ? (['lock'] as const) : []),
        ...(state.Alarm === 'Unknown' ? (['alarm'] as const) : []),
        ...(row && unsure(row, state.Online) ? (['hold'] as const) : []),
      ],
    }
  })
}

/** Where the relay says nothing, the terminal's own word on an order in force does; nothing while it is away. */
function lockOf(
  reported: DescribedDoor['LockState'],
  row: HoldRow | undefined,
  online: boolean,
): DescribedDoor['LockState'] {
  if (!online || row?.state !== 'in-force') return reported
  if (row.mode === 'lock') return 'Locked'
  return reported === 'Unknown' && row.mode === 'hold-open' ? 'Unlocked' : reported
}

/** Whether an order is in force cannot be said: no answer came, it is on its way, or the terminal is away. */
function unsure(row: HoldRow, online: boolean): boolean {
  return !online || row.state === 'unclear' || row.state === 'overdue'
}
