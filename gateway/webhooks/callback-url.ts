import { isReachable, literalAddress, type Reach } from './guard-address.ts'

/**
 * Why an address may not be registered, in words for the integrator, or null. Only what can be seen without asking a
 * resolver is judged here; what a name means is judged at every connection (guard-address.ts).
 */
export function refusalOf(callbackUrl: string, reach: Reach): string | null {
  const url = URL.canParse(callbackUrl) ? new URL(callbackUrl) : null
  if (url === null) return 'CallbackUrl is not a complete address such as https://example.com/hook'
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return `CallbackUrl must start with https:// or http://, not ${url.protocol}//`
  }
  if (url.username !== '' || url.password !== '') {
    return 'CallbackUrl must not hold a user name or password; use CallbackToken or the signature instead'
  }
  const literal = literalAddress(url.hostname)
  if (literal !== null && !isReachable(literal, reach)) return refusedLiteral(literal, reach)
  if (reach === 'public' && /(^|\.)localhost\.?$/i.test(url.hostname))
    return refusedLiteral(url.hostname, reach)
  return null
}

function refusedLiteral(host: string, reach: Reach): string {
  if (reach === 'public' && (literalAddress(host) === null || isReachable(host, 'local'))) {
    return `${host} is a local address; the token needs the right webhooks:local to send there`
  }
  return `${host} is not an address callbacks may be sent to`
}
