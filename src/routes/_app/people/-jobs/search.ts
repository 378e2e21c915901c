import { present, readOneOf, readText } from '../../../../api/search.ts'

/** `/people/jobs?job=&show=&copy=`; with a job it is that one, and `show` narrows its rows. */
export function readJobsSearch(search: Record<string, unknown>) {
  return present({
    job: readText(search, 'job', 40),
    show: readOneOf(search, 'show', ['open', 'trouble']),
    copy: readOneOf(search, 'copy', ['new']),
  })
}
