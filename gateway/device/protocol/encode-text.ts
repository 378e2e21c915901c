/**
 * Text in the charset a terminal writes itself (`gbk`, `windows-1256`, ... as TextDecoder knows them), for what it
 * writes, it reads: names are the only part of a command that is not ASCII. What the charset has no sign for becomes
 * `?`. Null for a charset nobody knows. iclock-push 2.3 [SEC29][ATT58].
 */
export function encodeText(text: string, charset: string): Uint8Array | null {
  const signs = signsOf(charset)
  if (signs === null) return null
  const bytes: number[] = []
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? UNKNOWN
    if (code < 0x80) bytes.push(code)
    else bytes.push(...(signs.get(sign) ?? [UNKNOWN]))
  }
  return Uint8Array.from(bytes)
}

const UNKNOWN = 63
const LF = 10
/** U+FFFD is what has no meaning; signs of private use are what some builds of ICU make of it. */
const NO_SIGN = /^[\ue000-\uf8ff\ufffd]$/
const known = new Map<string, ReadonlyMap<string, readonly number[]> | null>()

/** Labels come from operator-set profiles, so there are few of these tables; each is made when it is first needed. */
function signsOf(charset: string): ReadonlyMap<string, readonly number[]> | null {
  const made = known.get(charset)
  if (made !== undefined) return made
  let signs: ReadonlyMap<string, readonly number[]> | null = null
  try {
    signs = reversed(new TextDecoder(charset))
  } catch {
    // An unknown label, or a Node built without full ICU.
  }
  known.set(charset, signs)
  return signs
}

/** The decoder turned round: every byte and pair of bytes that means one sign, the first for each. */
function reversed(decoder: { decode(bytes: Uint8Array): string }): ReadonlyMap<string, readonly number[]> {
  const sequences: number[][] = []
  for (let first = 0x80; first <= 0xff; first += 1) sequences.push([first])
  for (let first = 0x81; first <= 0xfe; first += 1)
    for (let second = 0x40; second <= 0xfe; second += 1) sequences.push([first, second])
  // No charset has a line feed inside a sign, so that one piece of nonsense does not reach the next.
  const texts = decoder.decode(Uint8Array.from(sequences.flatMap(bytes => [...bytes, LF]))).split('\n')
  const signs = new Map<string, readonly number[]>()
  for (const [at, bytes] of sequences.entries()) {
    const sign = texts[at] ?? ''
    if ([...sign].length === 1 && !NO_SIGN.test(sign) && !signs.has(sign)) signs.set(sign, bytes)
  }
  return signs
}
