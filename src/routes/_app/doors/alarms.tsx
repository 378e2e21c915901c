import { createFileRoute } from '@tanstack/react-router'
import { operationQuery } from '../../../api/query.ts'
import { readOneOf } from '../../../api/search.ts'
import { requirePermission } from '../../../api/session.ts'
import { AlarmsPage } from './-alarms/alarms-page.tsx'

export const Route = createFileRoute('/_app/doors/alarms')({
  validateSearch: (search: Record<string, unknown>): { show?: 'all' } =>
    readOneOf(search, 'show', ['all']) ? { show: 'all' } : {},
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'doors:alarms'),
  loader: ({ context: { queryClient } }) => {
    void queryClient.prefetchQuery(operationQuery('doors.alarms', { Open: true }))
  },
  component: AlarmsPage,
})
