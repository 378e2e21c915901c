import type { DeviceQuery } from '../request.ts'
import { readCounter } from '../whole-number.ts'

/** What a POST to `cdata` of an access terminal holds. */
export type AccessUpload =
  | { readonly kind: 'events' }
  | { readonly kind: 'state' }
  | { readonly kind: 'options' }
  | { readonly kind: 'tabledata'; readonly table: string; readonly statedCount: number | null }
  /** ACCOUNT of a terminal, for `parseArchiveUpload`. */
  | { readonly kind: 'archive'; readonly table: string; readonly statedCount: number | null }
  /** ACCOUNT of a controller: what will follow as files. Acknowledged with `OK`. */
  | { readonly kind: 'archive-overview' }
  | { readonly kind: 'verification' }
  /** Wiegand bits of a test, state of a turnstile, and whatever comes next: to be kept raw and acknowledged. */
  | { readonly kind: 'unknown'; readonly table: string | null }

/**
 * Tells uploads apart by the query alone. Looks at `type` before stamps, since an ACCOUNT archive carries `Stamp=9999`
 * and no table, like an attendance log of old firmware. iclock-push 3, 12.7 [SEC29]; vectors A06, A15, A18, A33, A34.
 */
export function accessUploadOf(query: DeviceQuery): AccessUpload {
  if (query.get('authtype')?.toLowerCase() === 'device') return { kind: 'verification' }
  if (query.get('desc')?.toLowerCase() === 'overview') return { kind: 'archive-overview' }
  const rows = { table: query.get('tablename') ?? '', statedCount: readCounter(query.get('count')) }
  if (query.get('datafmt') === '3') return { kind: 'archive', ...rows }
  const table = query.get('table')
  switch ((table ?? query.get('type') ?? '').toLowerCase()) {
    case 'rtlog':
      return { kind: 'events' }
    case 'rtstate':
      return { kind: 'state' }
    case 'options':
      return { kind: 'options' }
    case 'tabledata':
      return { kind: 'tabledata', ...rows }
    default:
      return { kind: 'unknown', table: table ?? null }
  }
}
