import { type LookupAddress, lookup as resolve } from 'node:dns'
import type { LookupFunction, Socket } from 'node:net'
import ipaddr from 'ipaddr.js'
import { buildConnector } from 'undici'

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
}

/**
 * A connector for undici that reaches only what `reach` allows. The name is resolved here, at connect time, so it
 * cannot mean something else between check and call. undici never asks `lookup` about a literal, so those are looked
 * at first; and the address the socket really has is looked at last.
 */
export function guardedConnector(reach: Reach, given: Connecting = {}): buildConnector.connector {
  const connect = (given.connector ?? buildConnector)({
    allowH2: false,
    timeout: given.timeoutMs ?? 10_000,
    lookup: guardedLookup(reach, given.resolve ?? resolve),
  })
  return (options, done) => {
    const literal = literalAddress(options.hostname)
    if (literal !== null && !isReachable(literal, reach)) {
      done(new RefusedAddressError(literal), null)
      return
    }
    connect(options, (error, socket) => {
      if (error) return done(error, null)
      const refused = refusedPeer(socket, reach)
      if (refused === null) return done(null, socket)
      socket.destroy()
      done(new RefusedAddressError(refused), null)
    })
  }
}

function refusedPeer(socket: Socket, reach: Reach): string | null {
  const peer = socket.remoteAddress ?? 'unknown'
  return isReachable(peer, reach) ? null : peer
}

/** One private answer among public ones refuses the name: nobody honest publishes both. */
function guardedLookup(reach: Reach, ask: typeof resolve): LookupFunction {
  return (hostname, options, done) => {
    ask(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) return done(error, '')
      const refused = found.find(({ address }) => !isReachable(address, reach))
      const first = found[0]
      if (refused) return done(new RefusedAddressError(`${refused.address} of ${hostname}`), '')
      if (!first)
        return done(Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' }), '')
      if (options.all) done(null, found)
      else done(null, first.address, first.family)
    })
  }
}
