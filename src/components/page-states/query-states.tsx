import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorBlock } from './error-state.tsx'
import { SkeletonRows } from './skeleton.tsx'

/**
 * One block of a page around one query: skeleton, error with retry, or the data. A failure after data was there
 * keeps showing the data; its age is on the freshness stamp.
 */
export function QueryBlock<T>({
  query,
  pending,
  children,
}: {
  readonly query: UseQueryResult<T>
  readonly pending?: ReactNode
  readonly children: (data: T) => ReactNode
}) {
  if (query.data !== undefined) return children(query.data)
  if (query.isError) return <ErrorBlock error={query.error} onRetry={() => void query.refetch()} />
  return pending ?? <SkeletonRows />
}
