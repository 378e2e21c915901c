import { queryOptions, useQuery } from '@tanstack/react-query'
import type { ActorBody } from '#contract/dashboard/actors.ts'
import { browserFetch } from './client.ts'
import { useCan } from './session.ts'

const actorsQuery = queryOptions({
  queryKey: ['actors'],
  queryFn: async ({ signal }): Promise<readonly ActorBody[]> => {
    const reply = await browserFetch('/api/actors', {
      method: 'GET',
      headers: { accept: 'application/json' },
      signal,
    })
    if (reply.status !== 200) return []
    // Our own proxy answers with the contract's schema.
    return (JSON.parse(await reply.text()) as { Actors: readonly ActorBody[] }).Actors
  },
  staleTime: 60_000,
  retry: false,
})

/** Names of accounts an alarm can be given to, for those who may operate doors. */
export function useAccountNames(): readonly string[] {
  const { data } = useQuery({ ...actorsQuery, enabled: useCan('doors:operate') })
  return (data ?? []).filter(({ Roles }) => Roles.length > 0).map(({ Name }) => Name)
}

/** Names behind the opaque actors of orders, for those who may operate doors; null for whom nobody here knows. */
export function useActorName(): (actor: string | null) => string | null {
  const may = useCan('doors:operate')
  const { data } = useQuery({ ...actorsQuery, enabled: may })
  return actor => {
    const known = data?.find(({ Actor }) => Actor === actor)
    if (!known) return null
    return known.Roles.includes('admin') ? `${known.Name} (admin)` : known.Name
  }
}
