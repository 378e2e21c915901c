/** One non-empty line of an upload. */
export type TextLine = {
  /** 1-based, counting empty lines too, so it matches what an editor shows. */
  readonly line: number
  /** Decoded, without trailing CR, NUL and spaces. Trailing TABs stay: they are columns. */
  readonly text: string
  /** Raw bytes without the line feed; a view into the body. */
  readonly bytes: Uint8Array
  /** How the text was read; `replaced` means some bytes became U+FFFD and only `bytes` tells the truth. */
  readonly decoding: Decoding
}

export type Decoding = 'utf-8' | 'profile' | 'replaced'

/** A line that became no record. The reason is a fixed code, so it can never carry a password or template. */
export type RejectedLine<Reason extends string> = {
  readonly line: number
  readonly reason: Reason
  /** The whole line, secrets included: for quarantine, never for a log. */
  readonly raw: string
  readonly bytes: Uint8Array
}

/** `charset` is a label known to TextDecoder ('gbk', 'windows-1256', ...), tried when strict UTF-8 fails. */
export type TextOptions = { readonly charset?: string | undefined }

export type DecodedText = { readonly text: string; readonly decoding: Decoding }

/**
 * Cuts a body into its non-empty lines at LF; CR, NUL and spaces at a line's end go, and a line of nothing but
 * those and TABs is empty. Never throws. iclock-push 2.3 [SDK32][FW][SEC29].
 */
export function splitLines(body: Uint8Array, options: TextOptions = {}): TextLine[] {
  const from = contentStart(body)
  const whole = decodeStrict(from === 0 ? body : body.subarray(from))
  // In UTF-8 only pure ASCII keeps its length, and then offsets in text and bytes are the same.
  const isAscii = whole !== null && whole.length === body.length - from
  const lines: TextLine[] = []
  forEachLine(body, (line, start, end, textEnd) => {
    const bytes = body.subarray(start, end)
    if (whole !== null && isAscii) {
      const text = whole.slice(start - from, textEnd - from)
      lines.push({ line, text, bytes, decoding: 'utf-8' })
      return
    }
    const { text, decoding } = decodeText(body.subarray(start, textEnd), options)
    lines.push({ line, text, bytes, decoding })
  })
  return lines
}

/** How many non-empty lines `splitLines` would return: the count to acknowledge a table nobody can parse (T24). */
export function countLines(body: Uint8Array): number {
  let count = 0
  forEachLine(body, () => {
    count += 1
  })
  return count
}

/**
 * Bytes to text: strict UTF-8 first, then the terminal's own charset, then UTF-8 with U+FFFD. An unknown charset
 * label is as good as none. Where the charset is one of the Far East, two bytes of it often are UTF-8 by chance, of
 * letters nobody there writes: then it comes first. iclock-push 2.3 [SEC29][GBK-CS]; vectors T35, T61.
 */
export function decodeText(bytes: Uint8Array, options: TextOptions = {}): DecodedText {
  const strict = decodeStrict(bytes)
  if (strict !== null && !isByChance(strict, options.charset)) return { text: strict, decoding: 'utf-8' }
  const decoder = options.charset === undefined ? null : profileDecoder(options.charset)
  if (decoder !== null) {
    try {
      const text = decoder.decode(bytes)
      // Some builds of ICU turn bytes without a meaning into private characters instead of failing.
      if (!NOT_TEXT.test(text)) return { text, decoding: 'profile' }
    } catch {
      // The profile is wrong for these bytes; the replacement characters below say so to whoever looks.
    }
  }
  if (strict !== null) return { text: strict, decoding: 'utf-8' }
  return { text: LENIENT_UTF8.decode(bytes), decoding: 'replaced' }
}

/** Whether UTF-8 of nothing but two-byte letters is more likely text in that charset: its own signs have three there. */
function isByChance(text: string, charset: string | undefined): boolean {
  return (
    charset !== undefined && FAR_EAST.has(charset) && TWO_BYTE_LETTER.test(text) && !WIDER_LETTER.test(text)
  )
}

const FAR_EAST: ReadonlySet<string> = new Set(['gbk', 'big5', 'shift_jis', 'euc-kr'])
const TWO_BYTE_LETTER = /[\u0080-\u07ff]/
const WIDER_LETTER = /[\u0800-\uffff]/

/** Text without the characters terminals leave at its ends: spaces, TAB, CR, LF and NUL. */
export function trimField(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isTrimmed(text.charCodeAt(start))) start += 1
  while (end > start && isTrimmed(text.charCodeAt(end - 1))) end -= 1
  return start === 0 && end === text.length ? text : text.slice(start, end)
}

type Decoder = { decode(bytes: Uint8Array): string }

const TAB = 9
const LF = 10
const CR = 13
const SPACE = 32
const NUL = 0

const NOT_TEXT = /[\ue000-\uf8ff\ufffd]/
const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const LENIENT_UTF8 = new TextDecoder('utf-8', { ignoreBOM: true })
const profileDecoders = new Map<string, Decoder | null>()

/** Labels come from operator-set profiles, so the cache stays small. */
function profileDecoder(charset: string): Decoder | null {
  const known = profileDecoders.get(charset)
  if (known !== undefined) return known
  let decoder: Decoder | null = null
  try {
    decoder = new TextDecoder(charset, { fatal: true })
  } catch {
    // An unknown label, or a Node built without full ICU.
  }
  profileDecoders.set(charset, decoder)
  return decoder
}

function decodeStrict(bytes: Uint8Array): string | null {
  try {
    return STRICT_UTF8.decode(bytes)
  } catch {
    return null
  }
}

function forEachLine(
  body: Uint8Array,
  visit: (line: number, start: number, end: number, textEnd: number) => void,
): void {
  let line = 0
  let start = contentStart(body)
  while (start < body.length) {
    line += 1
    const feed = body.indexOf(LF, start)
    const end = feed < 0 ? body.length : feed
    let textEnd = end
    while (textEnd > start && isTail(body[textEnd - 1])) textEnd -= 1
    let contentEnd = textEnd
    while (contentEnd > start && isTrimmed(body[contentEnd - 1])) contentEnd -= 1
    if (contentEnd > start) visit(line, start, end, textEnd)
    start = end + 1
  }
}

function isTail(byte: number | undefined): boolean {
  return byte === SPACE || byte === CR || byte === NUL
}

function isTrimmed(code: number | undefined): boolean {
  return code === TAB || code === LF || isTail(code)
}

/** Behind a UTF-8 byte order mark, which would otherwise become part of the first PIN. */
function contentStart(body: Uint8Array): number {
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0
}
