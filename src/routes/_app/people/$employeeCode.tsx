import { createFileRoute } from '@tanstack/react-router'
import { operationQuery } from '../../../api/query.ts'
import { PersonPage } from './-person/person-page.tsx'
import { readPersonSearch } from './-person/search.ts'

export const Route = createFileRoute('/_app/people/$employeeCode')({
  validateSearch: readPersonSearch,
  loader: ({ context: { queryClient }, params: { employeeCode } }) => {
    void queryClient.prefetchQuery(operationQuery('users.record', { EmployeeCode: employeeCode }))
  },
  component: PersonPage,
})
