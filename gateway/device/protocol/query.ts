/**
 * Decodes a query string: names lower-cased, the first value of a repeated name wins, `+` stays `+` because
 * terminals write spaces as `%20` or leave them raw (T45, T60). Bytes that are not UTF-8 become U+FFFD. Never throws.
 */
export function decodeQuery(query: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const part of query.split('&')) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const name = decodePercent(equals < 0 ? part : part.slice(0, equals))
      .trim()
      .toLowerCase()
    if (!values.has(name)) values.set(name, equals < 0 ? '' : decodePercent(part.slice(equals + 1)))
  }
  return values
}

/** Text for a log line: control and non-ASCII characters as `\xNN` or `\uNNNN`, at most 100 characters shown. */
export function escapeForLog(text: string): string {
  let shown = ''
  for (let at = 0; at < text.length && at < SHOWN_MAX; at += 1) {
    const code = text.charCodeAt(at)
    if (code === BACKSLASH) shown += '\\\\'
    else if (code >= 0x20 && code < 0x7f) shown += text.charAt(at)
    else if (code < 0x100) shown += `\\x${code.toString(16).padStart(2, '0')}`
    else shown += `\\u${code.toString(16).padStart(4, '0')}`
  }
  return text.length > SHOWN_MAX ? `${shown}...` : shown
}

const SHOWN_MAX = 100
const BACKSLASH = 92
const PERCENT = 37
const UTF8 = new TextDecoder('utf-8')
const ENCODER = new TextEncoder()

function decodePercent(text: string): string {
  if (isPlain(text)) return text
  const bytes: number[] = []
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === PERCENT) {
      const high = hexDigit(text.charCodeAt(at + 1))
      const low = hexDigit(text.charCodeAt(at + 2))
      if (high >= 0 && low >= 0) {
        bytes.push(high * 16 + low)
        at += 2
        continue
      }
    }
    // Raw bytes of the request line arrive as one character each; anything wider was typed by a test or a proxy.
    if (code < 0x100) bytes.push(code)
    else bytes.push(...ENCODER.encode(text.charAt(at)))
  }
  return UTF8.decode(Uint8Array.from(bytes))
}

function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === PERCENT || code > 0x7f) return false
  }
  return true
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const lower = code | 0x20
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}
