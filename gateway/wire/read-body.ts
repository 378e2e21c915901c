import { OperationError } from '#contract/errors.ts'

/** Fields of a query or form; a repeated name becomes a list. */
export function readForm(text: string): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const before = fields[name]
    fields[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value]
  }
  return fields
}

/** Fields of a URL's query: all behind the first `?`; a value may hold further ones. */
export function readQuery(url: string): Record<string, unknown> {
  const start = url.indexOf('?')
  return start < 0 ? {} : readForm(url.slice(start + 1))
}

export interface BodyFields {
  readonly fields: Record<string, unknown>
  readonly fromForm: boolean
}

/**
 * Form or JSON, told by the first character rather than by the content type, because clients in the wild send JSON
 * as text/plain and forms as nothing at all. A broken body is INVALID_BODY with where it broke.
 */
export function readBody(text: string): BodyFields {
  const trimmed = text.trim()
  if (trimmed === '') return { fields: {}, fromForm: true }
  if (!/^[[{"]/.test(trimmed)) return { fields: readForm(trimmed), fromForm: true }
  try {
    const value: unknown = JSON.parse(trimmed)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { fields: value as Record<string, unknown>, fromForm: false }
  } catch (error) {
    throw new OperationError('INVALID_BODY', {
      detail: `The JSON cannot be read: ${error instanceof Error ? error.message : ''}`,
    })
  }
  throw new OperationError('INVALID_BODY', { detail: 'The JSON must be an object of fields' })
}
