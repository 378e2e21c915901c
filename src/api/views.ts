import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { SavedViewBody, SaveViewBody, ViewPage } from '#contract/dashboard/views.ts'
import { errorFromReply } from '#contract/envelope.ts'
import { OperationError } from '#contract/errors.ts'
import { browserFetch } from './client.ts'

interface Views {
  readonly Views: SavedViewBody[]
}

/** Filters kept under a name for a page: one's own and those others share. The proxy keeps them. */
export function viewsQuery(page: ViewPage) {
  return queryOptions({
    queryKey: ['views', page] as const,
    queryFn: async ({ signal }) => (await request<Views>('GET', `?Page=${page}`, undefined, signal)).Views,
    staleTime: 60_000,
  })
}

/** Saves a view; the same name replaces what it held. */
export function saveViewMutation(queryClient: QueryClient) {
  return mutationOptions({
    mutationFn: (view: SaveViewBody) => request<Views>('POST', '', view),
    onSuccess: (answer, view) => queryClient.setQueryData(viewsQuery(view.Page).queryKey, answer.Views),
  })
}

/** Removes one of one's own. */
export function removeViewMutation(queryClient: QueryClient, page: ViewPage) {
  return mutationOptions({
    mutationFn: (id: string) => request<null>('DELETE', `/${encodeURIComponent(id)}`),
    onSettled: () => queryClient.invalidateQueries({ queryKey: viewsQuery(page).queryKey }),
  })
}

async function request<T>(method: string, path: string, body?: object, signal?: AbortSignal): Promise<T> {
  const reply = await browserFetch(`/api/views${path}`, {
    method,
    headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
    ...(signal ? { signal } : {}),
  })
  const text = await reply.text()
  const value = text === '' ? null : parse(text)
  if (reply.status >= 400) throw errorFromReply(reply.status, value, reply.headers.get('retry-after'))
  // The proxy has made it from its own schema; parsing again here would bring zod into the bundle.
  return value as T
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new OperationError('INTERNAL', { detail: 'The reply was not JSON' })
  }
}
