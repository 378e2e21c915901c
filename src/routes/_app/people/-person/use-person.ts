import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { OperationAnswer } from '#contract/types.ts'
import { type Changes, present } from '../../../../api/search.ts'
import type { PersonSearch } from './search.ts'

export type PersonRecord = OperationAnswer<'users.record'>['Person']
export type UserState = OperationAnswer<'users.states'>['States'][number]

/** Whose page this is. */
export function usePersonCode(): string {
  return useParams({ from: '/_app/people/$employeeCode' }).employeeCode
}

/** What the address says of this page, and how to change it without a step in the history. */
export function usePersonSearch(): readonly [PersonSearch, (changes: Changes<PersonSearch>) => void] {
  const search = useSearch({ from: '/_app/people/$employeeCode' })
  const navigate = useNavigate({ from: '/people/$employeeCode' })
  return [
    search,
    changes =>
      void navigate({ search: old => present({ ...old, ...changes }), replace: true, resetScroll: false }),
  ]
}
