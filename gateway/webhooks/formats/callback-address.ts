/**
 * The callback URL with `stgid=<serial>` appended unless it has one: many receivers refuse a call without it
 * (cams-gateway 2.2). Everything else stays exactly as the integrator typed it; only a fragment, never sent, goes.
 */
export function addressFor(callbackUrl: string, sn: string | null): string {
  const url = callbackUrl.split('#', 1)[0] ?? callbackUrl
  const query = url.includes('?') ? url.slice(url.indexOf('?') + 1) : null
  if (sn === null || query?.split('&').some(pair => /^stgid(=|$)/i.test(pair))) return url
  const separator = query === null ? '?' : query === '' || query.endsWith('&') ? '' : '&'
  return `${url}${separator}stgid=${encodeURIComponent(sn)}`
}
