import { type LookupAddress, lookup as resolve } from 'node:dns'
import { type LookupFunction, Socket } from 'node:net'
import ipaddr from 'ipaddr.js'
import { buildConnector } from 'undici'
import { currentPhases, noteTls, type Phases } from './phases.ts'

/** `public`: the open internet only. `local`: also this machine and its networks, for who holds `webhooks:local`. */
export type Reach = 'public' | 'local'

export class RefusedAddressError extends Error {
  readonly code = 'REFUSED_ADDRESS'

  constructor(address: string) {
    super(`The address ${address} is not one callbacks may be sent to`)
    this.name = 'RefusedAddressError'
  }
}

const localRanges: ReadonlySet<string> = new Set(['loopback', 'private', 'carrierGradeNat', 'uniqueLocal'])
/** Cloud machines answer for their credentials at these; nobody's receiver lives there. */
const metadataAddresses: ReadonlySet<string> = new Set(['fd00:ec2::254', '100.100.100.200'])
/** ipaddr.js calls `::127.0.0.1` unicast; all that is routed lies in here (RFC 4291). */
const globalUnicast = ipaddr.parseCIDR('2000::/3')

/**
 * May a callback go to this IP address? Link-local and metadata addresses, multicast, unspecified and every kind of
 * IPv4 dressed up as IPv6 are refused at either reach; text that is no address is refused too.
 */
export function isReachable(address: string, reach: Reach): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (metadataAddresses.has(parsed.toString())) return false
  const range = parsed.range()
  if (reach === 'local' && localRanges.has(range)) return true
  return range === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(globalUnicast))
}

/** The IP address a URL's host spells out, in any notation (`0x7f.1`, `[::1]`), or null for a name. */
export function literalAddress(hostname: string): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  return ipaddr.isValid(bare) ? bare : null
}

interface Connecting {
  readonly connector?: typeof buildConnector
  readonly resolve?: typeof resolve
  readonly timeoutMs?: number
  /** CIDR; local addresses in them are reached as well. */
  readonly subnets?: readonly string[]
}

/**
 * A connector for undici that reaches only what `reach` allows. The name is resolved here, at connect time, so it
 * cannot mean something else between check and call. undici never asks `lookup` about a literal, so those are looked
 * at first; and the address the socket really has is looked at last.
 */
export function guardedConnector(reach: Reach, given: Connecting = {}): buildConnector.connector {
  const may = (address: string) => isReachable(address, reach) || isAllowed(address, given.subnets ?? [])
  const connect = (given.connector ?? buildConnector)({
    allowH2: false,
    timeout: given.timeoutMs ?? 10_000,
    lookup: guardedLookup(may, given.resolve ?? resolve),
  })
  return (options, done) => {
    const literal = literalAddress(options.hostname)
    if (literal !== null && !may(literal)) {
      done(new RefusedAddressError(literal), null)
      return
    }
    const phases = currentPhases.getStore()
    const started = performance.now()
    let tcpMs: number | undefined
    if (phases) phases.isNewConnection = true
    // undici answers the socket, which its types leave out; a secure one says `connect` when TCP is there.
    const opening: unknown = connect(options, (error, socket) => {
      if (error) return done(error, null)
      const refused = refusedPeer(socket, may)
      if (refused === null) {
        if (phases) noteConnected(phases, socket, { tcpMs, totalMs: performance.now() - started })
        return done(null, socket)
      }
      socket.destroy()
      done(new RefusedAddressError(refused), null)
    })
    if (phases && opening instanceof Socket)
      opening.once('connect', () => {
        tcpMs = performance.now() - started
      })
  }
}

/** All of the way to an open connection is known; the name's part is told apart where a name was asked for. */
function noteConnected(
  phases: Phases,
  socket: Socket,
  { tcpMs, totalMs }: { readonly tcpMs: number | undefined; readonly totalMs: number },
): void {
  const connectedMs = tcpMs ?? totalMs
  phases.connectMs = connectedMs - (phases.dnsMs ?? 0)
  if ('encrypted' in socket) phases.tlsMs = totalMs - connectedMs
  phases.address = socket.remoteAddress ?? ''
  noteTls(phases, socket)
}

/** Is this IP address in one of the subnets the operator has named? Link-local and metadata addresses never are. */
export function isAllowed(address: string, subnets: readonly string[]): boolean {
  if (subnets.length === 0 || !isReachable(address, 'local')) return false
  const parsed = ipaddr.process(address)
  return subnets.some(subnet => {
    const [network, bits] = ipaddr.parseCIDR(subnet)
    return network.kind() === parsed.kind() && parsed.match([network, bits])
  })
}

function refusedPeer(socket: Socket, may: (address: string) => boolean): string | null {
  const peer = socket.remoteAddress ?? 'unknown'
  return may(peer) ? null : peer
}

/** One private answer among public ones refuses the name: nobody honest publishes both. */
function guardedLookup(may: (address: string) => boolean, ask: typeof resolve): LookupFunction {
  return (hostname, options, done) => {
    const phases = currentPhases.getStore()
    const started = performance.now()
    ask(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (phases) phases.dnsMs = performance.now() - started
      if (error) return done(error, '')
      const refused = found.find(({ address }) => !may(address))
      const first = found[0]
      if (refused) return done(new RefusedAddressError(`${refused.address} of ${hostname}`), '')
      if (!first)
        return done(Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' }), '')
      if (options.all) done(null, found)
      else done(null, first.address, first.family)
    })
  }
}
