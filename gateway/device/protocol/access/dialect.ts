import type { ControlLayout } from './control-device.ts'
import { type DateFormat, type RegistryFacts, SUPPORT } from './registry.ts'

/** How one terminal wants its commands; from its registry, and from its profile where that knows better. */
export type AccessDialect = {
  /** How validity is written; 'yyyymmdd' where absent. */
  readonly dateFormat?: DateFormat | undefined
  /** Authorisation rows name one door and no mask. */
  readonly oneDoorPerRow?: boolean | undefined
  /** Sent as DevID in rows that have one; absent where the terminal knows no such field. */
  readonly deviceId?: number | undefined
  /**
   * 'documented' spells field names as the vendor does, which a SenseFace 2A insists on: it answers 0 to `pin=` and
   * stores an empty row. 'lower' is for terminals seen to want that [SF2A/3A].
   */
  readonly keyCase?: 'documented' | 'lower' | undefined
  readonly controlLayout?: ControlLayout | undefined
}

/** The dialect of a terminal by its own word. iclock-push 9.3 [SEC29]. */
export function dialectOf(facts: RegistryFacts): AccessDialect {
  return {
    dateFormat: facts.dateFormat,
    oneDoorPerRow: facts.supports.has(SUPPORT.oneDoorPerRow),
    deviceId: facts.supports.has(SUPPORT.devId) ? OWN_DEVICE_ID : undefined,
  }
}

/** Controllers with units behind them number those otherwise, which only their device table says. */
const OWN_DEVICE_ID = 1
