import { createFileRoute, Outlet } from '@tanstack/react-router'
import { requirePermission } from '../../../api/session.ts'
import { UndoBar } from './-undo/undo-bar.tsx'

export const Route = createFileRoute('/_app/people')({
  beforeLoad: ({ context }) => requirePermission(context.queryClient, 'people:read'),
  component: PeopleLayout,
})

/** What has just been changed can be taken back on every page of people. */
function PeopleLayout() {
  return (
    <>
      <Outlet />
      <UndoBar />
    </>
  )
}
