import type { Clock } from '#platform/clock.ts'
import { addPacket, type PacketBuffer, type QuerydataPacket } from '../protocol/access/querydata.ts'

export type PacketSighting =
  | { readonly kind: 'waiting'; readonly missing: number }
  | { readonly kind: 'refused'; readonly reason: string }
  /** `forget` is for after the commit: until then the last packet may come again. */
  | { readonly kind: 'complete'; readonly body: Buffer; readonly forget: () => void }

/** Gathers the packets of answers (iclock-push 10.6). */
export interface Packets {
  add(sn: string, packet: QuerydataPacket, body: Uint8Array): PacketSighting
}

const expiryMs = 10 * 60_000
const answersMax = 64
/** A terminal answers one question after the other; whoever makes up more only loses their own. */
const answersOfOne = 4
const bytesMax = 128 * 1024 * 1024

/**
 * Kept in memory, within bounds and for minutes: what is lost with a restart of ours was asked for by us and can be
 * asked for again. Answers nobody adds to any more go first when room is short.
 */
export function createPackets(clock: Pick<Clock, 'now'>): Packets {
  const answers = new Map<string, { readonly buffer: PacketBuffer; readonly at: number }>()

  function makeRoom(now: number): void {
    let bytes = 0
    for (const { buffer } of answers.values()) bytes += buffer.bytes
    for (const [key, { buffer, at }] of answers) {
      if (now - at <= expiryMs && answers.size <= answersMax && bytes <= bytesMax) break
      answers.delete(key)
      bytes -= buffer.bytes
    }
  }

  function makeRoomFor(sn: string): void {
    const own = [...answers.keys()].filter(key => key.startsWith(`${sn} `))
    for (const key of own.slice(0, Math.max(0, own.length - answersOfOne))) answers.delete(key)
  }

  return {
    add(sn, packet, body) {
      const key = `${sn} ${packet.commandId} ${packet.table.toLowerCase()}`
      const now = clock.now()
      const known = answers.get(key)
      const before = known !== undefined && now - known.at <= expiryMs ? known.buffer : null
      const outcome = addPacket(before, packet, body)
      if (outcome.kind === 'complete')
        return { kind: 'complete', body: Buffer.from(outcome.body), forget: () => void answers.delete(key) }
      // Deleted first, so that the map is in order of the last addition.
      answers.delete(key)
      if (outcome.kind === 'refused') return outcome
      answers.set(key, { buffer: outcome.buffer, at: now })
      makeRoomFor(sn)
      makeRoom(now)
      return { kind: 'waiting', missing: outcome.missing }
    },
  }
}
