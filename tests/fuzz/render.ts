import { bytesOfVector, type Conversation, edited, type SoundRequest } from './requests.ts'

/** What a sound request says, as far as the promises are about it. */
export interface Said {
  /** Null where it is none, or not one anybody could mean. */
  readonly serial: string | null
  /** Lines for ATTLOG, or for a table nobody knows: acknowledged means kept. */
  readonly upload: { readonly kind: 'attlog' | 'unknown'; readonly body: Buffer } | null
  readonly isPipelineEnd: boolean
}

export interface Rendered {
  readonly bytes: Buffer
  /** Per request, in order; null when nobody knows any more what was said. */
  readonly said: readonly Said[] | null
}

/** The bytes of a conversation, with people nobody else has so that what is kept can be told apart. */
export function render(conversation: Conversation, unique: () => number): Rendered {
  if (conversation.noise) return { bytes: Buffer.from(conversation.noise), said: null }
  const spaced = conversation.requests.find(({ isSpaced }) => isSpaced)
  // What cannot be parsed can only stand alone.
  const requests = spaced ? [spaced] : conversation.requests
  const parts = requests.map(request => renderRequest(request, unique))
  const whole = Buffer.concat(parts.map(({ bytes }) => bytes))
  if (conversation.broken.length > 0) return { bytes: edited(whole, conversation.broken), said: null }
  return { bytes: whole, said: parts.map(({ said }) => said) }
}

function renderRequest(request: SoundRequest, unique: () => number): { bytes: Buffer; said: Said } {
  const { vector, version, connection } = request
  const [path = '', search = ''] = vector.rawUrl.split('?')
  const query = editQuery(request, search)
  const body = edited(withUniquePeople(bytesOfVector(vector), unique), request.body)
  const method = request.method ?? vector.method
  const hasBody = body.length > 0 || request.chunks !== null
  const pairs = query.map(([key, text]) => `${key}=${text}`)
  const parameters = [...pairs, ...(request.isSpaced ? ['CMD=SET OPTION'] : [])].join('&')
  const target = `${renderPath(path, request.path)}${parameters === '' ? '' : `?${parameters}`}`
  // A space in the line is read by its ends, and then chunks are not: a client that can chunk can also escape.
  const chunks = request.isSpaced ? null : request.chunks
  const headers = [
    ...(version === '1.1' ? ['Host: x'] : []),
    ...request.headers.map(([key, text]) => `${key}: ${text}`),
    ...(connection ? [`Connection: ${connection}`] : []),
    ...(request.expects && hasBody ? ['Expect: 100-continue'] : []),
    ...(chunks ? ['Transfer-Encoding: chunked'] : hasBody ? [`Content-Length: ${body.length}`] : []),
  ]
  const head = `${method} ${target} HTTP/${version}\r\n${headers.map(line => `${line}\r\n`).join('')}\r\n`
  return {
    bytes: Buffer.concat([Buffer.from(head, 'latin1'), chunks ? chunked(body, chunks) : body]),
    said: {
      serial: serialOf(query),
      upload: uploadOf(request, method, query, body),
      isPipelineEnd:
        connection === 'close' ||
        (version === '1.0' && connection !== 'keep-alive') ||
        request.isSpaced ||
        method === 'CONNECT',
    },
  }
}

type Query = readonly (readonly [name: string, value: string])[]

function editQuery(request: SoundRequest, search: string): Query {
  const start: Query = search
    .split('&')
    .filter(part => part !== '')
    .map(part => {
      const [name = '', ...value] = part.split('=')
      return name.toLowerCase() === 'sn' ? [name, request.serial] : [name, value.join('=')]
    })
  const query = [...start]
  for (const edit of request.query) {
    const at = Math.min(query.length - 1, Math.floor(edit.at * query.length))
    const here = query[at]
    const name = encodeURIComponent(edit.name.toWellFormed())
    const value = encodeURIComponent(edit.value.toWellFormed())
    if (!here || edit.kind === 'add') query.push([name, value])
    else if (edit.kind === 'double') query.push([here[0], value])
    else if (edit.kind === 'serial') query.unshift(['sn', value])
    else if (edit.kind === 'drop') query.splice(at, 1)
    else query[at] = edit.kind === 'name' ? [name, here[1]] : [here[0], value]
  }
  return query
}

function firstOf(query: Query, name: string): string | undefined {
  const pair = query.find(([key]) => decodeURIComponent(key).trim().toLowerCase() === name)
  return pair && decodeURIComponent(pair[1])
}

function serialOf(query: Query): string | null {
  const serial = firstOf(query, 'sn') ?? ''
  return /^[A-Za-z0-9_-]{1,64}$/.test(serial) ? serial : null
}

const kindsOfTable: Readonly<Record<string, 'attlog' | 'unknown'>> = {
  attlog: 'attlog',
  xtable: 'unknown',
  foobar: 'unknown',
}

function uploadOf(
  { vector, path }: SoundRequest,
  method: string,
  query: Query,
  body: Buffer,
): Said['upload'] {
  if (['GET', 'CONNECT'].includes(method) || path === 'other' || !/cdata/.test(vector.rawUrl)) return null
  if (firstOf(query, 'type') !== undefined || firstOf(query, 'authtype') !== undefined) return null
  const kind = kindsOfTable[firstOf(query, 'table')?.toLowerCase() ?? '']
  return kind && body.length > 0 ? { kind, body } : null
}

function renderPath(path: string, how: SoundRequest['path']): string {
  switch (how) {
    case 'upper':
      return path.toUpperCase()
    case 'aspx':
      return path.endsWith('.aspx') ? path : `${path}.aspx`
    case 'doubled':
      return `/iclock${path}`
    case 'bare':
      return path.replace(/^(\/iclock)+/, '')
    case 'absolute':
      return `http://gatehouse.example${path}`
    case 'other':
      return `${path}/deeper`
    case 'as it is':
      return path
  }
}

/** Numbers at the start of a line and behind `pin=` become somebody nobody has seen before. */
function withUniquePeople(body: Buffer, unique: () => number): Buffer {
  const text = body.toString('latin1')
  return Buffer.from(
    text.replace(/^\d+(?=[\t ])|(?<=\bpin=)\d+/gim, () => `7${unique()}`),
    'latin1',
  )
}

function chunked(body: Buffer, cuts: readonly number[]): Buffer {
  const pieces = piecesOf(body, cuts).filter(piece => piece.length > 0)
  return Buffer.concat([
    ...pieces.flatMap(piece => [Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]),
    Buffer.from('0\r\n\r\n'),
  ])
}

/** Cut at these fractions of its length. */
export function piecesOf(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [
    0,
    ...cuts.map(cut => Math.round(cut * bytes.length)).toSorted((a, b) => a - b),
    bytes.length,
  ]
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end))
}
