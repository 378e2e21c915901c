import './styles/tokens.css'
import './styles/base.css'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createAppRouter } from './router.tsx'
import { loadWords } from './words/index.ts'

async function mount(root: HTMLElement) {
  await loadWords()
  const router = createAppRouter()
  // The page's code travels while the session is asked for; the router alone would wait for the answer first.
  for (const { routeId } of router.matchRoutes(router.latestLocation)) {
    void router.loadRouteChunk(router.routesById[routeId as keyof typeof router.routesById])
  }
  // The skeleton of index.html stays until the first page can be drawn whole.
  await router.load()
  createRoot(root).render(
    <StrictMode>
      <RouterProvider router={router} />
    </StrictMode>,
  )
}

const root = document.getElementById('root')
if (root) void mount(root)
