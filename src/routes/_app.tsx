import { createFileRoute, redirect } from '@tanstack/react-router'
import { sessionQuery } from '../api/session.ts'
import { AppShell } from '../components/app-shell/app-shell.tsx'
import { PaletteHost } from './-palette/palette-host.tsx'

export const Route = createFileRoute('/_app')({
  // The shell is part of the first frame of every page; a chunk of its own would cost a round trip.
  codeSplitGroupings: [],
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    if (!session) throw redirect({ to: '/login', search: { to: location.href } })
    return { session }
  },
  component: () => <AppShell tools={items => <PaletteHost items={items} />} />,
})
