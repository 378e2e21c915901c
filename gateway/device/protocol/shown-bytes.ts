/**
 * Bytes as text for a person to look at: printable ASCII as it is, everything else as `\t`, `\n`, `\r` or `\xNN`.
 * What may be a secret is left out: the value of every key that holds a password or a template, up to the end of its
 * column, and any run of base64 long enough to be one. At most 2,000 characters are shown.
 */
export function showBytes(bytes: Uint8Array): string {
  const text = LATIN1.decode(bytes.subarray(0, BYTES_MAX))
    .replace(SECRET_VALUE, `$1${LEFT_OUT}`)
    .replace(LONG_BASE64, LEFT_OUT)
  let shown = ''
  for (const char of text) {
    if (shown.length >= SHOWN_MAX) break
    shown += escapeChar(char)
  }
  const isWhole = bytes.length <= BYTES_MAX && shown.length < SHOWN_MAX
  return isWhole ? shown : `${shown}...`
}

const BYTES_MAX = 16_384
const SHOWN_MAX = 2000
const LEFT_OUT = '[left out]'
/** Separators inside a value are no help against a firmware that parts with spaces, so a secret runs to TAB or LF. */
const SECRET_VALUE =
  /\b((?:pass\w*|pwd|tmp|template|content|photo|datacode|comkey|pushcommkey|authkey)[ \t]*=)[^\t\n]*/gi
const LONG_BASE64 = /[A-Za-z0-9+/_-]{48,}={0,2}/g
/** One character per byte, as TextDecoder's own latin1 is Windows-1252 and would change some. */
const LATIN1 = {
  decode: (bytes: Uint8Array) => Array.from(bytes, byte => String.fromCharCode(byte)).join(''),
}
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
])

function escapeChar(char: string): string {
  const known = ESCAPES.get(char)
  if (known !== undefined) return known
  const code = char.charCodeAt(0)
  return code >= 0x20 && code < 0x7f ? char : `\\x${code.toString(16).padStart(2, '0')}`
}
