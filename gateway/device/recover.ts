import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { DeviceReply } from './context.ts'

const withinMs = 10_000
const line = /^(GET|POST) (\S*\?.* .*) HTTP\/1\.[01]\r?\n/i

export interface Recovered {
  readonly method: string
  readonly rawUrl: string
  readonly body: Buffer
}

/**
 * Odd firmware writes a space into the request line (`CMD=SET OPTION`), which no HTTP parser takes. The line is read
 * by its ends: first word method, last word version. Null for what is no such request, or does not arrive whole: then
 * nothing may be acknowledged.
 */
export async function recoverRequest(
  packet: Buffer,
  socket: Socket,
  bodyMaxBytes: number,
): Promise<Recovered | null> {
  const [, method, target] = line.exec(packet.toString('latin1')) ?? []
  if (method === undefined || target === undefined || !socket.writable) return null
  const body = await restOfBody(packet, socket, bodyMaxBytes)
  return body === null ? null : { method: method.toUpperCase(), rawUrl: target.replaceAll(' ', '%20'), body }
}

/** A reply on a socket whose HTTP parser has given up; closes it. */
export function replyRaw(socket: Socket, { status, body }: DeviceReply, now: number): void {
  if (!socket.writable) {
    socket.destroy()
    return
  }
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nDate: ${new Date(now).toUTCString()}\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

/** The body behind the head: what is still to come is read on, and a body that stays short is no body. */
async function restOfBody(packet: Buffer, socket: Socket, bodyMaxBytes: number): Promise<Buffer | null> {
  const text = packet.toString('latin1')
  const headEnd = /\r?\n\r?\n/.exec(text)
  const declared = Number(/^content-length:[ \t]*(\d{1,9})[ \t]*\r?$/im.exec(text)?.[1] ?? 0)
  if (!headEnd || declared > bodyMaxBytes) return null
  const chunks = [packet.subarray(headEnd.index + headEnd[0].length)]
  const have = () => chunks.reduce((bytes, chunk) => bytes + chunk.length, 0)
  if (have() < declared) {
    // The parser that gave up would take every further piece for another broken request.
    socket.removeAllListeners('data')
    await new Promise<void>(resolve => {
      const late = setTimeout(resolve, withinMs).unref()
      const finish = () => {
        clearTimeout(late)
        resolve()
      }
      socket.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        if (have() >= declared) finish()
      })
      socket.once('close', finish)
    })
  }
  return have() < declared ? null : Buffer.concat(chunks).subarray(0, declared)
}
