import { decodeQuery, escapeForLog } from './query.ts'
import { readWholeNumber } from './whole-number.ts'

export type DeviceEndpoint =
  | 'cdata'
  | 'getrequest'
  | 'devicecmd'
  | 'ping'
  | 'fdata'
  | 'registry'
  | 'push'
  | 'querydata'
  | 'rtdata'
  | 'event'
  | 'exchange'
  | 'file'

/** Decoded query, keyed by lower-case name; the first value wins when a key repeats. */
export type DeviceQuery = ReadonlyMap<string, string>

/** What a terminal wants of `cdata` (and of `fdata`, which is always an upload). */
export type CdataKind =
  | {
      readonly kind: 'handshake'
      /** '2.2.14' when the terminal does not say [ATT58]. */
      readonly pushVersion: string
      readonly language: number | null
      /** 'att', 'acc', 'pid', 'ins', or anything else: never a ground for refusal. */
      readonly deviceType: string | null
      readonly postsOptions: boolean
      readonly commKey: string | null
    }
  | { readonly kind: 'time' }
  /**
   * `table` is spelled as sent; where it is missing it is told from the stamp's name (Stamp, OpStamp, PhotoStamp).
   * `stamp` is opaque text: ISO time, packed seconds or 9999 (T10).
   */
  | { readonly kind: 'upload'; readonly table: string | null; readonly stamp: string | null }
  /** A zero-length upload, which old firmware sends as GET: answer `OK`, never a handshake [FW]. */
  | { readonly kind: 'empty-upload'; readonly table: string | null; readonly stamp: string | null }
  /** RemoteAtt, SELFSERVICEDATA, LastPunch, PIN=: the terminal asks about a person. */
  | { readonly kind: 'lookup'; readonly what: LookupSubject }
  /** Remote verification (`AuthType=`) or background verification records (`type=PostVerifyData`). */
  | { readonly kind: 'verification'; readonly what: 'auth' | 'post-verify-data' }

export type LookupSubject = 'remote-att' | 'self-service' | 'last-punch' | 'person'

export type DeviceRequest =
  | {
      readonly kind: 'ok'
      readonly endpoint: DeviceEndpoint
      readonly method: string
      readonly sn: string
      readonly query: DeviceQuery
      /** Present for `cdata` and `fdata` only. */
      readonly cdata: CdataKind | null
    }
  | {
      readonly kind: 'missing-sn'
      readonly endpoint: DeviceEndpoint
      readonly method: string
      readonly query: DeviceQuery
    }
  | {
      readonly kind: 'bad-sn'
      readonly endpoint: DeviceEndpoint
      readonly method: string
      /** Cut and with control characters escaped: safe for a log line. */
      readonly shownSn: string
    }
  | {
      readonly kind: 'unknown-path'
      readonly endpoint: 'unknown'
      readonly method: string
      readonly shownPath: string
    }

/**
 * Reads the request line of a terminal. Paths are matched in any letter case, with or without `/iclock` (also
 * doubled) and an `.aspx` or `.php` suffix; query names in any letter case. Never throws: malformed percent
 * signs stay as they are. `rawUrl` is the request target, with one character per byte as Node gives it.
 * iclock-push 2.1, 3 [ESSL-PY][ESSL-TS][RTDATA-JS]; vectors T01, T03, T28, T57, T60.
 */
export function parseDeviceRequest(request: {
  readonly method: string
  readonly rawUrl: string
}): DeviceRequest {
  const method = request.method.toUpperCase()
  const queryStart = request.rawUrl.indexOf('?')
  const path = queryStart < 0 ? request.rawUrl : request.rawUrl.slice(0, queryStart)
  const endpoint = findEndpoint(path)
  if (endpoint === null) {
    return { kind: 'unknown-path', endpoint: 'unknown', method, shownPath: escapeForLog(path) }
  }
  const query = decodeQuery(queryStart < 0 ? '' : request.rawUrl.slice(queryStart + 1))
  const sn = query.get('sn')
  if (sn === undefined || sn === '') return { kind: 'missing-sn', endpoint, method, query }
  if (!SERIAL_NUMBER.test(sn)) return { kind: 'bad-sn', endpoint, method, shownSn: escapeForLog(sn) }
  const cdata = endpoint === 'cdata' || endpoint === 'fdata' ? readCdataKind(method, endpoint, query) : null
  return { kind: 'ok', endpoint, method, sn, query, cdata }
}

const SERIAL_NUMBER = /^[A-Za-z0-9_-]{1,64}$/
const PUSH_VERSION_ASSUMED = '2.2.14'
const ENDPOINTS: ReadonlyMap<string, DeviceEndpoint> = new Map(
  (
    [
      'cdata',
      'getrequest',
      'devicecmd',
      'ping',
      'fdata',
      'registry',
      'push',
      'querydata',
      'rtdata',
      'event',
      'exchange',
      'file',
    ] as const
  ).map(name => [name, name]),
)
/** Old firmware tells the table only by the name of its stamp [FW][LARAVEL-CAP]; `stamp` itself is ATTLOG's. */
const STAMP_TABLES: ReadonlyArray<readonly [key: string, table: string]> = [
  ['opstamp', 'OPERLOG'],
  ['photostamp', 'ATTPHOTO'],
  ['stamp', 'ATTLOG'],
]
const LOOKUP_TABLES: ReadonlyMap<string, 'remote-att' | 'self-service'> = new Map([
  ['remoteatt', 'remote-att'],
  ['selfservicedata', 'self-service'],
])

function findEndpoint(path: string): DeviceEndpoint | null {
  // A proxy on the way may have made the target absolute.
  const segments = path
    .toLowerCase()
    .replace(/^https?:\/\/[^/]*/, '')
    .split('/')
    .filter(segment => segment !== '')
  while (segments.length > 1 && segments[0] === 'iclock') segments.shift()
  const [name, ...deeper] = segments
  if (name === undefined || deeper.length > 0) return null
  return ENDPOINTS.get(name.replace(/\.(?:aspx|php)$/, '')) ?? null
}

function readCdataKind(method: string, endpoint: 'cdata' | 'fdata', query: DeviceQuery): CdataKind {
  const isGet = method === 'GET' || method === 'HEAD'
  const type = query.get('type')?.toLowerCase()
  if (endpoint === 'cdata' && isGet && query.get('options')?.toLowerCase() === 'all')
    return readHandshake(query)
  if (type === 'time') return { kind: 'time' }
  if (type === 'postverifydata') return { kind: 'verification', what: 'post-verify-data' }
  if (query.has('authtype')) return { kind: 'verification', what: 'auth' }
  if (isGet) {
    const what = readLookup(type, query)
    if (what !== null) return { kind: 'lookup', what }
  }
  return { kind: isGet ? 'empty-upload' : 'upload', ...readTable(query) }
}

function readHandshake(query: DeviceQuery): CdataKind {
  return {
    kind: 'handshake',
    pushVersion: query.get('pushver') || PUSH_VERSION_ASSUMED,
    language: readWholeNumber(query.get('language')),
    deviceType: query.get('devicetype') ?? null,
    postsOptions: query.get('pushoptionsflag') === '1',
    commKey: query.get('pushcommkey') ?? null,
  }
}

function readLookup(type: string | undefined, query: DeviceQuery): LookupSubject | null {
  if (type === 'lastpunch') return 'last-punch'
  const table = query.get('table')?.toLowerCase()
  if (table !== undefined) return LOOKUP_TABLES.get(table) ?? null
  return query.has('pin') ? 'person' : null
}

function readTable(query: DeviceQuery): { readonly table: string | null; readonly stamp: string | null } {
  for (const [key, table] of STAMP_TABLES) {
    const stamp = query.get(key)
    if (stamp !== undefined) return { table: query.get('table') || table, stamp }
  }
  return { table: query.get('table') || null, stamp: null }
}
