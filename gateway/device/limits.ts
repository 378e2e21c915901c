import type { Clock } from '#platform/clock.ts'

/** What one sender may ask of the terminals' port. Generous: nobody who behaves ever meets them. */
export interface DeviceLimits {
  /** Uploads a second of one terminal, on average; ten times as many at once. Polls and handshakes count a fifth. */
  readonly requestsPerSecond: number
  /** Body bytes a second of one terminal, on average; eight times as many at once. */
  readonly bytesPerSecond: number
  /** Requests a second of one address, all its terminals together; ten times as many at once. */
  readonly requestsPerSecondOfAddress: number
  /** Requests a second of one address that name no terminal we know; ten times as many at once. */
  readonly strangersPerSecondOfAddress: number
  readonly connectionsPerAddress: number
  readonly connections: number
  /** Bytes of all bodies that are being received at the same time. */
  readonly bodyBytesAtOnce: number
}

/** A terminal on its own network sends some ten uploads a second after days offline; peers allow 300 a minute. */
export const defaultLimits: DeviceLimits = {
  requestsPerSecond: 2_000,
  bytesPerSecond: 16 * 1024 * 1024,
  requestsPerSecondOfAddress: 5_000,
  strangersPerSecondOfAddress: 50,
  connectionsPerAddress: 4_000,
  connections: 10_000,
  bodyBytesAtOnce: 256 * 1024 * 1024,
}

export interface Asking {
  readonly sn: string | null
  readonly address: string | null
  /** Of the body, as announced. */
  readonly bytes: number
  /** A poll, ping or handshake. */
  readonly isCheap: boolean
}

export interface SenderLimits {
  /** Null when the request may go on; otherwise what its sender has had too much of. */
  refusal(asking: Asking): string | null
  /** The same for a request that names no terminal we know. */
  strangerRefusal(address: string | null): string | null
}

const secondsAtOnce = 10
const bytesSecondsAtOnce = 8
const cheapCost = 0.2
const sendersKept = 20_000

/**
 * Token buckets per terminal and per address. An address of this computer has no limit of its own: it stands for a
 * reverse proxy with every terminal behind it.
 */
export function createSenderLimits(limits: DeviceLimits, clock: Pick<Clock, 'now'>): SenderLimits {
  const requests = createBuckets(limits.requestsPerSecond, secondsAtOnce, clock)
  const bytes = createBuckets(limits.bytesPerSecond, bytesSecondsAtOnce, clock)
  const addresses = createBuckets(limits.requestsPerSecondOfAddress, secondsAtOnce, clock)
  const strangers = createBuckets(limits.strangersPerSecondOfAddress, secondsAtOnce, clock)
  return {
    refusal(asking) {
      const cost = asking.isCheap ? cheapCost : 1
      if (isRemote(asking.address) && !addresses.take(asking.address, cost)) return 'requests of an address'
      if (asking.sn === null) return null
      // By address too: whoever borrows a serial number must not use up what its terminal may send.
      const sender = `${asking.sn} ${asking.address ?? ''}`
      if (!requests.take(sender, cost)) return 'requests of a terminal'
      if (asking.bytes > 0 && !bytes.take(sender, asking.bytes)) return 'bytes of a terminal'
      return null
    },
    strangerRefusal: address =>
      isRemote(address) && !strangers.take(address, 1) ? 'unknown requests of an address' : null,
  }
}

/** True for an address of another computer. */
export function isRemote(address: string | null): address is string {
  return (
    address !== null && address !== '::1' && !address.startsWith('127.') && !address.startsWith('::ffff:127.')
  )
}

interface Bucket {
  tokens: number
  at: number
}

function createBuckets(perSecond: number, seconds: number, clock: Pick<Clock, 'now'>) {
  const full = perSecond * seconds
  const buckets = new Map<string, Bucket>()
  return {
    /** Takes that many, or nothing and answers false. What is larger than the bucket passes when it is full. */
    take(key: string, cost: number): boolean {
      const now = clock.now()
      const known = buckets.get(key)
      const bucket = known ?? { tokens: full, at: now }
      if (!known) {
        // Somebody forgotten starts with a full bucket again: memory has to end somewhere.
        const [oldest] = buckets.keys()
        if (buckets.size >= sendersKept && oldest !== undefined) buckets.delete(oldest)
        buckets.set(key, bucket)
      }
      bucket.tokens = Math.min(full, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond)
      bucket.at = now
      if (bucket.tokens < Math.min(cost, full)) return false
      bucket.tokens -= Math.min(cost, full)
      return true
    },
  }
}
