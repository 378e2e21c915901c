import { createFileRoute } from '@tanstack/react-router'
import { operationInfiniteQuery } from '../../../api/query.ts'
import { requirePermission } from '../../../api/session.ts'
import { DeliveriesPage } from './-deliveries/deliveries-page.tsx'
import { deliveryFilter, readDeliverySearch } from './-deliveries/search.ts'

export const Route = createFileRoute('/_app/webhooks/deliveries')({
  validateSearch: readDeliverySearch,
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'webhooks:read'),
  loaderDeps: ({ search: { delivery: _, ...list } }) => list,
  loader: ({ context, deps }) =>
    void context.queryClient.prefetchInfiniteQuery(
      operationInfiniteQuery('webhooks.deliveries', deliveryFilter(deps)),
    ),
  component: DeliveriesPage,
})
