import type { DeviceRequest } from '../request.ts'

export type Flavour = 'attendance' | 'access'

/**
 * The flavour a request gives away, or null when it says nothing: then what is known of the serial number stands, and
 * attendance where nothing is. A terminal that has registered before does not say `DeviceType` again, so the answer has
 * to be kept. The protocol version says nothing. iclock-push 1 [BIOFACE][SF2A/3A]; vectors A01, A36.
 */
export function flavourOf(request: Extract<DeviceRequest, { readonly kind: 'ok' }>): Flavour | null {
  if (ACCESS_ENDPOINTS.has(request.endpoint) || isArchiveFile(request)) return 'access'
  const { cdata } = request
  if (cdata?.kind === 'handshake') return HANDSHAKES.get(cdata.deviceType?.toLowerCase() ?? '') ?? null
  const table = request.query.get('table')?.toLowerCase() ?? ''
  if (ACCESS_TABLES.has(table)) return 'access'
  return ATTENDANCE_TABLES.has(table) ? 'attendance' : null
}

/**
 * One file of a controller's answer to ACCOUNT, a tgz as it is; by another method `file` is firmware being fetched. No
 * attendance terminal sends one. iclock-push 3, 12.7 [SEC29].
 */
export function isArchiveFile(request: Extract<DeviceRequest, { readonly kind: 'ok' }>): boolean {
  return request.endpoint === 'file' && request.method === 'POST' && request.query.has('table')
}

const ACCESS_ENDPOINTS: ReadonlySet<string> = new Set(['registry', 'push', 'querydata', 'rtdata'])
const ACCESS_TABLES: ReadonlySet<string> = new Set(['rtlog', 'rtstate', 'tabledata'])
const ATTENDANCE_TABLES: ReadonlySet<string> = new Set(['attlog', 'operlog'])
const HANDSHAKES: ReadonlyMap<string, Flavour> = new Map([
  ['acc', 'access'],
  ['att', 'attendance'],
])
