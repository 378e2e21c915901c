import type { DeviceQuery } from '../request.ts'
import { decodeText, type TextOptions, trimField } from '../text.ts'
import { readCounter } from '../whole-number.ts'

/** What a querydata request says about its body. */
export type QuerydataPacket = {
  /** Id of the command it answers, as text. */
  readonly commandId: string
  /** 'tabledata' rows, 'count' one number, 'options' pairs, 'vmtable' rows of a made-up table. */
  readonly type: string
  readonly table: string
  /** As stated; of all packets in some answers, of this one in others. */
  readonly statedCount: number | null
  readonly packetCount: number
  /** From 1. */
  readonly packetIndex: number
  /** The body is an ACCOUNT archive (`datafmt=3`, 12.7) and no packet of rows. */
  readonly isArchive: boolean
}

export type QuerydataRejectReason = 'missing-command' | 'bad-packet'

/** Packets of one answer so far; a value, never changed. */
export type PacketBuffer = {
  readonly packetCount: number
  readonly packets: ReadonlyMap<number, Uint8Array>
  readonly bytes: number
}

export type PacketOutcome =
  | { readonly kind: 'waiting'; readonly buffer: PacketBuffer; readonly missing: number }
  /** All packets in their order; records that straddled two of them are whole again. */
  | { readonly kind: 'complete'; readonly body: Uint8Array }
  /** The buffer is to be dropped and the body quarantined; the packet is acknowledged all the same. */
  | { readonly kind: 'refused'; readonly reason: 'too-many-packets' | 'too-many-bytes' | 'bad-packet' }

/** Bounds of one answer. 64 MiB hold half a million events, but only some hundred photos: ask for those by person. */
export const QUERYDATA_PACKETS_MAX = 10_000
export const QUERYDATA_BYTES_MAX = 64 * 1024 * 1024

/**
 * Reads the query of a querydata request; the reason when it cannot be matched to a command or its packet numbers
 * contradict each other. Without packet numbers it is the only packet. iclock-push 10.6 [SEC29]; vectors A23 to A28.
 */
export function readQuerydataPacket(query: DeviceQuery): QuerydataPacket | QuerydataRejectReason {
  const commandId = query.get('cmdid') ?? ''
  if (!/^[A-Za-z0-9]{1,20}$/.test(commandId)) return 'missing-command'
  const packetCount = readCounter(query.get('packcnt') ?? '1')
  const packetIndex = readCounter(query.get('packidx') ?? '1')
  if (packetCount === null || packetIndex === null) return 'bad-packet'
  if (packetIndex < 1 || packetIndex > packetCount) return 'bad-packet'
  return {
    commandId,
    type: (query.get('type') ?? 'tabledata').toLowerCase(),
    table: query.get('tablename') ?? '',
    statedCount: readCounter(query.get('count')),
    packetCount,
    packetIndex,
    isArchive: query.get('datafmt') === '3',
  }
}

/**
 * Adds one packet to what is there of its answer (null: nothing yet). Packets may come in any order and again; a
 * repeat replaces its slot, and another number of packets starts the answer anew. To be kept per serial number,
 * command id and table, and dropped when complete. iclock-push 10.6 [BIOFACE]; vectors A23 to A25.
 */
export function addPacket(
  buffer: PacketBuffer | null,
  packet: Pick<QuerydataPacket, 'packetCount' | 'packetIndex'>,
  body: Uint8Array,
  bounds: { readonly packetsMax?: number; readonly bytesMax?: number } = {},
): PacketOutcome {
  const { packetCount, packetIndex } = packet
  if (packetCount > (bounds.packetsMax ?? QUERYDATA_PACKETS_MAX))
    return { kind: 'refused', reason: 'too-many-packets' }
  if (!Number.isInteger(packetIndex) || packetIndex < 1 || packetIndex > packetCount)
    return { kind: 'refused', reason: 'bad-packet' }
  const previous = buffer?.packetCount === packetCount ? buffer : null
  const replaced = previous?.packets.get(packetIndex)?.length ?? 0
  const bytes = (previous?.bytes ?? 0) - replaced + body.length
  if (bytes > (bounds.bytesMax ?? QUERYDATA_BYTES_MAX)) return { kind: 'refused', reason: 'too-many-bytes' }
  const packets = new Map(previous?.packets).set(packetIndex, body)
  if (packets.size < packetCount)
    return {
      kind: 'waiting',
      buffer: { packetCount, packets, bytes },
      missing: packetCount - packets.size,
    }
  return { kind: 'complete', body: join(packets, packetCount, bytes) }
}

/** Reads the body of `type=count`: `user=5`; null when it is none. Vector A27. */
export function parseTableCount(
  body: Uint8Array,
  options: TextOptions = {},
): { readonly table: string; readonly count: number } | null {
  const parts = /^([\w[\]]+)\s*=\s*(\d+)$/.exec(trimField(decodeText(body, options).text))
  const count = readCounter(parts?.[2])
  return parts?.[1] === undefined || count === null ? null : { table: parts[1], count }
}

function join(packets: ReadonlyMap<number, Uint8Array>, packetCount: number, bytes: number): Uint8Array {
  const body = new Uint8Array(bytes)
  let at = 0
  for (let index = 1; index <= packetCount; index += 1) {
    const packet = packets.get(index)
    if (packet === undefined) continue
    body.set(packet, at)
    at += packet.length
  }
  return body
}
