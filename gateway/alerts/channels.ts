import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { AlertChannelTable } from '../store/schema-health.ts'
import { openSecret, sealSecret } from '../webhooks/secrets.ts'

/** What may be shown of a channel. */
export const ChannelSettings = z.object({
  host: z.string().nullable(),
  port: z.int().nullable(),
  user: z.string().nullable(),
  from: z.string().nullable(),
  to: z.array(z.string()).nullable(),
})
export type ChannelSettingsShape = z.output<typeof ChannelSettings>

/** What may not: an address that is a secret by itself, or a password. */
const ChannelSecret = z.object({ url: z.string().nullable(), password: z.string().nullable() })
export type ChannelSecretShape = z.output<typeof ChannelSecret>

export type ChannelRow = Selectable<AlertChannelTable>

/** Settings of a channel from its row. */
export function readSettings(row: Pick<ChannelRow, 'settings'>): ChannelSettingsShape {
  return ChannelSettings.parse(JSON.parse(row.settings))
}

/** The secret part opened; nothing where it was sealed with another key. */
export function readSecret(sealKey: Uint8Array, row: Pick<ChannelRow, 'secret'>): ChannelSecretShape {
  const opened = row.secret === null ? null : openSecret(sealKey, row.secret)
  return opened === null ? { url: null, password: null } : ChannelSecret.parse(JSON.parse(opened))
}

/** The secret part sealed for its row. */
export function writeSecret(sealKey: Uint8Array, secret: ChannelSecretShape): string {
  return sealSecret(sealKey, JSON.stringify(secret))
}

/** Where a channel goes, without what is secret: the path of a chat hook is its password. */
export function targetOf(row: ChannelRow, secret: ChannelSecretShape): string {
  const { host, port, to } = readSettings(row)
  if (row.kind === 'Email') return `${(to ?? []).join(', ')} by ${host}:${port}`
  if (row.kind === 'Push') return 'Browsers that asked for it'
  return secret.url !== null && URL.canParse(secret.url) ? `${new URL(secret.url).origin}/…` : '…'
}
