import { createFileRoute } from '@tanstack/react-router'
import { JobsPage } from './-jobs/jobs-page.tsx'
import { readJobsSearch } from './-jobs/search.ts'

export const Route = createFileRoute('/_app/people/jobs')({
  validateSearch: readJobsSearch,
  component: JobsPage,
})
