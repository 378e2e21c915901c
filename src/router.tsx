import { createRouter } from '@tanstack/react-router'
import { client } from './api/client.ts'
import { createQueryClient } from './api/query-client.ts'
import { ErrorState } from './components/page-states/error-state.tsx'
import { NotFound } from './components/page-states/not-found.tsx'
import { PendingPage } from './components/page-states/pending-page.tsx'
import { routeTree } from './routeTree.gen.ts'

/** The router with its context; pending, error and not-found looks are set once, here. */
export function createAppRouter() {
  const queryClient = createQueryClient()
  return createRouter({
    routeTree,
    context: { queryClient, client },
    defaultPreload: 'intent',
    // Query decides what is fresh; a second cache in the router would disagree with it.
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 200,
    defaultPendingMinMs: 250,
    defaultPendingComponent: PendingPage,
    defaultErrorComponent: ErrorState,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  })
}

export type AppRouter = ReturnType<typeof createAppRouter>

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter
  }
}
