import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query'
import type { ChangePasswordBody, SessionBody, SignInBody } from '#contract/dashboard/session.ts'
import { errorFromReply } from '#contract/envelope.ts'
import { OperationError } from '#contract/errors.ts'
import type { Permission } from '#contract/permissions.ts'
import { browserFetch } from './client.ts'

let signedOut = false

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<SessionBody | null> => {
    try {
      return await request<SessionBody>('GET', '', undefined, signal)
    } catch (error) {
      if (error instanceof OperationError && error.status === 401) return null
      throw error
    }
  },
  staleTime: 60_000,
  gcTime: Number.POSITIVE_INFINITY,
})

/** The signed-in person; null while nobody is. Suspends nothing: the guard of `_app` has loaded it. */
export function useSession(): SessionBody | null {
  return useQuery(sessionQuery).data ?? null
}

/** True if the signed-in person holds the right. Hiding is courtesy; the proxy decides. */
export function useCan(permission: Permission): boolean {
  return useSession()?.Permissions.includes(permission) ?? false
}

/** For `beforeLoad` of a page: without the right the page shows "forbidden" and fetches nothing. */
export async function requirePermission(queryClient: QueryClient, permission: Permission): Promise<void> {
  const session = await queryClient.ensureQueryData(sessionQuery)
  if (!session?.Permissions.includes(permission)) throw new OperationError('PERMISSION_DENIED')
}

/** Signs in and remembers who; throws OperationError (SIGN_IN_FAILED, RATE_LIMITED). */
export async function signIn(queryClient: QueryClient, body: SignInBody): Promise<SessionBody> {
  const session = await request<SessionBody>('POST', '', body)
  signedOut = false
  dropData(queryClient)
  queryClient.setQueryData(sessionQuery.queryKey, session)
  return session
}

/** Ends the session and drops everything this person could see. */
export async function signOut(queryClient: QueryClient): Promise<void> {
  await request('DELETE', '')
  signedOut = true
  forgetSession(queryClient)
  dropData(queryClient)
}

/** True if the person left, false if the session was lost: the sign-in page words it differently. */
export function hasSignedOut(): boolean {
  return signedOut
}

/** Changes the password of the signed-in person; throws OperationError (PASSWORD_REFUSED, SIGN_IN_FAILED). */
export async function changePassword(queryClient: QueryClient, body: ChangePasswordBody): Promise<void> {
  await request('POST', '/password', body)
  await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
}

/** The server no longer knows the session. The shell sees the null and goes to the sign-in page. */
export function forgetSession(queryClient: QueryClient): void {
  queryClient.setQueryData(sessionQuery.queryKey, null)
}

/** Everything but the session itself, whose watchers must live to see it change. */
function dropData(queryClient: QueryClient): void {
  queryClient.removeQueries({ predicate: query => query.queryKey[0] !== sessionQuery.queryKey[0] })
}

async function request<T>(method: string, path: string, body?: object, signal?: AbortSignal): Promise<T> {
  const reply = await browserFetch(`/api/session${path}`, {
    method,
    headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
    ...(signal ? { signal } : {}),
  })
  const text = await reply.text()
  const value = text === '' ? null : parse(text)
  if (reply.status >= 400) throw errorFromReply(reply.status, value, reply.headers.get('retry-after'))
  return value as T
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new OperationError('GATEWAY_UNREACHABLE', { detail: 'The reply was not JSON' })
  }
}
