import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseOptions } from '../attendance/options.ts'
import { accessVectors, bodyOf, bytesOf, type Vector } from '../fixtures/vectors.ts'
import { parseDeviceRequest } from '../request.ts'
import {
  addPacket,
  type PacketBuffer,
  type PacketOutcome,
  parseTableCount,
  type QuerydataPacket,
  readQuerydataPacket,
} from './querydata.ts'
import { encodeTableAcknowledgement, parseTabledata } from './tabledata.ts'

function packetOf(vector: Vector): QuerydataPacket {
  const request = parseDeviceRequest(vector)
  const packet = request.kind === 'ok' ? readQuerydataPacket(request.query) : 'bad-packet'
  if (typeof packet === 'string') throw new Error(packet)
  return packet
}

function feed(vectors: readonly Vector[]): PacketOutcome | null {
  let buffer: PacketBuffer | null = null
  let outcome: PacketOutcome | null = null
  for (const vector of vectors) {
    outcome = addPacket(buffer, packetOf(vector), bodyOf(vector))
    buffer = outcome.kind === 'waiting' ? outcome.buffer : null
  }
  return outcome
}

const { A23, A24, A25, A26, A27, A28 } = accessVectors

describe('readQuerydataPacket', () => {
  it('reads the packet numbers (A23) and acknowledges every packet (A23 to A28)', () => {
    expect(packetOf(A23)).toEqual({
      commandId: '77',
      type: 'tabledata',
      table: 'user',
      statedCount: 2,
      packetCount: 3,
      packetIndex: 1,
      isArchive: false,
    })
    for (const vector of [A23, A24, A25, A26, A27, A28]) {
      expect(encodeTableAcknowledgement({ ...packetOf(vector), lineCount: 0 })).toBe(vector.reply)
    }
  })

  it.each([
    ['', 'missing-command'],
    ['cmdid=a%0ab', 'missing-command'],
    ['cmdid=1&packcnt=2&packidx=0', 'bad-packet'],
    ['cmdid=1&packcnt=2&packidx=3', 'bad-packet'],
    ['cmdid=1&packcnt=x', 'bad-packet'],
  ])('refuses %j', (query, reason) => {
    const request = parseDeviceRequest({ method: 'POST', rawUrl: `/iclock/querydata?SN=A&${query}` })
    expect(request.kind === 'ok' && readQuerydataPacket(request.query)).toBe(reason)
  })

  it('takes a request without packet numbers for the only packet, and an archive for one', () => {
    const rawUrl = '/iclock/querydata?SN=A&type=tabledata&cmdid=291&tablename=transaction&count=41&datafmt=3'
    expect(packetOf({ method: 'POST', rawUrl })).toMatchObject({
      packetCount: 1,
      packetIndex: 1,
      isArchive: true,
      statedCount: 41,
    })
  })
})

describe('addPacket', () => {
  it('parses nothing before all packets are there, then finds the records that straddled them (A23 to A25)', () => {
    expect(feed([A23])).toMatchObject({ kind: 'waiting', missing: 2 })
    expect(feed([A23, A24])).toMatchObject({ kind: 'waiting', missing: 1 })
    const outcome = feed([A23, A24, A25])
    if (outcome?.kind !== 'complete') throw new Error('expected a body')
    expect(parseTabledata(outcome.body, { table: 'user' }).records).toMatchObject([
      { pin: '1001', name: 'Asha', privilege: 0 },
      { pin: '1002', name: 'Ravi', privilege: 0 },
    ])
  })

  it('takes packets in any order and again', () => {
    expect(feed([A25, A23, A23, A25, A24])).toEqual(feed([A23, A24, A25]))
  })

  it('is complete at once with a single packet (A26)', () => {
    const outcome = feed([A26])
    if (outcome?.kind !== 'complete') throw new Error('expected a body')
    expect(parseTabledata(outcome.body, { table: 'user' }).records).toMatchObject([{ pin: '1001' }])
  })

  it('starts anew when the number of packets changes', () => {
    const waiting = addPacket(null, { packetCount: 2, packetIndex: 1 }, bytesOf('old'))
    const buffer = waiting.kind === 'waiting' ? waiting.buffer : null
    expect(addPacket(buffer, { packetCount: 3, packetIndex: 2 }, bytesOf('new'))).toMatchObject({
      kind: 'waiting',
      missing: 2,
      buffer: { bytes: 3 },
    })
  })

  it('refuses more packets or bytes than its bounds, and numbers out of range', () => {
    const body = bytesOf('12345')
    expect(addPacket(null, { packetCount: 10_001, packetIndex: 1 }, body)).toMatchObject({
      reason: 'too-many-packets',
    })
    expect(addPacket(null, { packetCount: 2, packetIndex: 1 }, body, { bytesMax: 4 })).toMatchObject({
      reason: 'too-many-bytes',
    })
    expect(addPacket(null, { packetCount: 2, packetIndex: 3 }, body)).toMatchObject({ reason: 'bad-packet' })
    const first = addPacket(null, { packetCount: 2, packetIndex: 1 }, body, { bytesMax: 9 })
    const buffer = first.kind === 'waiting' ? first.buffer : null
    expect(addPacket(buffer, { packetCount: 2, packetIndex: 1 }, body, { bytesMax: 9 }).kind).toBe('waiting')
    expect(addPacket(buffer, { packetCount: 2, packetIndex: 2 }, body, { bytesMax: 9 }).kind).toBe('refused')
  })

  it('gives back any body cut anywhere, in any order, with any repeats', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 20 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(7), { maxLength: 12 }),
        fc.nat(),
        (pieces, repeats, seed) => {
          const packetCount = pieces.length
          const all = [...pieces.keys()].map(at => (at + seed) % packetCount)
          const last = all.pop() ?? 0
          // Repeats of all packets but the last one, so that the answer is complete only at the end.
          const order = [...all, ...repeats.filter(at => at < packetCount && at !== last), last]
          let buffer: PacketBuffer | null = null
          let body: Uint8Array | null = null
          for (const at of order) {
            const outcome = addPacket(
              buffer,
              { packetCount, packetIndex: at + 1 },
              pieces[at] ?? new Uint8Array(),
            )
            if (outcome.kind === 'complete') body = outcome.body
            buffer = outcome.kind === 'waiting' ? outcome.buffer : null
          }
          expect([...(body ?? [])]).toEqual(pieces.flatMap(piece => [...piece]))
        },
      ),
    )
  })
})

describe('parseTableCount', () => {
  it('reads how many users there are (A27)', () => {
    expect(packetOf(A27).type).toBe('count')
    expect(parseTableCount(bodyOf(A27))).toEqual({ table: 'user', count: 5 })
    expect(parseTableCount(bytesOf('transaction = 41\r\n'))).toEqual({ table: 'transaction', count: 41 })
  })

  it.each(['', 'user', 'user=', 'user=x', 'user=-1', 'user=5=5'])('finds no count in %j', text => {
    expect(parseTableCount(bytesOf(text))).toBeNull()
  })

  it('answers any bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), body => void parseTableCount(body)))
  })
})

describe('options by querydata', () => {
  it('are read like any other options (A28)', () => {
    expect(packetOf(A28).type).toBe('options')
    const { values, count } = parseOptions(bodyOf(A28))
    expect(count).toBe(3)
    expect(values.get('LockCount')).toBe('4')
  })
})
