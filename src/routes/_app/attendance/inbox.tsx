import { createFileRoute } from '@tanstack/react-router'
import { requirePermission } from '../../../api/session.ts'
import { InboxPage } from './-inbox/inbox-page.tsx'
import { readInboxSearch } from './-inbox/search.ts'

export const Route = createFileRoute('/_app/attendance/inbox')({
  validateSearch: readInboxSearch,
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'attendance:read'),
  component: InboxPage,
})
