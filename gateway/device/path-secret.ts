import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * The request target without the secret its path has to begin with, or null when it does not: terminals that can be
 * given an address with a path then have something a stranger cannot guess (iclock-push 16). Without a secret
 * everything passes as it is.
 */
export function withoutSecret(rawUrl: string, secret: string | undefined): string | null {
  if (secret === undefined || secret === '') return rawUrl
  const [, first = '', rest = ''] = /^(?:https?:\/\/[^/]*)?\/([^/?]*)(.*)$/s.exec(rawUrl) ?? []
  return isSame(first, secret) ? rest : null
}

/** Compares in the same time wherever the texts differ; digests, because lengths may differ. */
export function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}
