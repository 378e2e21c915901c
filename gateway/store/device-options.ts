import { z } from 'zod'
import type { DeviceRow } from './devices.ts'

const Options = z.record(z.string(), z.string())

/** Everything a terminal has told about itself, keys spelled as it does: some begin with `~` (iclock-push 5.8). */
export function spelledOptions(device: Pick<DeviceRow, 'options'>): Record<string, string> {
  return Options.parse(JSON.parse(device.options))
}

/** The same by key without `~`, for whoever looks one up: which keys have one differs between models. */
export function readOptions(device: Pick<DeviceRow, 'options'>): Record<string, string> {
  const spelled = Object.entries(spelledOptions(device))
  return Object.fromEntries(spelled.map(([key, value]) => [plainKey(key), value]))
}

/** A key without the `~` in front. */
export function plainKey(key: string): string {
  return key.replace(/^~/, '')
}
