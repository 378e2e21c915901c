import { setTimeout as delay } from 'node:timers/promises'
import { type Exchange, openRaw, readReplies, readToEnd, writeAlone } from '../support/raw-wire.ts'
import { piecesOf } from './render.ts'

const endsWithinMs = 30_000

/** Sends bytes in pieces, loses the connection where it is to be lost, and answers what came back. */
export async function talk(
  devicesUrl: string,
  bytes: Buffer,
  { cuts, lostAt }: { readonly cuts: readonly number[]; readonly lostAt: number | null },
): Promise<Exchange> {
  const socket = await openRaw(devicesUrl)
  const received = readToEnd(socket)
  const sent = lostAt === null ? bytes : bytes.subarray(0, Math.round(lostAt * bytes.length))
  for (const piece of piecesOf(sent, cuts)) await writeAlone(socket, piece)
  if (lostAt === null) socket.end()
  else socket.resetAndDestroy()
  const late = new AbortController()
  const reply = await Promise.race([received, delay(endsWithinMs, null, { signal: late.signal })])
  late.abort()
  socket.destroy()
  if (reply === null) throw new Error('the connection was never closed')
  return readReplies(reply)
}
