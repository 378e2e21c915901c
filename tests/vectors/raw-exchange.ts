import { connect, type Socket } from 'node:net'

export interface RawReply {
  readonly statusLine: string
  /** Names as spelled, in order. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>
  /** Of the whole header block, its empty line included. */
  readonly headBytes: number
  /** Everything behind the header block until the connection was closed. */
  readonly body: Buffer
  /** True when the other side closed first. */
  readonly isClosed: boolean
}

export interface RawRequest {
  readonly port: number
  readonly head: string
  readonly body: Uint8Array
  /** The other side is to close; without it we do, once the reply is as long as it says. */
  readonly closes: boolean
}

const deadlineMs = 15_000

/** Sends bytes as they are and reads bytes as they come: no HTTP library in between that would mend anything. */
export function exchange(request: RawRequest): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const socket = open(request.port, reject)
    let received = Buffer.alloc(0)
    let isOurs = false
    socket.on('data', chunk => {
      received = Buffer.concat([received, chunk])
      if (request.closes || isOurs || !isWhole(received)) return
      isOurs = true
      socket.end()
    })
    // What came behind the promised length is in `received` too, so a reply that is too long is seen.
    socket.on('end', () => {
      socket.destroy()
      const reply = readReply(received)
      if (reply === null) reject(new Error(`no HTTP reply: ${JSON.stringify(received.toString('latin1'))}`))
      else resolve({ ...reply, isClosed: !isOurs })
    })
    socket.write(Buffer.concat([Buffer.from(request.head, 'latin1'), request.body]))
  })
}

/** Sends bytes and loses the connection before there is a reply. */
export function cutOff(request: Pick<RawRequest, 'port' | 'head' | 'body'>): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = open(request.port, reject)
    socket.on('close', () => resolve())
    socket.write(Buffer.concat([Buffer.from(request.head, 'latin1'), request.body]), () => socket.destroy())
  })
}

function open(port: number, reject: (error: Error) => void): Socket {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', reject)
  socket.setTimeout(deadlineMs, () => {
    socket.destroy()
    reject(new Error('no end of the reply in time'))
  })
  return socket
}

function isWhole(received: Buffer): boolean {
  const reply = readReply(received)
  // In any spelling: a wrong one is for the caller to find.
  const length = Number(reply?.headers.find(([name]) => /^content-length$/i.test(name))?.[1] ?? Number.NaN)
  return reply !== null && reply.body.length >= length
}

function readReply(received: Buffer): Omit<RawReply, 'isClosed'> | null {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return null
  const [statusLine = '', ...lines] = received.subarray(0, end).toString('latin1').split('\r\n')
  const headers = lines.map(line => {
    const colon = line.indexOf(': ')
    return [line.slice(0, colon), line.slice(colon + 2)] as const
  })
  return { statusLine, headers, headBytes: end + 4, body: received.subarray(end + 4) }
}
