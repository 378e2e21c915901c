import { createFileRoute } from '@tanstack/react-router'
import { requirePermission } from '../../../api/session.ts'
import { ImportPage } from './-import/import-page.tsx'

export const Route = createFileRoute('/_app/people/import')({
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'people:write'),
  component: ImportPage,
})
