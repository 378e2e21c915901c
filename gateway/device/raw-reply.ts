import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { DeviceReply } from './context.ts'
import { encodeText } from './protocol/encode-text.ts'

const lingerMs = 10_000

const taken = new WeakSet<Socket>()

/**
 * Takes a connection from the HTTP parser: what still comes on it is no request, and whatever becomes of it must not
 * reach a process that has stopped listening. Answers false when that has happened before.
 */
export function takeOver(socket: Socket): boolean {
  if (taken.has(socket)) return false
  taken.add(socket)
  for (const event of ['data', 'end']) socket.removeAllListeners(event)
  // With somebody else listening the parser gets nothing any more.
  socket.on('data', () => undefined)
  // A reset by the other side; an error without a listener would end the process.
  socket.on('error', () => undefined)
  return true
}

/**
 * The last words on a connection whose parser has given up. What the sender is still busy sending is read and thrown
 * away for a while: closing on it would reset the connection, and the reply would be lost with it.
 */
export function replyRaw(socket: Socket, reply: DeviceReply, now: number): void {
  const { status } = reply
  const { text, encoding } = onTheWire(reply)
  endRaw(
    socket,
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nDate: ${new Date(now).toUTCString()}\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(text, encoding)}\r\nConnection: close\r\n\r\n${text}`,
    encoding,
  )
}

/** A body as it is sent. In another charset its bytes stand for characters, because text leaves together with its head. */
export function onTheWire({ body, charset }: DeviceReply): {
  readonly text: string
  readonly encoding: 'utf8' | 'latin1'
} {
  const isAscii = Buffer.byteLength(body) === body.length
  const bytes = charset === undefined || isAscii ? null : encodeText(body, charset)
  if (bytes === null) return { text: body, encoding: 'utf8' }
  return { text: Buffer.from(bytes).toString('latin1'), encoding: 'latin1' }
}

/** Closes such a connection in the same way, with these bytes or without a word. */
export function endRaw(socket: Socket, bytes = '', encoding: 'utf8' | 'latin1' = 'utf8'): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const late = setTimeout(() => socket.destroy(), lingerMs).unref()
  socket.once('close', () => clearTimeout(late))
  socket.end(bytes, encoding)
}
