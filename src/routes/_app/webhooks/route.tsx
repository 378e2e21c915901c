import { createFileRoute, Outlet } from '@tanstack/react-router'
import { WebhooksNav } from './-nav/webhooks-nav.tsx'

export const Route = createFileRoute('/_app/webhooks')({ component: WebhooksLayout })

function WebhooksLayout() {
  return (
    <>
      <WebhooksNav />
      <Outlet />
    </>
  )
}
