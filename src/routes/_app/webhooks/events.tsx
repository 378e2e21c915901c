import { createFileRoute } from '@tanstack/react-router'
import { operationQuery } from '../../../api/query.ts'
import { present, readText } from '../../../api/search.ts'
import { requirePermission } from '../../../api/session.ts'
import { EventsPage } from './-events/events-page.tsx'

export const Route = createFileRoute('/_app/webhooks/events')({
  validateSearch: (search: Record<string, unknown>) =>
    present({ event: readText(search, 'event', 40), form: readText(search, 'form', 20) }),
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'webhooks:read'),
  loader: ({ context }) => void context.queryClient.prefetchQuery(operationQuery('webhooks.events', {})),
  component: EventsPage,
})
