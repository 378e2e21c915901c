import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  mutationOptions,
  type QueryClient,
  type QueryKeyWithDataTag,
  queryOptions,
  type UnusedSkipTokenInfiniteOptions,
  type UnusedSkipTokenOptions,
} from '@tanstack/react-query'
import { operationFacts } from '#contract/facts.gen.ts'
import type { Resource } from '#contract/resources.ts'
import type {
  OperationAnswer,
  OperationId,
  OperationInput,
  OperationResult,
  Operations,
  ReadId,
  WriteId,
} from '#contract/types.ts'
import { client } from './client.ts'

type OnceId = { [Id in WriteId]: Operations[Id] extends { once: true } ? Id : never }[WriteId]
/** Reads that come in pages. */
export type PagedId = {
  [Id in ReadId]: OperationAnswer<Id> extends { OffSet: string } ? Id : never
}[ReadId]

/** What a mutation is called with; orders that act once carry the key made when the person confirmed. */
export type OrderOf<Id extends WriteId> = Id extends OnceId
  ? { readonly input: OperationInput<Id>; readonly idempotencyKey: string }
  : { readonly input: OperationInput<Id>; readonly idempotencyKey?: string }

type KeyOf<Id extends OperationId> = readonly [Resource, Id, OperationInput<Id>]
type PagesKeyOf<Id extends OperationId> = readonly [...KeyOf<Id>, 'pages']

/** Named, because spelt out over every operation it is longer than the compiler writes down. */
type QueryOf<Id extends ReadId> = UnusedSkipTokenOptions<
  OperationAnswer<Id>,
  Error,
  OperationAnswer<Id>,
  KeyOf<Id>
> &
  QueryKeyWithDataTag<KeyOf<Id>, OperationAnswer<Id>, Error>
type PagesOf<Id extends PagedId> = UnusedSkipTokenInfiniteOptions<
  OperationAnswer<Id>,
  Error,
  InfiniteData<OperationAnswer<Id>>,
  PagesKeyOf<Id>,
  string
> &
  QueryKeyWithDataTag<PagesKeyOf<Id>, InfiniteData<OperationAnswer<Id>>, Error>

/** The only place a key is made: `[group, id, input]`, so that a stale group finds each of its queries. */
function operationKey<Id extends OperationId>(id: Id, input: OperationInput<Id>): KeyOf<Id> {
  return [groupOf(id), id, input] as const
}

function groupOf(id: OperationId): Resource {
  // Ids are made of a resource name and a verb (contract/resources.ts); splitting forgets that.
  return id.slice(0, id.indexOf('.')) as Resource
}

/** Options for a read: `useQuery(operationQuery('doors.status', {}))`. */
export function operationQuery<Id extends ReadId>(id: Id, input: OperationInput<Id>): QueryOf<Id> {
  return queryOptions({
    queryKey: operationKey(id, input),
    queryFn: async ({ signal }): Promise<OperationAnswer<Id>> => {
      const result = await client.call(id, input, { signal })
      // Reads have no 409 answer; the generic id hides that from the compiler.
      return result.body as OperationAnswer<Id>
    },
  })
}

/** Options for a paged read; pages follow `OffSet` until it is empty. The first page's rows stay while a new search loads. */
export function operationInfiniteQuery<Id extends PagedId>(id: Id, input: OperationInput<Id>): PagesOf<Id> {
  return infiniteQueryOptions({
    queryKey: [...operationKey(id, input), 'pages'] as const,
    queryFn: async ({ signal, pageParam }): Promise<OperationAnswer<Id>> => {
      const page = pageParam === '' ? input : { ...input, OffSet: pageParam }
      // Every paged input has OffSet; spreading the generic input forgets which operation it belongs to.
      const result = await client.call(id, page as OperationInput<Id>, { signal })
      return result.body as OperationAnswer<Id>
    },
    initialPageParam: '',
    getNextPageParam: last => {
      const { OffSet } = last as { OffSet: string }
      return OffSet === '' ? undefined : OffSet
    },
    placeholderData: keepPreviousData,
  })
}

/** Options for a write. What it makes stale comes from the contract and is acted on in query-client.ts. */
export function operationMutation<Id extends WriteId>(id: Id) {
  return mutationOptions({
    mutationKey: [groupOf(id), id],
    // OrderOf is conditional on the id, so the compiler cannot see that its input is the operation's own.
    mutationFn: (order: OrderOf<Id>): Promise<OperationResult<Id>> =>
      client.call(
        id,
        order.input as OperationInput<Id>,
        order.idempotencyKey ? { idempotencyKey: order.idempotencyKey } : {},
      ),
    meta: { changes: operationFacts[id].changes },
  })
}

/** Marks whole groups old; what is on screen is fetched again. */
export function makeStale(queryClient: QueryClient, groups: Iterable<Resource>): Promise<void> {
  const names = new Set<unknown>(groups)
  return queryClient.invalidateQueries({ predicate: query => names.has(query.queryKey[0]) })
}

/** Marks one command's state old, at once: people watch it. */
export function makeCommandStale(queryClient: QueryClient, commandId: string): Promise<void> {
  const key = operationKey('devices.commandStatus', { CommandID: commandId })
  return queryClient.invalidateQueries({ queryKey: key, exact: true })
}
