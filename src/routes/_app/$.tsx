import { createFileRoute } from '@tanstack/react-router'
import { NotFound } from '../../components/page-states/not-found.tsx'

/** Any address nobody knows, inside the shell, so that the way out is in sight. */
export const Route = createFileRoute('/_app/$')({ component: NotFound })
