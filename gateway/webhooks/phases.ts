import { AsyncLocalStorage } from 'node:async_hooks'
import { TLSSocket } from 'node:tls'

/** What is known of how one attempt spent its time; milliseconds, absent where it did not happen. */
export interface Phases {
  /** False: it went over a connection that was open already, so there was nothing to look up or to connect. */
  isNewConnection: boolean
  dnsMs?: number
  connectMs?: number
  tlsMs?: number
  /** From the start to the first byte of the reply. */
  firstByteMs?: number
  /** Where the connection really went. */
  address?: string
  tls?: { readonly version: string; readonly validTo: string; readonly issuer: string }
}

/** The attempt on whose behalf the connector is called: undici connects within the call that needs the connection. */
export const currentPhases = new AsyncLocalStorage<Phases>()

/** Notes the protocol and certificate of a connection. */
export function noteTls(phases: Phases, socket: unknown): void {
  if (!(socket instanceof TLSSocket)) return
  const certificate = socket.getPeerCertificate()
  const issuer = certificate.issuer
  const name = issuer?.O ?? issuer?.CN ?? ''
  phases.tls = {
    version: socket.getProtocol() ?? '',
    validTo: certificate.valid_to ?? '',
    issuer: Array.isArray(name) ? name.join(', ') : name,
  }
}

/** As it is kept with an attempt. */
export function phasesText(phases: Phases): string {
  const round = (ms: number | undefined) => (ms === undefined ? null : Math.round(ms * 10) / 10)
  const { isNewConnection, dnsMs, connectMs, tlsMs, firstByteMs, address } = phases
  return JSON.stringify([
    isNewConnection ? 1 : 0,
    round(dnsMs),
    round(connectMs),
    round(tlsMs),
    round(firstByteMs),
    isNewConnection ? (address ?? null) : null,
  ])
}
