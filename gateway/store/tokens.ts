import { createHash, randomInt } from 'node:crypto'
import { isPermission, type Permission } from '#contract/permissions.ts'
import type { Reader, Write } from './index.ts'

/** What a token may do. Absent lists mean everything. */
export interface TokenGrant {
  readonly label: string
  readonly permissions?: readonly Permission[]
  readonly devices?: readonly string[]
  /** Requests a minute; 0 means no limit. */
  readonly ratePerMinute?: number
}

/** What a stored token allows. */
export interface TokenHolder {
  readonly tokenId: number
  readonly permissions: ReadonlySet<Permission> | 'all'
  readonly devices: ReadonlySet<string> | 'all'
  readonly ratePerMinute: number
}

/** Label of the token the dashboard's own callback is registered with. */
export const dashboardCallbackLabel = 'dashboard callback'

const defaultRatePerMinute = 6000
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** 32 letters and digits, case-sensitive: the shape CAMS tokens have (cams-gateway 1.1), 190 bits. */
export function generateToken(): string {
  return Array.from({ length: 32 }, () => alphabet[randomInt(alphabet.length)]).join('')
}

/** Only the hash is stored; tokens are random enough that a fast hash is right. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Stores a token so that it works from now on; an existing one with the same value gets the new grant. */
export async function saveToken(write: Write, token: string, grant: TokenGrant, now: number): Promise<void> {
  const row = {
    hash: hashToken(token),
    label: grant.label,
    permissions: grant.permissions ? JSON.stringify(grant.permissions) : null,
    devices: grant.devices ? JSON.stringify(grant.devices) : null,
    rate_per_minute: grant.ratePerMinute ?? null,
    created_at: now,
  }
  const { hash: _, created_at: __, ...changed } = row
  await write
    .insertInto('token')
    .values(row)
    .onConflict(conflict => conflict.column('hash').doUpdateSet(changed))
    .execute()
}

/** What a token allows, or null when there is no such token. */
export async function findTokenHolder(reader: Reader, token: string): Promise<TokenHolder | null> {
  const row = await reader
    .selectFrom('token')
    .selectAll()
    .where('hash', '=', hashToken(token))
    .executeTakeFirst()
  if (!row) return null
  return {
    tokenId: row.id,
    permissions: row.permissions === null ? 'all' : new Set(readList(row.permissions).filter(isPermission)),
    devices: row.devices === null ? 'all' : new Set(readList(row.devices)),
    ratePerMinute: row.rate_per_minute ?? defaultRatePerMinute,
  }
}

function readList(json: string): string[] {
  return JSON.parse(json) as string[]
}
