import { readFields } from '../attendance/operlog-rows.ts'
import { decodeText } from '../text.ts'
import { readCounter } from '../whole-number.ts'

export type ArchiveUpload =
  | {
      readonly kind: 'archive'
      readonly name: string | null
      /** Bytes of the archive, as stated; `gzip` is what really came. */
      readonly size: number | null
      /** Still compressed. Inflate it to at most ARCHIVE_INFLATED_BYTES_MAX, then `readTransactionFile`. */
      readonly gzip: Uint8Array
    }
  | { readonly kind: 'reject'; readonly reason: ArchiveRejectReason }

export type ArchiveRejectReason =
  | 'no-header'
  | 'unknown-format'
  | 'too-large'
  | 'bad-base64'
  | 'not-gzip'
  | 'not-tar'
  | 'too-many-entries'
  | 'no-transactions'

/** More base64 than this is not decoded. */
export const ARCHIVE_BYTES_MAX = 16 * 1024 * 1024
/** Stop inflating here: half a million events fit, and a small archive that grows beyond is an attack. */
export const ARCHIVE_INFLATED_BYTES_MAX = 64 * 1024 * 1024
export const ARCHIVE_ENTRIES_MAX = 16

/**
 * Reads the answer of a terminal to ACCOUNT: a header of `key=value` lines, a NUL, and a tgz in base64. Never throws.
 * The reply is `transaction=<count>` whatever comes of it. iclock-push 12.7 [SEC29]; vector A34.
 */
export function parseArchiveUpload(body: Uint8Array): ArchiveUpload {
  const nul = body.subarray(0, HEADER_BYTES_MAX).indexOf(0)
  if (nul < 0) return reject('no-header')
  const header = readFields(decodeText(body.subarray(0, nul)).text.replace(/[\r\n]+/g, '\t'))
  if ((header.get('datacode') ?? '').toLowerCase() !== 'base64') return reject('unknown-format')
  if ((header.get('datatype') ?? '').toLowerCase() !== 'tgz') return reject('unknown-format')
  if (body.length - nul > ARCHIVE_BYTES_MAX) return reject('too-large')
  const base64 = LATIN1.decode(body.subarray(nul + 1)).replace(/[\r\n\0 ]+/g, '')
  if (base64.length % 4 === 1 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return reject('bad-base64')
  const gzip = new Uint8Array(Buffer.from(base64, 'base64'))
  if (gzip[0] !== 0x1f || gzip[1] !== 0x8b) return reject('not-gzip')
  return { kind: 'archive', name: header.get('name') || null, size: readCounter(header.get('size')), gzip }
}

/**
 * Finds transaction.txt in an inflated archive; its lines go to `parseAccessEvents`. Looks at a bounded number of
 * entries, never at their paths, and at no byte beyond what is there. Never throws. iclock-push 12.7 [SEC29].
 */
export function readTransactionFile(
  tar: Uint8Array,
):
  | { readonly kind: 'file'; readonly content: Uint8Array }
  | { readonly kind: 'reject'; readonly reason: ArchiveRejectReason } {
  let at = 0
  for (let entry = 0; entry < ARCHIVE_ENTRIES_MAX; entry += 1) {
    const header = tar.subarray(at, at + BLOCK_BYTES)
    if (header.length < BLOCK_BYTES || header.every(byte => byte === 0)) return reject('no-transactions')
    const size = readOctal(header.subarray(124, 136))
    if (size === null || readOctal(header.subarray(148, 156)) !== checksumOf(header)) return reject('not-tar')
    const start = at + BLOCK_BYTES
    if (start + size > tar.length) return reject('not-tar')
    const isFile = header[156] === 0 || header[156] === ZERO
    if (isFile && /(?:^|\/)transaction\.txt$/i.test(readText(header.subarray(0, 100))))
      return { kind: 'file', content: tar.subarray(start, start + size) }
    at = start + Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES
  }
  return reject('too-many-entries')
}

const HEADER_BYTES_MAX = 4096
const BLOCK_BYTES = 512
const ZERO = 48
const LATIN1 = new TextDecoder('latin1')

function reject<Reason extends ArchiveRejectReason>(
  reason: Reason,
): { readonly kind: 'reject'; readonly reason: Reason } {
  return { kind: 'reject', reason }
}

function readText(bytes: Uint8Array): string {
  return LATIN1.decode(bytes).replace(/\0[\s\S]*$/, '')
}

/** Null also for sizes of 8 GiB and more, which are written in another way. */
function readOctal(bytes: Uint8Array): number | null {
  const digits = readText(bytes).trim()
  return /^[0-7]{1,11}$/.test(digits) ? Number.parseInt(digits, 8) : null
}

/** The sum of all bytes of a header, its own eight taken as spaces. */
function checksumOf(header: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < BLOCK_BYTES; at += 1) sum += at >= 148 && at < 156 ? 32 : (header[at] ?? 0)
  return sum
}
