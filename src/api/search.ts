import type { OperationInput } from '#contract/types.ts'

/**
 * Readers for the URL's search. A mangled link shows the plain page instead of an error, so each answers
 * undefined for what it cannot read. By hand, because the contract's schemas would bring zod into the bundle;
 * the types below keep them in step with it.
 */
type Search = Record<string, unknown>

/** Text up to `max` characters; numbers are taken as text, since the router parses `?site=12` as one. */
export function readText(search: Search, name: string, max = 100): string | undefined {
  const value = search[name]
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && text.trim() !== '' && text.length <= max ? text : undefined
}

/** The same where empty text has a meaning of its own: who has none. */
export function readTextOrNone(search: Search, name: string): string | undefined {
  return search[name] === '' ? '' : readText(search, name)
}

/** One of the given words. */
export function readOneOf<const T extends string>(
  search: Search,
  name: string,
  allowed: readonly T[],
): T | undefined {
  return allowed.find(word => word === search[name])
}

/** A calendar day, `YYYY-MM-DD`, that exists. */
export function readDay(search: Search, name: string): string | undefined {
  const value = search[name]
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined
  const date = new Date(`${value}T00:00:00Z`)
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== value ? undefined : value
}

/** A whole number within bounds. */
export function readInt(search: Search, name: string, min: number, max: number): number | undefined {
  const value = Number(search[name])
  return search[name] !== '' && Number.isInteger(value) && value >= min && value <= max ? value : undefined
}

/** Drops what is undefined: with exact optional types an absent filter is absent, and keys stay equal. */
export function present<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

/** Filters to set; undefined takes one away. */
export type Changes<T> = { readonly [K in keyof T]?: T[K] | undefined }

export interface OverviewSearch {
  readonly site?: NonNullable<OperationInput<'attendance.today'>['Site']>
  /** Absent: the whole day. */
  readonly range?: 'recent'
  /** A part of the day, in minutes since midnight; both or none. */
  readonly from?: number
  readonly to?: number
  /** Absent: the drawing. */
  readonly view?: 'table'
}

/** `/?site=&range=&from=&to=&view=` */
export function readOverviewSearch(search: Search): OverviewSearch {
  const from = readInt(search, 'from', 0, 1435)
  const to = readInt(search, 'to', 5, 1440)
  const isPart = from !== undefined && to !== undefined && to - from >= 5
  return present({
    site: readText(search, 'site'),
    range: readOneOf(search, 'range', ['recent']),
    from: isPart ? from : undefined,
    to: isPart ? to : undefined,
    view: readOneOf(search, 'view', ['table']),
  })
}
