import type { Socket } from 'node:net'
import { type DetailedPeerCertificate, TLSSocket } from 'node:tls'
import { buildConnector } from 'undici'
import { guardedConnector, type Reach } from './guard-address.ts'

/** What a receiver shows of itself before anything is sent to it. */
export interface ShownCertificate {
  /** Where the connection really went. */
  readonly address: string
  /** `TLSv1.3`. */
  readonly protocol: string
  readonly subject: string
  readonly issuer: string
  /** Names it holds for. */
  readonly names: readonly string[]
  /** Certificates shown, the receiver's own among them. */
  readonly chain: number
  /** The first end of one in the chain, epoch ms. */
  readonly endsAt: number
  /** Why it would not be believed, as OpenSSL and Node call it; null: it is. */
  readonly fault: string | null
}

const chainMax = 10

/**
 * Looks at the certificate an https receiver shows, whether or not it can be believed: what is sent goes another way,
 * over a connection that is not opened when this one would be refused. Null: there is no such connection at all.
 */
export async function readCertificate(
  url: string,
  terms: {
    readonly reach: Reach
    readonly subnets?: readonly string[] | undefined
    readonly timeoutMs: number
  },
): Promise<ShownCertificate | null> {
  const { hostname, port } = new URL(url)
  const connect = guardedConnector(terms.reach, {
    timeoutMs: terms.timeoutMs,
    subnets: terms.subnets ?? [],
    connector: options => buildConnector({ ...options, rejectUnauthorized: false }),
  })
  const socket = await new Promise<Socket | null>(resolve =>
    connect(
      { hostname, host: hostname, protocol: 'https:', port: port === '' ? '443' : port },
      (error, opened) => resolve(error === null ? opened : null),
    ),
  )
  if (socket === null) return null
  try {
    return socket instanceof TLSSocket ? shownBy(socket) : null
  } finally {
    socket.destroy()
  }
}

function shownBy(socket: TLSSocket): ShownCertificate {
  const own = socket.getPeerCertificate(true)
  const chain = chainOf(own)
  // Node writes the code here, where its types promise an error.
  const fault: unknown = socket.authorizationError
  return {
    address: socket.remoteAddress ?? '',
    protocol: socket.getProtocol() ?? '',
    subject: nameOf(own.subject),
    issuer: nameOf(own.issuer),
    names: (own.subjectaltname ?? '')
      .split(', ')
      .map(name => name.replace(/^(DNS|IP Address):/, ''))
      .filter(Boolean),
    chain: chain.length,
    endsAt: Math.min(...chain.map(({ valid_to }) => Date.parse(valid_to))),
    fault: socket.authorized ? null : String(fault instanceof Error ? fault.message : (fault ?? 'unknown')),
  }
}

function chainOf(own: DetailedPeerCertificate): DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = []
  let next: DetailedPeerCertificate | undefined = own
  while (next !== undefined && chain.length < chainMax && !chain.includes(next)) {
    chain.push(next)
    next = next.issuerCertificate
  }
  return chain
}

/** One that is not there has no names at all, whatever the types say. */
function nameOf(name: { readonly O?: unknown; readonly CN?: unknown } | undefined): string {
  const text = name?.CN ?? name?.O ?? ''
  return Array.isArray(text) ? text.join(', ') : String(text)
}
