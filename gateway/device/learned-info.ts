import { z } from 'zod'
import { capacityOptions } from '#contract/capacity.ts'
import type { OperationAnswer } from '#contract/types.ts'
import { plainKey, readOptions, spelledOptions } from '../store/device-options.ts'
import type { DeviceRow } from '../store/devices.ts'

type Learned = Pick<
  OperationAnswer<'devices.info'>,
  'Platform' | 'MacAddress' | 'PushVersion' | 'Capacity' | 'Counters' | 'Options' | 'FixedOptions'
>

/** What an earlier release kept need not be whole. */
const Counted = z.int().nullable().catch(null)
const Info = z
  .object({ users: Counted, fingerprints: Counted, punches: Counted, faces: Counted, cards: Counted })
  .partial()

/** What a terminal has told about itself, in the contract's words. Capacities are shown as stated (iclock-push 5.8). */
export function learnedInfo(device: DeviceRow): Learned {
  const options = readOptions(device)
  const info = Info.parse(JSON.parse(device.info))
  const count = (key: string) => toCount(options[key])
  return {
    Platform: options.Platform ?? null,
    MacAddress: options.MAC ?? null,
    PushVersion: options.PushVersion ?? null,
    Capacity: {
      Users: count(capacityOptions.Users),
      Fingerprints: count(capacityOptions.Fingerprints),
      Faces: count(capacityOptions.Faces),
      Cards: count(capacityOptions.Cards),
      Logs: count(capacityOptions.Logs),
    },
    Counters: {
      Users: info.users ?? count('UserCount'),
      Fingerprints: info.fingerprints ?? count('FPCount'),
      Faces: info.faces ?? count('FaceCount'),
      Cards: info.cards ?? count('CardCount'),
      Logs: info.punches ?? count('TransactionCount'),
    },
    Options: options,
    FixedOptions: Object.keys(spelledOptions(device))
      .filter(key => key.startsWith('~'))
      .map(plainKey),
  }
}

function toCount(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : null
}
