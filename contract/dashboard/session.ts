import { z } from 'zod'
import { permissions } from '../permissions.ts'

/** How an account wants to hear of door alarms, on every page and in every browser. */
export const AlarmSignals = z.object({ Sound: z.boolean(), Notify: z.boolean() })

/** Who is signed in, what they may do, and what this installation is. */
export const Session = z.object({
  Name: z.string(),
  Roles: z.array(z.string()),
  Permissions: z.array(z.enum(permissions)),
  Sites: z.array(z.string()).nullable().describe('Sites the account is bound to; null: every site'),
  AlarmSignals,
  ExpiresAt: z.iso.datetime(),
  /** Still using the password printed at the first start. */
  PasswordIsInitial: z.boolean(),
  /** `remote`: the gateway is elsewhere, perhaps without our own operations. */
  Gateway: z.enum(['embedded', 'remote']),
  TimeZone: z.string().describe('Zone of the first site'),
})

export const SignIn = z.object({
  Name: z.string().trim().min(1).max(64),
  Password: z.string().min(1).max(256),
})

/** The password once more, before an action on a whole site. */
export const ConfirmPassword = z.object({ Password: z.string().min(1).max(256) })

export const ChangePassword = z.object({
  Current: z.string().min(1).max(256),
  New: z.string().min(12, 'must have at least 12 characters').max(256),
})

export type AlarmSignalsBody = z.output<typeof AlarmSignals>
export type SessionBody = z.output<typeof Session>
export type SignInBody = z.input<typeof SignIn>
export type ChangePasswordBody = z.input<typeof ChangePassword>
