import { z } from 'zod'

/** Values of a text, for whoever words it. */
export const Facts = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))

/** What an alert says, as a code; the values that belong to each are in `AlertFacts`. */
export const AlertCode = z.enum([
  'Away',
  'AwayTogether',
  'ClockOff',
  'LogFillsUp',
  'WrongKey',
  'SharedSerial',
  'TooLarge',
  'Flood',
  'RepeatedUpload',
  'OrderFailed',
  'OrderUnanswered',
  'DoorForced',
  'DoorHeldOpen',
  'DoorTamper',
  'DoorDuress',
  'DoorHoldOverdue',
  'DoorOther',
  'Emergency',
  'ReceiverFailing',
  'ReceiverPaused',
  'ReceiverGone',
  'ReceiverErrors',
  'ReceiverQueue',
  'SelfCheck',
])

type Code = z.output<typeof AlertCode>

interface Doorway {
  readonly door: string
  readonly site: string
}

interface Order {
  readonly label: string
  /** Wire name of the operation, such as `RestartDevice`. */
  readonly operation: string
  /** What the terminal said, in its own words or those of its manual; null: nothing. */
  readonly error: string | null
}

interface Receiver {
  readonly who: string
  /** What it answered last. */
  readonly last: string | null
}

/** The values of each code. Times are ISO 8601 in UTC. */
export interface AlertFacts extends Record<Code, object> {
  readonly Away: { readonly label: string; readonly cause: string; readonly since: string }
  readonly AwayTogether: {
    readonly amount: number
    readonly names: string
    /** Beyond those named. */
    readonly more: number
    readonly site: string | null
    readonly prefix: string | null
    readonly firmware: string | null
    readonly since: string
  }
  readonly ClockOff: { readonly label: string; readonly seconds: number }
  readonly LogFillsUp: { readonly label: string; readonly days: number; readonly perDay: number }
  readonly WrongKey: {
    readonly label: string
    readonly address: string | null
    readonly shown: 'none' | 'wrong'
  }
  readonly SharedSerial: { readonly label: string; readonly one: string; readonly other: string }
  readonly TooLarge: { readonly label: string; readonly megabytes: number; readonly megabytesMax: number }
  readonly Flood: { readonly label: string; readonly limit: 'requests' | 'bytes' | 'address' }
  readonly RepeatedUpload: {
    readonly label: string
    readonly table: string
    readonly times: number
    readonly minutes: number
    readonly style: string
    /** The style from now on; null: nothing was changed. */
    readonly next: string | null
    readonly left: 'set' | 'tooSoon' | 'onlyWay' | null
  }
  readonly OrderFailed: Order
  readonly OrderUnanswered: Order
  readonly DoorForced: Doorway
  readonly DoorHeldOpen: Doorway
  readonly DoorTamper: Doorway
  readonly DoorDuress: Doorway
  readonly DoorHoldOverdue: Doorway
  readonly DoorOther: Doorway
  readonly Emergency: {
    readonly what: 'Lockdown' | 'Evacuation'
    /** null: everywhere. */
    readonly where: string | null
    readonly reason: string | null
  }
  readonly ReceiverFailing: Receiver & { readonly hours: number }
  readonly ReceiverPaused: Receiver & { readonly hours: number }
  readonly ReceiverGone: Receiver
  readonly ReceiverErrors: Receiver & {
    readonly percent: number
    readonly attempts: number
    readonly minutes: number
  }
  readonly ReceiverQueue: Receiver & { readonly minutes: number }
  readonly SelfCheck: { readonly check: string; readonly value: number | null; readonly unit: string | null }
}

/** A code with its values. */
export type AlertSays = { [C in Code]: { readonly code: C; readonly facts: AlertFacts[C] } }[Code]
