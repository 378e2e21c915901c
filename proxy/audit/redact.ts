const hidden = '[hidden]'
const secretName = /pass(word|wd|code)|token|secret|key|template|photo|credential|cookie|^pin$|cardnumber/i
const textMax = 300
const itemsMax = 50
const depthMax = 6
/** What a row may hold of somebody's input; beyond it, only that it was too long. */
const inputMaxChars = 20_000

/**
 * What may be written down of an input: no secrets and no biometrics, whatever the operation says, and nothing
 * endless. `hide` is the operation's own list.
 */
export function redact(input: Readonly<Record<string, unknown>>, hide: readonly string[] = []): string {
  const names = new Set(hide.map(name => name.toLowerCase()))
  const isHidden = (name: string) => names.has(name.toLowerCase()) || secretName.test(name)
  const kept = JSON.stringify(clean(input, isHidden, 0))
  return kept.length <= inputMaxChars ? kept : JSON.stringify({ tooLong: kept.length })
}

/** Text for an audit row: bounded, and an address without user, password and query values. */
export function redactText(value: string): string {
  const safe = /^https?:\/\//i.test(value) ? redactUrl(value) : value
  return safe.length <= textMax ? safe : `${safe.slice(0, textMax)}…`
}

function clean(value: unknown, isHidden: (name: string) => boolean, depth: number): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= depthMax) return '…'
  if (Array.isArray(value)) {
    const shown = value.slice(0, itemsMax).map(item => clean(item, isHidden, depth + 1))
    return value.length > itemsMax ? [...shown, `… ${value.length - itemsMax} more`] : shown
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name.slice(0, 64),
      isHidden(name) ? hidden : clean(item, isHidden, depth + 1),
    ]),
  )
}

function redactUrl(value: string): string {
  try {
    const url = new URL(value)
    const names = [...url.searchParams.keys()]
    const query = names.length === 0 ? '' : `?${names.map(name => `${name}=${hidden}`).join('&')}`
    return `${url.protocol}//${url.host}${url.pathname}${query}`
  } catch {
    return hidden
  }
}
