import { createFileRoute } from '@tanstack/react-router'
import { operationQuery } from '../../../api/query.ts'
import { present, readText } from '../../../api/search.ts'
import { requirePermission } from '../../../api/session.ts'
import { AccessPage } from './-access/access-page.tsx'

export const Route = createFileRoute('/_app/doors/access')({
  validateSearch: (search: Record<string, unknown>) =>
    present({
      door: readText(search, 'door', 80),
      at: readText(search, 'at', 20),
      person: readText(search, 'person', 64),
    }),
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'doors:read'),
  loader: ({ context: { queryClient } }) => {
    void queryClient.prefetchQuery(operationQuery('doors.status', {}))
  },
  component: AccessPage,
})
