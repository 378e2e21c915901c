import { createFileRoute } from '@tanstack/react-router'
import { operationQuery } from '../../../api/query.ts'
import { present, readInt, readText } from '../../../api/search.ts'
import { requirePermission } from '../../../api/session.ts'
import { SchedulePage } from './-schedule/schedule-page.tsx'

export const Route = createFileRoute('/_app/doors/schedule')({
  validateSearch: (search: Record<string, unknown>) =>
    present({ terminal: readText(search, 'terminal', 64), schedule: readInt(search, 'schedule', 1, 50) }),
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'doors:read'),
  loader: ({ context: { queryClient } }) => {
    void queryClient.prefetchQuery(operationQuery('doors.status', {}))
  },
  component: SchedulePage,
})
