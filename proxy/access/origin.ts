import type { IncomingHttpHeaders } from 'node:http'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Methods that may change something. */
export function isUnsafe(method: string): boolean {
  return !safeMethods.has(method)
}

/**
 * True if the request can only have come from our own pages, or from no browser at all. Browsers state Origin on
 * every unsafe request; older ones over plain http send no Sec-Fetch-Site, so both are looked at and neither may
 * disagree. A request with neither is a program's: the JSON content type and SameSite cookies keep forms out.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, publicUrl: string | undefined): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  const { origin, host } = headers
  if (origin === undefined) return true
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return true
  if (host === undefined) return false
  // Behind https the page is ours only under the public address or as https; plain http would be a downgrade.
  return origin === `https://${host}` || (!isHttps(publicUrl) && origin === `http://${host}`)
}

/** True if the browser says another site's page is asking. Reads are not answered to it either. */
export function isCrossSite(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site']
  return site === 'cross-site' || site === 'same-site'
}

/** True where people reach us over https. */
export function isHttps(publicUrl: string | undefined): boolean {
  return publicUrl?.startsWith('https://') ?? false
}
