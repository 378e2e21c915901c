export const keptMax = 4096

// Names are bounded: an endless word from a hostile receiver must not cost quadratic time.
const namedSecret =
  /("?[\w-]{0,32}(?:token|secret|password|passwd|api[-_]?key|authorization|cookie|signature)[\w-]{0,32}"?\s*[:=]\s*)("(?:[^"\\]|\\.)*"?|[^\s"&,;<>{}]+)/gi
const bearer = /\b(bearer|basic)\s+[\w+/=.~-]{8,}/gi
const signingSecret = /\bwhsec_[\w+/=]+/g
const hidden = '[hidden]'

/**
 * A receiver's reply as it may be stored and shown: cut at 4,096 characters, without the secrets we sent it and
 * without what looks like its own, and without what PostgreSQL cannot keep as text.
 */
export function redactReply(reply: string, secrets: readonly string[]): string {
  // Cut with room to spare first: a receiver may answer megabytes, and a secret must not survive by being cut in two.
  const known = secrets
    .filter(secret => secret.length >= 4)
    .reduce((text, secret) => text.replaceAll(secret, hidden), reply.slice(0, keptMax * 2))
  return known
    .replace(signingSecret, hidden)
    .replace(bearer, `$1 ${hidden}`)
    .replace(
      namedSecret,
      (_match, name: string, value: string) => `${name}${value.startsWith('"') ? `"${hidden}"` : hidden}`,
    )
    .replaceAll('\0', '\uFFFD')
    .slice(0, keptMax)
    .toWellFormed()
}

const headersMax = 2048

/** Headers of a reply as JSON of name and value pairs, cut and redacted; null without any. */
export function redactHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  secrets: readonly string[],
): string | null {
  const pairs: [string, string][] = []
  let size = 0
  for (const [name, value] of Object.entries(headers)) {
    const text = Array.isArray(value) ? value.join(', ') : (value ?? '')
    const shown = isSecretHeader.test(name) ? hidden : redactReply(text, secrets).slice(0, 300)
    size += name.length + shown.length
    if (size > headersMax) break
    pairs.push([name, shown])
  }
  return pairs.length === 0 ? null : JSON.stringify(pairs)
}

const isSecretHeader = /cookie|authorization|token|secret|signature|api[-_]?key/i
