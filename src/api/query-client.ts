import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { OperationError } from '#contract/errors.ts'
import type { Resource } from '#contract/resources.ts'
import { isPassing } from './client.ts'
import { makeStale } from './query.ts'
import { forgetSession } from './session.ts'

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: { readonly changes?: readonly Resource[] }
  }
}

const retriesMax = 3
const retryDelayMaxMs = 30_000

/** Defaults for every query and mutation: who retries, how long, and what a finished order makes stale. */
export function createQueryClient(): QueryClient {
  const queryClient: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: error => dropLostSession(queryClient, error) }),
    mutationCache: new MutationCache({
      onError: error => dropLostSession(queryClient, error),
      // Also after a failure: an order without an answer may well have happened.
      onSettled: (_data, _error, _variables, _context, mutation) => {
        const changes = mutation.meta?.changes
        return changes?.length ? makeStale(queryClient, changes) : undefined
      },
    }),
    defaultOptions: {
      queries: {
        // The live link says when something changed; this is the net under it.
        staleTime: 15_000,
        gcTime: 10 * 60_000,
        retry: (failures, error) => failures < retriesMax && isPassing(error),
        retryDelay,
      },
      // An order is never sent twice by itself.
      mutations: { retry: false },
    },
  })
  return queryClient
}

/** What the server asked for, else doubling; with jitter, so that a room of screens does not return as one. */
export function retryDelay(failures: number, error: unknown): number {
  const asked = error instanceof OperationError ? error.retryAfterSeconds : undefined
  const base = asked === undefined ? 500 * 2 ** failures : asked * 1000
  return Math.min(base, retryDelayMaxMs) * (1 + Math.random() * 0.3)
}

function dropLostSession(queryClient: QueryClient, error: unknown): void {
  // Only this code means the person; other 401s are the gateway's token and would sign out everybody for nothing.
  if (error instanceof OperationError && error.code === 'SESSION_MISSING') forgetSession(queryClient)
}
