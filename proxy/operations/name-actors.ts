import type { Clock } from '#platform/clock.ts'
import { actorOf } from '../access/person.ts'
import type { ProxyStore } from '../store/index.ts'

/** Names of accounts by the opaque name they have upstream. */
export type ActorNames = () => Promise<ReadonlyMap<string, string>>

const knownForMs = 15_000

/** Gateways know people by an opaque name only; the accounts behind them are read again when they are old. */
export function createActorNames(deps: {
  readonly db: ProxyStore
  readonly clock: Pick<Clock, 'now'>
}): ActorNames {
  let known: { readonly at: number; readonly names: ReadonlyMap<string, string> } | null = null
  return async () => {
    const now = deps.clock.now()
    if (known && now - known.at < knownForMs && now >= known.at) return known.names
    const users = await deps.db.read.selectFrom('user').select(['id', 'name']).execute()
    known = { at: now, names: new Map(users.map(({ id, name }) => [actorOf(id), name])) }
    return known.names
  }
}

/** As `actorOf` makes them. */
const actorMark = /\bu-[0-9a-f]{16}\b/g

/**
 * A copy in which the given fields, at any depth, carry the account's name, alone or within a sentence; what is no
 * account stays as it is.
 */
export function nameActors(
  value: unknown,
  fields: ReadonlySet<string>,
  names: ReadonlyMap<string, string>,
): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(item => nameActors(item, fields, names))
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      fields.has(name) && typeof item === 'string'
        ? (names.get(item) ?? item.replace(actorMark, mark => names.get(mark) ?? mark))
        : nameActors(item, fields, names),
    ]),
  )
}
