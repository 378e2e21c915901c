import { createFileRoute, Outlet } from '@tanstack/react-router'
import { AttendanceNav } from './-nav/attendance-nav.tsx'

export const Route = createFileRoute('/_app/attendance')({ component: AttendanceLayout })

function AttendanceLayout() {
  return (
    <>
      <AttendanceNav />
      <Outlet />
    </>
  )
}
