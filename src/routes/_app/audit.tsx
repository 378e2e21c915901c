import { createFileRoute } from '@tanstack/react-router'
import { auditQuery } from '../../api/audit.ts'
import { requirePermission } from '../../api/session.ts'
import { AuditPage } from './-audit/audit-page.tsx'
import { auditFilter, readAuditSearch } from './-audit/search.ts'

export const Route = createFileRoute('/_app/audit')({
  validateSearch: readAuditSearch,
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'audit:read'),
  loaderDeps: ({ search: { entry: _, ...list } }) => list,
  loader: ({ context, deps }) =>
    void context.queryClient.prefetchInfiniteQuery(auditQuery(auditFilter(deps))),
  component: AuditPage,
})
