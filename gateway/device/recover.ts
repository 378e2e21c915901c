import type { Socket } from 'node:net'
import type { BodyReader, ReadBody } from './read-body.ts'

const withinMs = 10_000
const line = /^(GET|POST) (\S*\?.* .*) HTTP\/1\.[01]\r?\n/i
const headEnd = /\r?\n\r?\n/

export interface Recovered {
  readonly method: string
  readonly rawUrl: string
  /** Bytes of the body, as announced. */
  readonly declared: number
  readonly body: Exclude<ReadBody, 'cut'>
}

export interface RecoverLimits {
  readonly headMaxBytes: number
  readonly bodyMaxBytes: number
  readonly bodies: Pick<BodyReader, 'hold'>
}

/**
 * Odd firmware writes a space into the request line (`CMD=SET OPTION`), which no HTTP parser takes. The line is read
 * by its ends: first word method, last word version. Null for what is no such request, does not arrive whole, or
 * leaves in doubt where its body ends: then nothing may be acknowledged.
 */
export async function recoverRequest(
  packet: Buffer,
  socket: Socket,
  limits: RecoverLimits,
): Promise<Recovered | null> {
  const [, method, target] = line.exec(packet.toString('latin1')) ?? []
  if (method === undefined || target === undefined || !socket.writable) return null
  const come = readOn(socket, packet, limits.headMaxBytes + limits.bodyMaxBytes)
  try {
    return await recover(come, { method, target }, limits)
  } finally {
    come.stop()
  }
}

async function recover(
  come: ReturnType<typeof readOn>,
  { method, target }: { readonly method: string; readonly target: string },
  limits: RecoverLimits,
): Promise<Recovered | null> {
  await come.until(() => come.size() > limits.headMaxBytes || headEnd.test(latin1(come.bytes())))
  const end = headEnd.exec(latin1(come.bytes()))
  const bodyStart = end ? end.index + end[0].length : Number.POSITIVE_INFINITY
  if (bodyStart > limits.headMaxBytes) return null
  const declared = declaredLength(latin1(come.bytes()).slice(0, bodyStart))
  if (declared === null) return null
  const request = { method: method.toUpperCase(), rawUrl: target.replaceAll(' ', '%20'), declared }
  if (declared > limits.bodyMaxBytes) return { ...request, body: 'too-large' }
  const release = limits.bodies.hold(declared)
  if (release === null) return { ...request, body: 'no-room' }
  const isWhole = await come.until(() => come.size() >= bodyStart + declared)
  release()
  return isWhole ? { ...request, body: come.bytes().subarray(bodyStart, bodyStart + declared) } : null
}

const latin1 = (bytes: Buffer) => bytes.toString('latin1')

/**
 * Length of the body behind a head; null where two readers might disagree on it (RFC 9112 6.3), which is what request
 * smuggling lives on, and where acknowledging would mean forgetting a body.
 */
function declaredLength(head: string): number | null {
  if (/^transfer-encoding[ \t]*:/im.test(head)) return null
  const lengths = [...head.matchAll(/^content-length[ \t]*:(.*)$/gim)].map(([, value = '']) => value.trim())
  const [length = '0', ...more] = lengths
  return more.length === 0 && /^\d{1,15}$/.test(length) ? Number(length) : null
}

/** What has come on a connection, and what still does, as long as anybody wants it and up to a bound. */
function readOn(socket: Socket, first: Buffer, bytesMax: number) {
  let chunks = [first]
  let size = first.length
  let wake: () => void = () => undefined
  let isOver = false
  const over = () => {
    isOver = true
    wake()
  }
  const take = (chunk: Buffer) => {
    size += chunk.length
    if (size <= bytesMax) chunks.push(chunk)
    wake()
  }
  socket.on('data', take)
  for (const event of ['end', 'close']) socket.once(event, over)
  return {
    size: () => size,
    stop: () => void socket.off('data', take),
    bytes() {
      const bytes = Buffer.concat(chunks)
      chunks = [bytes]
      return bytes
    },
    /** Waits until that is enough; answers false when it does not come. */
    async until(isEnough: () => boolean): Promise<boolean> {
      const late = setTimeout(over, withinMs).unref()
      while (!isEnough() && !isOver)
        await new Promise<void>(resolve => {
          wake = resolve
        })
      clearTimeout(late)
      return isEnough()
    },
  }
}
