export type Fields = Readonly<Record<string, unknown>>

/** A field whatever its letter case; undefined for null too, which older clients send for "nothing". */
export function fieldOf(fields: Fields, name: string): unknown {
  const lower = name.toLowerCase()
  return Object.entries(fields).find(([key]) => key.toLowerCase() === lower)?.[1] ?? undefined
}

/** The object in a field; empty where there is none, or a list, as `{"UserInfo":[]}` has it. */
export function objectOf(fields: Fields, name: string): Fields {
  return asObject(fieldOf(fields, name)) ?? {}
}

/** The objects in a list; one alone counts as a list of it. */
export function objectsOf(fields: Fields, name: string): Fields[] {
  const value = fieldOf(fields, name)
  const items: unknown[] = Array.isArray(value) ? value : [value]
  return items.map(asObject).filter(item => item !== null)
}

/** Text or a number as text; undefined for anything else and for nothing. */
export function textOf(fields: Fields, name: string): string | undefined {
  const value = fieldOf(fields, name)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

function asObject(value: unknown): Fields | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  return { ...value }
}
