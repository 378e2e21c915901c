import { createFileRoute } from '@tanstack/react-router'
import { requirePermission } from '../../../api/session.ts'
import { FirmwarePage } from './-fleet/firmware-page.tsx'

export const Route = createFileRoute('/_app/devices/firmware')({
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'devices:read'),
  component: FirmwarePage,
})
