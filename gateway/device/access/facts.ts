import { readOptions } from '../../store/device-options.ts'
import type { DeviceRow } from '../../store/devices.ts'
import { readProfile } from '../../store/profiles.ts'
import { type AccessDialect, dialectOf } from '../protocol/access/dialect.ts'
import { flavourOf } from '../protocol/access/flavour.ts'
import { type RegistryFacts, readRegistry } from '../protocol/access/registry.ts'
import type { KnownRequest } from '../routes.ts'

/** What an access terminal has said about itself when it registered and since. */
export function accessFactsOf(device: DeviceRow): RegistryFacts {
  return readRegistry(new Map(Object.entries(readOptions(device))))
}

/**
 * How it wants its commands: by its own word, and by its profile where that knows better. A door is only ever opened
 * by its number: AC_UNLOCK would open the first door of a controller when the third was meant.
 */
export function accessDialectOf(device: DeviceRow): AccessDialect {
  const profile = readProfile(device)
  return {
    ...dialectOf(accessFactsOf(device)),
    keyCase: profile.keyStyle === 'pin' ? 'lower' : 'documented',
    controlLayout: profile.doorLayout === 'state-then-seconds' ? 'state-then-seconds' : 'vendor',
  }
}

/** Whether a request is to be read in the access flavour: it says so itself, or its terminal has said so before. */
export function speaksAccess(device: DeviceRow, request: KnownRequest): boolean {
  return readProfile(device).flavour === 'access' || flavourOf(request) === 'access'
}
