import { createFileRoute } from '@tanstack/react-router'
import { present, readOneOf, readText } from '../../../api/search.ts'
import { requirePermission } from '../../../api/session.ts'
import { IssuesPage } from './-issues/issues-page.tsx'

export const Route = createFileRoute('/_app/webhooks/issues')({
  validateSearch: (search: Record<string, unknown>) =>
    present({ show: readOneOf(search, 'show', ['all']), receiver: readText(search, 'receiver', 64) }),
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'webhooks:read'),
  component: IssuesPage,
})
