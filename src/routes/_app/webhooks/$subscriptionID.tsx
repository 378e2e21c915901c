import { createFileRoute } from '@tanstack/react-router'
import { operationQuery } from '../../../api/query.ts'
import { present, readOneOf } from '../../../api/search.ts'
import { requirePermission } from '../../../api/session.ts'
import { ReceiverPage } from './-receiver/receiver-page.tsx'

export const Route = createFileRoute('/_app/webhooks/$subscriptionID')({
  validateSearch: (search: Record<string, unknown>) =>
    present({
      tab: readOneOf(search, 'tab', ['test', 'verify', 'replay']),
      edit: readOneOf(search, 'edit', ['receiver']),
    }),
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'webhooks:read'),
  loader: ({ context: { queryClient }, params: { subscriptionID } }) =>
    void queryClient.prefetchQuery(operationQuery('webhooks.get', { SubscriptionID: subscriptionID })),
  component: ReceiverPage,
})
