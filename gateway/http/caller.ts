import { OperationError } from '#contract/errors.ts'
import type { Permission } from '#contract/permissions.ts'
import type { TokenHolder } from '../store/tokens.ts'

/** Who calls, as the gateway knows it: a token, never a person. */
export interface Caller extends TokenHolder {
  /** Opaque name handed on by the caller; written down, never judged. */
  readonly actor: string | null
  /** Sites this call is bound to, which `devices` follows already; absent: none in particular. */
  readonly sites?: ReadonlySet<string>
}

/** Throws PERMISSION_DENIED, naming the right, when the token lacks it. */
export function requirePermission(caller: Caller, permission: Permission): void {
  if (caller.permissions !== 'all' && !caller.permissions.has(permission)) {
    throw new OperationError('PERMISSION_DENIED', { detail: `The token lacks the right ${permission}` })
  }
}

/** Throws DEVICE_NOT_ALLOWED when the token is not scoped to that device (cams-gateway 1.1). */
export function requireDevice(caller: Caller, sn: string): void {
  if (caller.devices !== 'all' && !caller.devices.has(sn)) {
    throw new OperationError('DEVICE_NOT_ALLOWED', {
      field: 'DeviceSN',
      detail: `The token is not valid for device ${sn}`,
    })
  }
}

/**
 * Throws PERMISSION_DENIED when the call is bound to sites and this is none of them. What holds for every site, null, is
 * not theirs to change either.
 */
export function requireSite({ sites }: Caller, site: string | null, field = 'Site'): void {
  if (sites === undefined || (site !== null && sites.has(site))) return
  throw new OperationError('PERMISSION_DENIED', {
    field,
    detail: `This call is bound to ${[...sites].join(', ') || 'no site'}`,
  })
}

/**
 * Whoever acts, as corrections name them: the opaque name a dashboard hands on, or the token itself. Two people are
 * told apart by it, so a token that names people is trusted to name them truthfully (ADR 28).
 */
export function actorOf({ actor, tokenId }: Caller): string {
  return actor ?? `token-${tokenId}`
}
