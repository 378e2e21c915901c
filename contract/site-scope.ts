/**
 * Sites a call is bound to, percent-encoded and comma-separated: whoever holds a token may bind a call of theirs more
 * narrowly than the token, never more widely. The reply repeats the header; a gateway that does not has bound nothing.
 */
export const sitesHeader = 'x-sites'

/** The value of the header. */
export function writeSites(sites: Iterable<string>): string {
  return [...sites].map(encodeURIComponent).join(',')
}

/** The sites in such a header; null where there is none. One that cannot be read binds to no site at all. */
export function readSites(header: string | readonly string[] | undefined): ReadonlySet<string> | null {
  if (header === undefined) return null
  const text = typeof header === 'string' ? header : header.join(',')
  try {
    return new Set(text.split(',').filter(Boolean).map(decodeURIComponent))
  } catch {
    return new Set()
  }
}
