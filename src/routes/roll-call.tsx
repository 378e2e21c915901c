import { createFileRoute } from '@tanstack/react-router'
import { present, readInt, readText } from '../api/search.ts'
import { RollCallPage } from './-roll-call/roll-call-page.tsx'

/** Outside the shell and its guard: it has to open on a phone without a network, from what that phone keeps. */
export const Route = createFileRoute('/roll-call')({
  validateSearch: (search: Record<string, unknown>) =>
    present({
      emergency: readInt(search, 'emergency', 1, 1_000_000_000),
      site: readText(search, 'site'),
    }),
  component: RollCallPage,
})
