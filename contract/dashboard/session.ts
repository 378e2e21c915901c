import { z } from 'zod'
import { permissions } from '../permissions.ts'

/** Who is signed in, what they may do, and what this installation is. */
export const Session = z.object({
  Name: z.string(),
  Roles: z.array(z.string()),
  Permissions: z.array(z.enum(permissions)),
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

export type SessionBody = z.output<typeof Session>
export type SignInBody = z.input<typeof SignIn>
export type ChangePasswordBody = z.input<typeof ChangePassword>
