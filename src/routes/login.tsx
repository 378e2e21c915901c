import { createFileRoute, redirect } from '@tanstack/react-router'
import { present, readOneOf, readText } from '../api/search.ts'
import { sessionQuery } from '../api/session.ts'
import { LoginPage } from './-login/login-page.tsx'

export const Route = createFileRoute('/login')({
  validateSearch: (search: Record<string, unknown>) =>
    present({ to: readText(search, 'to', 2000), why: readOneOf(search, 'why', ['ended']) }),
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    if (session) throw redirect({ to: '/' })
  },
  component: LoginPage,
})
