import type { z } from 'zod'
import type { ErrorCode } from './errors.ts'
import type { Permission } from './permissions.ts'
import type { Resource } from './resources.ts'

export type Method = 'GET' | 'POST'

/** Answers by status: 200 always, 409 where the contract says "the device is away" with a body of its own. */
export interface Answers {
  readonly 200: z.ZodObject
  readonly 409?: z.ZodObject
}

/** The only thing written by hand about an operation's surface (house 3.3). Everything else is derived. */
export interface OperationRecord {
  /** Path segment at `/v3/`; a fact of the wire, never used inside. */
  readonly name: string
  /** Other names answered the same way, in any letter case. */
  readonly aliases: readonly string[]
  /** True where CAMS publishes the name, false where it is our reading (cams-gateway 1.2). */
  readonly known: boolean
  readonly method: Method
  readonly summary: string
  readonly permission: Permission
  readonly input: z.ZodObject
  readonly answers: Answers
  /**
   * The 200 answer is a file that streams: media type by value of the input's `Format`. `answers[200]` is then what
   * the file holds as JSON. Failures are JSON as everywhere.
   */
  readonly file?: Readonly<Record<string, string>>
  readonly errors: readonly ErrorCode[]
  /** What goes stale once it has run; empty for reads. */
  readonly changes: readonly Resource[]
  /** Demands an idempotency key from a browser: the same key acts once. */
  readonly once?: true
  /** Which input field names the subject in the audit, and which may not be written down. A read that has it is audited too. */
  readonly audit?: { readonly subject: string; readonly hide?: readonly string[] }
  /** Answer fields, at any depth, hidden from those without the right. */
  readonly sensitive?: Readonly<Record<string, Permission>>
  /** Answer fields that hold or quote the opaque name of who acted; the dashboard puts the name of the account there. */
  readonly actors?: readonly string[]
  /**
   * Wants the password once more where that is switched on, unless one of these fields narrows it: what acts on a
   * whole site is not left to an open screen.
   */
  readonly stepUpUnless?: readonly string[]
  /** `own`: not among the published 34; a hosted gateway does not know it. */
  readonly origin?: 'own'
}

type WithIds<G extends string, T> = { readonly [K in keyof T & string as `${G}.${K}`]: T[K] }

/** Names a group's records `group.verb`; keeps each record's own type, so handlers and screens are typed by it. */
export function defineOperations<const G extends string, const T extends Record<string, OperationRecord>>(
  group: G,
  records: T,
): WithIds<G, T> {
  // Listing a record forgets the types of its keys; the mapped type above states what the loop does.
  return Object.fromEntries(
    Object.entries(records).map(([verb, record]) => [`${group}.${verb}`, record]),
  ) as WithIds<G, T>
}
