import type { ControlLayout } from '../access/control-device.ts'

/** How one terminal wants its commands, from its profile; the documented way where absent. */
export type AttendanceDialect = {
  /**
   * Spelling of the key that names a person: a firmware that knows another one deletes everybody. Absent or 'PIN',
   * every table keeps the spelling of the document, which is `PIN` for all but BIODATA; else all have this one.
   */
  readonly pinKey?: 'PIN' | 'Pin' | 'pin' | undefined
  /** 'unlock', the default: AC_UNLOCK and AC_UNALARM, which know one door and its own time. */
  readonly doorLayout?: 'unlock' | ControlLayout | undefined
  /**
   * The table of schedules: 'AccTimeZone', the default, with named fields [ATT58], or 'TIMEZONE' with 56 digits
   * [SDK32]. The latter also writes the schedules of a group and of a person as [SDK32] does.
   */
  readonly scheduleTable?: 'AccTimeZone' | 'TIMEZONE' | undefined
  /** `Verify` [ATT58], the default, or `VerifyMode` [SDK32]. */
  readonly verifyKey?: 'Verify' | 'VerifyMode' | undefined
  /** What stands between date and time in a query: a space [ATT58], the default, or `T` [SDK32]. */
  readonly queryTime?: ' ' | 'T' | undefined
  /** OVERWRITE for "keep what is there": 0 (attendance document V4.0, 12.9), the default, or 2 [SDK32]. */
  readonly overwriteOff?: 0 | 2 | undefined
}
