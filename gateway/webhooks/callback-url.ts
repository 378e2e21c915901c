import { isAllowed, isReachable, literalAddress, type Reach } from './guard-address.ts'

interface UrlTerms {
  readonly subnets?: readonly string[] | undefined
  readonly httpsOnly?: boolean | undefined
}

/**
 * Why an address may not be registered, in words for the integrator, or null. Only what can be seen without asking a
 * resolver is judged here; what a name means is judged at every connection (guard-address.ts).
 */
export function refusalOf(callbackUrl: string, reach: Reach, terms: UrlTerms = {}): string | null {
  const url = URL.canParse(callbackUrl) ? new URL(callbackUrl) : null
  if (url === null) return 'CallbackUrl is not a complete address such as https://example.com/hook'
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return `CallbackUrl must start with https:// or http://, not ${url.protocol}//`
  }
  if (url.username !== '' || url.password !== '') {
    return 'CallbackUrl must not hold a user name or password; use CallbackToken or the signature instead'
  }
  if (terms.httpsOnly && reach === 'public' && url.protocol !== 'https:')
    return 'CallbackUrl must start with https://; this gateway sends to no other'
  const literal = literalAddress(url.hostname)
  const isOpen = literal !== null && isAllowed(literal, terms.subnets ?? [])
  if (literal !== null && !isOpen && !isReachable(literal, reach)) return refusedLiteral(literal, reach)
  const isLocalName = /(^|\.)localhost\.?$/i.test(url.hostname)
  if (reach === 'public' && isLocalName && !isAllowed('127.0.0.1', terms.subnets ?? []))
    return refusedLiteral(url.hostname, reach)
  return null
}

function refusedLiteral(host: string, reach: Reach): string {
  if (reach === 'public' && (literalAddress(host) === null || isReachable(host, 'local'))) {
    return `${host} is a local address; the operator has to open its network in GATEHOUSE_WEBHOOK_SUBNETS, or the token needs the right webhooks:local`
  }
  return `${host} is not an address callbacks may be sent to`
}
