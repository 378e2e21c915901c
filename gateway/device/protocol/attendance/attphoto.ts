import { parseCompactTime } from '../device-time.ts'
import { readPin } from '../pin.ts'
import { decodeText, trimField } from '../text.ts'
import { readWholeNumber } from '../whole-number.ts'

export type ParsedAttphoto =
  | {
      readonly kind: 'photo'
      readonly fileName: string
      readonly time: { readonly local: string }
      /** null: the verification failed, or nobody was recognised. */
      readonly pin: string | null
      readonly sn: string | null
      /** Bytes, as stated in the header; `content` is what really came. */
      readonly size: number | null
      /** 'uploadphoto', 'realupload' (live). */
      readonly command: string | null
      /** JPEG bytes, a view into the body. */
      readonly content: Uint8Array
    }
  | { readonly kind: 'reject'; readonly reason: 'no-header' | 'bad-name' | 'no-content' }

/**
 * Reads an attendance photo: a text header (LF or TAB parted), a NUL, and the JPEG, which never goes through a
 * string. The NUL is sought behind `CMD=`; all bytes after it are taken, whatever `size` says. The file name is
 * safe to show and to keep: it is a time, and a PIN without `/` or `\`. Never throws.
 * iclock-push 5.6 [SDK32][ATT58]; vector T40.
 */
export function parseAttphoto(body: Uint8Array): ParsedAttphoto {
  const head = body.subarray(0, HEADER_BYTES_MAX)
  const nul = head.indexOf(0, Math.max(0, findCommandKey(head)))
  const header = readHeader(nul < 0 ? head : head.subarray(0, nul))
  const fileName = header.get('pin')
  if (fileName === undefined) return { kind: 'reject', reason: 'no-header' }
  const name = readPhotoName(fileName)
  if (name === null) return { kind: 'reject', reason: 'bad-name' }
  if (nul < 0 || nul + 1 >= body.length) return { kind: 'reject', reason: 'no-content' }
  return {
    kind: 'photo',
    fileName,
    ...name,
    sn: header.get('sn') || null,
    size: readWholeNumber(header.get('size')),
    command: header.get('cmd') || null,
    content: body.subarray(nul + 1),
  }
}

/** Time and person from `YYYYMMDDhhmmss[-<PIN>][.jpg]`; null when it is none or could be a path. iclock-push 5.6. */
export function readPhotoName(
  fileName: string,
): { readonly time: { readonly local: string }; readonly pin: string | null } | null {
  const name = /^(\d{14})(?:-(.*?))?(?:\.jpe?g)?$/i.exec(fileName)
  const local = parseCompactTime(name?.[1] ?? '')
  const pin = readPin(name?.[2] ?? '')
  if (local === null || pin.kind === 'bad' || /[/\\]/.test(fileName)) return null
  return { time: { local }, pin: pin.kind === 'ok' ? pin.pin : null }
}

const HEADER_BYTES_MAX = 4096
const COMMAND_KEY = [0x43, 0x4d, 0x44, 0x3d]

/** Where `CMD=` starts, in any letter case, or -1. */
function findCommandKey(head: Uint8Array): number {
  return head.findIndex((_, at) =>
    COMMAND_KEY.every((code, offset) => {
      const byte = head[at + offset] ?? 0
      return (byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte) === code
    }),
  )
}

function readHeader(bytes: Uint8Array): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const field of decodeText(bytes).text.split(/[\r\n\t]+/)) {
    const equals = field.indexOf('=')
    if (equals < 0) continue
    const key = trimField(field.slice(0, equals)).toLowerCase()
    if (!fields.has(key)) fields.set(key, trimField(field.slice(equals + 1)))
  }
  return fields
}
