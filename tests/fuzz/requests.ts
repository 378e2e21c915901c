import fc from 'fast-check'
import {
  accessVectors,
  attendanceVectors,
  bodyOf,
  type Vector,
} from '../../gateway/device/protocol/fixtures/vectors.ts'

/** Terminals the fuzz speaks for; commands of the guarded ones must reach nobody else. */
export const guarded = ['GUARDA', 'GUARDB'] as const
const serials = [
  ...Array.from({ length: 12 }, (_, number) => `FUZZATT${number}`),
  ...Array.from({ length: 6 }, (_, number) => `FUZZACC${number}`),
  ...guarded,
]

const vectors: readonly Vector[] = [
  ...Object.values(attendanceVectors),
  ...Object.values(accessVectors),
].filter(({ rawUrl }) => !rawUrl.includes(' '))
const uploads = vectors.filter(({ rawUrl }) => rawUrl.includes('table=ATTLOG'))

/** Changes bytes at a place told as a fraction, so that it stays meaningful while the rest shrinks. */
export interface ByteEdit {
  readonly at: number
  readonly remove: number
  readonly insert: Uint8Array
  /** What is removed comes twice instead. */
  readonly isDoubled: boolean
}

export interface QueryEdit {
  readonly at: number
  readonly kind: 'drop' | 'double' | 'name' | 'value' | 'add' | 'serial'
  readonly name: string
  readonly value: string
}

/** A request whose framing is right, whatever is in it: it has to be answered as what it says. */
export interface SoundRequest {
  readonly vector: Vector
  readonly method: string | null
  readonly version: '1.0' | '1.1'
  readonly path: 'as it is' | 'upper' | 'aspx' | 'doubled' | 'bare' | 'absolute' | 'other'
  readonly serial: string
  readonly query: readonly QueryEdit[]
  /** A space in the request line, which no HTTP parser takes. */
  readonly isSpaced: boolean
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly connection: 'close' | 'keep-alive' | 'starting' | null
  readonly expects: boolean
  readonly body: readonly ByteEdit[]
  readonly chunks: readonly number[] | null
}

/** What is sent on one connection. */
export interface Conversation {
  readonly requests: readonly SoundRequest[]
  /** Changes to the whole byte stream: with any of them nobody knows any more what was said. */
  readonly broken: readonly ByteEdit[]
  /** Sent instead of all that. */
  readonly noise: Uint8Array | null
  /** Where the stream is cut into packets, as fractions. */
  readonly cuts: readonly number[]
  /** Where the connection is lost, as a fraction; null: it is not. */
  readonly lostAt: number | null
}

/** Bytes that mean something here, and some that do not. */
const tellingBytes = fc.oneof(
  fc
    .constantFrom(
      ...[
        '\r\n',
        '\n',
        '\t',
        ' ',
        '\0',
        '\r',
        '=',
        '&',
        '%',
        '%00',
        '%0d%0a',
        '0\r\n\r\n',
        '\xef\xbb\xbf',
        '\xff\xfe',
      ],
      ...[
        'Content-Length: 5\r\n',
        'Transfer-Encoding: chunked\r\n',
        'HTTP/1.1',
        'HTTP/1.0\r\n\r\n',
        ' HTTP/1.1\r\n',
      ],
      ...['POST /iclock/cdata?SN=FUZZATT0&table=ATTLOG HTTP/1.1\r\n', 'GET ', 'CONNECT a:1 HTTP/1.1\r\n\r\n'],
      ...[
        '2026-13-45 99:99:99',
        'pin=',
        'time=',
        'USER PIN=',
        "'; drop table punch;--",
        '<script>',
        '{"a":1}',
        '-1',
      ],
    )
    .map(text => Buffer.from(text, 'latin1')),
  fc.uint8Array({ maxLength: 24 }).map(bytes => Buffer.from(bytes)),
)

const fraction = fc.integer({ min: 0, max: 1000 }).map(part => part / 1000)
const byteEdit: fc.Arbitrary<ByteEdit> = fc.record({
  at: fraction,
  remove: fc.oneof(fc.constant(0), fc.nat(8), fc.nat(200)),
  insert: fc.oneof(fc.constant(Buffer.alloc(0)), tellingBytes),
  isDoubled: fc.boolean(),
})

const value = fc.oneof(
  fc.constantFrom(
    'ATTLOG',
    'attlog',
    'OPERLOG',
    'XTABLE',
    'rtlog',
    'tabledata',
    'options',
    '9999',
    '',
    'all',
    '0',
  ),
  fc.string({ maxLength: 12 }),
  fc.constant('x'.repeat(1500)),
)
const name = fc.oneof(
  fc.constantFrom(
    'SN',
    'sn',
    'table',
    'Stamp',
    'OpStamp',
    'options',
    'type',
    'AuthType',
    'INFO',
    'PIN',
    'tablename',
  ),
  fc.string({ minLength: 1, maxLength: 6 }),
)
const queryEdit: fc.Arbitrary<QueryEdit> = fc.record({
  at: fraction,
  kind: fc.constantFrom('drop', 'double', 'name', 'value', 'add', 'serial'),
  name,
  value,
})
const headerValue = fc.stringMatching(/^[!-~][ -~]{0,40}$/)
const header = fc.oneof(
  fc.tuple(fc.stringMatching(/^X-[A-Za-z]{1,10}$/), headerValue),
  fc.tuple(
    fc.constantFrom('Content-Type', 'Accept', 'User-Agent', 'Cookie', 'Upgrade', 'Referer'),
    headerValue,
  ),
  fc.tuple(fc.constant('X-Long'), fc.constant('a'.repeat(2500))),
)

/** Most of the time nothing, sometimes a few. */
const few = <T>(arbitrary: fc.Arbitrary<T>, weight = 3): fc.Arbitrary<readonly T[]> =>
  fc.oneof(
    { arbitrary: fc.constant([]), weight },
    { arbitrary: fc.array(arbitrary, { maxLength: 3 }), weight: 1 },
  )
const seldom = <T, U>(usual: T, arbitrary: fc.Arbitrary<U>, weight: number): fc.Arbitrary<T | U> =>
  fc.oneof({ arbitrary: fc.constant(usual), weight }, { arbitrary, weight: 1 })

const request: fc.Arbitrary<SoundRequest> = fc.record({
  vector: fc.oneof(fc.constantFrom(...uploads), fc.constantFrom(...vectors)),
  method: seldom(null, fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'CONNECT'), 12),
  version: seldom('1.1' as const, fc.constant('1.0' as const), 4),
  path: seldom(
    'as it is' as const,
    fc.constantFrom('upper', 'aspx', 'doubled', 'bare', 'absolute', 'other'),
    5,
  ),
  serial: fc.constantFrom(...serials),
  query: few(queryEdit),
  isSpaced: seldom(false, fc.constant(true), 15),
  headers: few(header),
  connection: seldom(null, fc.constantFrom('close', 'keep-alive', 'starting'), 3),
  expects: seldom(false, fc.constant(true), 20),
  body: few(byteEdit, 1),
  chunks: seldom(null, fc.array(fraction, { maxLength: 4 }), 6),
})

/** One connection with everything that may come on it. */
export const conversation: fc.Arbitrary<Conversation> = fc.record({
  requests: fc.oneof(
    { arbitrary: fc.array(request, { minLength: 1, maxLength: 1 }), weight: 4 },
    { arbitrary: fc.array(request, { minLength: 2, maxLength: 4 }), weight: 1 },
  ),
  broken: seldom([], fc.array(byteEdit, { minLength: 1, maxLength: 3 }), 2),
  noise: seldom(null, fc.oneof(tellingBytes, fc.uint8Array({ maxLength: 400 })), 15),
  cuts: few(fraction, 2),
  // Often with everything said and the reply on its way.
  lostAt: seldom(null, fc.oneof(fc.constant(1), fraction), 12),
})

/** What a vector carries, as a mutable starting point. */
export function bytesOfVector(vector: Vector): Buffer {
  return Buffer.from(bodyOf(vector))
}

/** The bytes with the changes made, one after the other. */
export function edited(bytes: Buffer, edits: readonly ByteEdit[]): Buffer {
  return edits.reduce((now, { at, remove, insert, isDoubled }) => {
    const start = Math.round(at * now.length)
    const piece = now.subarray(start, start + remove)
    return Buffer.concat([
      now.subarray(0, start),
      insert,
      isDoubled ? Buffer.concat([piece, piece]) : Buffer.alloc(0),
      now.subarray(start + remove),
    ])
  }, bytes)
}
