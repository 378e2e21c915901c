import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** One reply as it stood on the wire. */
export interface RawReply {
  readonly status: number
  /** Status line and headers, with the blank line. */
  readonly head: string
  readonly body: string
  header(name: string): string | undefined
}

export interface Exchange {
  readonly replies: readonly RawReply[]
  /** What came and belongs to no whole reply. */
  readonly rest: string
}

/** Opens a connection to the terminals' port; what fails on it shows as a connection that closed. */
export async function openRaw(devicesUrl: string): Promise<Socket> {
  const { hostname, port } = new URL(devicesUrl)
  const socket = connect({ port: Number(port), host: hostname, noDelay: true, allowHalfOpen: true })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

/**
 * Sends pieces, each as a packet of its own as far as the network allows, says that there are no more, and reads until
 * the other side closes.
 */
export async function exchange(
  devicesUrl: string,
  ...pieces: readonly (string | Uint8Array)[]
): Promise<Exchange> {
  const socket = await openRaw(devicesUrl)
  const received = readToEnd(socket)
  for (const piece of pieces) await writeAlone(socket, piece)
  socket.end()
  return readReplies(await received)
}

/** Writes one piece and lets the other side have it before the next. */
export function writeAlone(socket: Socket, piece: string | Uint8Array): Promise<void> {
  return new Promise(resolve => {
    const bytes = typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece
    socket.write(bytes, () => setImmediate(resolve))
  })
}

/** Everything that comes until the connection is closed, by whoever. */
export function readToEnd(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = []
  return new Promise(resolve => {
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.once('end', () => socket.end())
    socket.once('close', () => resolve(Buffer.concat(chunks)))
  })
}

/** Cuts what came into replies, by their own length; `100 Continue` stands for itself. */
export function readReplies(received: Buffer): Exchange {
  const replies: RawReply[] = []
  let rest = received.toString('latin1')
  for (;;) {
    const headEnd = rest.indexOf('\r\n\r\n')
    const status = /^HTTP\/1\.1 (\d{3}) [^\r\n]*\r\n/.exec(rest)?.[1]
    if (headEnd < 0 || status === undefined) break
    const head = rest.slice(0, headEnd + 4)
    const header = (name: string) => new RegExp(`\r\n${name}: ([^\r\n]*)\r\n`).exec(head)?.[1]
    const length = Number(header('Content-Length') ?? 0)
    if (rest.length < head.length + length) break
    replies.push({
      status: Number(status),
      head,
      body: rest.slice(head.length, head.length + length),
      header,
    })
    rest = rest.slice(head.length + length)
  }
  return { replies, rest }
}
