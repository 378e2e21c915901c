import { createFileRoute } from '@tanstack/react-router'
import { operationQuery } from '../../../api/query.ts'
import { present, readOneOf } from '../../../api/search.ts'
import { requirePermission } from '../../../api/session.ts'
import { WebhooksPage } from './-webhooks/webhooks-page.tsx'

export const Route = createFileRoute('/_app/webhooks/')({
  validateSearch: (search: Record<string, unknown>) =>
    present({ add: readOneOf(search, 'add', ['receiver']) }),
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'webhooks:read'),
  loader: ({ context }) => void context.queryClient.prefetchQuery(operationQuery('webhooks.list', {})),
  component: WebhooksPage,
})
