import { maskText } from '#contract/file-headers.ts'
import type { Permission } from '#contract/permissions.ts'

export type Sensitive = Readonly<Record<string, Permission>>

/** Names of the fields this person may not see. */
export function hiddenFields(
  sensitive: Sensitive | undefined,
  held: ReadonlySet<Permission>,
): ReadonlySet<string> {
  const names = Object.entries(sensitive ?? {}).filter(([, right]) => !held.has(right))
  return new Set(names.map(([name]) => name))
}

/** A copy without the hidden fields' content, at any depth: text becomes dots, a list empty, anything else null. */
export function mask(value: unknown, hidden: ReadonlySet<string>): unknown {
  if (hidden.size === 0 || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(item => mask(item, hidden))
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, hidden.has(name) ? cover(item) : mask(item, hidden)]),
  )
}

function cover(value: unknown): unknown {
  if (typeof value === 'string') return maskText
  return Array.isArray(value) ? [] : null
}
