import { createFileRoute } from '@tanstack/react-router'
import { requirePermission } from '../../../api/session.ts'
import { SelfCheckPage } from './-fleet/self-check-page.tsx'

export const Route = createFileRoute('/_app/devices/self-check')({
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'devices:read'),
  component: SelfCheckPage,
})
