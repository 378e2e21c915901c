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
