/** Which answers count as "received": `done` wants the word, `any2xx` only the status (cams-gateway 2.4). */
export type AckMode = 'done' | 'any2xx'

const bareWords = new Set(['done', 'ok'])
/** Odoo and Frappe put what a method returns under one of these. */
const wrappers = ['result', 'message'] as const

/**
 * Is this reply an acknowledgement? Needs 2xx in every mode: a 403 that says "done" means "call again". The content
 * type is ignored, `{"status":"done"}` may be in any letter case with extra keys, and a bare or quoted `done` or `ok`
 * will do. 204 is a receiver's deliberate "taken, nothing to say"; an empty 200 is what a broken PHP page answers,
 * so only `any2xx` accepts that.
 */
export function isAcknowledged(mode: AckMode, status: number, body: string): boolean {
  if (status < 200 || status > 299) return false
  return mode === 'any2xx' || status === 204 || saysDone(body, 2)
}

function saysDone(body: string, depth: number): boolean {
  const text = body.replace(/^\uFEFF/, '').trim()
  if (bareWords.has(text.toLowerCase())) return true
  return depth > 0 && valueSaysDone(parseLeniently(text), depth)
}

function valueSaysDone(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return saysDone(value, depth - 1)
  if (depth === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.entries(value).some(([key, inner]) => {
    const name = key.toLowerCase()
    if (name === 'status') return typeof inner === 'string' && inner.trim().toLowerCase() === 'done'
    return (
      wrappers.some(wrapper => wrapper === name) &&
      typeof inner === 'object' &&
      valueSaysDone(inner, depth - 1)
    )
  })
}

function parseLeniently(text: string): unknown {
  const quoted = /^'([^']*)'$/.exec(text)
  if (quoted) return quoted[1]
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
