import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import { toQuery } from '#contract/client.ts'
import type { AuditAnswerBody } from '#contract/dashboard/audit.ts'
import { errorFromReply } from '#contract/envelope.ts'
import { OperationError } from '#contract/errors.ts'
import { browserFetch } from './client.ts'

export interface AuditFilter {
  readonly Actor?: string
  readonly Action?: string
}

/** The audit, newest first, in pages that go back in time. Not an operation of the gateway: the proxy keeps it. */
export function auditQuery(filter: AuditFilter) {
  return infiniteQueryOptions({
    queryKey: ['audit', 'list', filter] as const,
    queryFn: ({ signal, pageParam }) => readAudit({ ...filter, Limit: 100, Before: pageParam }, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: last => last.Next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

async function readAudit(
  query: AuditFilter & { Limit: number; Before: number | undefined },
  signal: AbortSignal,
): Promise<AuditAnswerBody> {
  const reply = await browserFetch(`/api/audit${toQuery(query)}`, {
    method: 'GET',
    headers: { accept: 'application/json' },
    signal,
  })
  const body = parse(await reply.text())
  if (reply.status !== 200) throw errorFromReply(reply.status, body, reply.headers.get('retry-after'))
  // The proxy has made it from its own schema; parsing again here would bring zod into the bundle.
  return body as AuditAnswerBody
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new OperationError('INTERNAL', { detail: 'The reply was not JSON' })
  }
}
