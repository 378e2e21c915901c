import type { GatewayDeps } from '../deps.ts'
import { bodyKeysFor } from '../store/webhooks.ts'
import { openSecret } from '../webhooks/secrets.ts'

/**
 * The keys a request about this terminal may be encrypted with: those its subscriptions have, because CAMS sets one
 * Security Key for callbacks, requests and replies alike (cams-gateway 2.5).
 */
export async function bodyKeysOf(
  { store, config }: Pick<GatewayDeps, 'store' | 'config'>,
  sn: string,
): Promise<string[]> {
  const sealed = await bodyKeysFor(store.read, sn)
  return [...new Set(sealed.map(key => openSecret(config.sealKey, key)))].filter(key => key !== null)
}
