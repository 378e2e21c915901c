import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { operationQuery } from '../../api/query.ts'
import { words } from '../../words/index.ts'
import type { Option } from '../combobox/use-combobox.ts'
import { useRested } from '../combobox/use-rested.ts'
import { fullName } from './full-name.ts'

/** People as options of a combobox: searched by name or code by the gateway, and the name of the chosen one. */
export function usePeopleSearch(value: string) {
  const [typed, setTyped] = useState('')
  const [isAsked, setAsked] = useState(false)
  const text = useRested(typed, 200)
  const found = useQuery({
    ...operationQuery('users.list', { Search: text, Limit: 20 }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  // Opened by a link, only the code is known; the name is looked up once.
  const known = useQuery({
    ...operationQuery('users.list', { Search: value, Limit: 20 }),
    enabled: value !== '',
    staleTime: 300_000,
  })
  const chosen = known.data?.Users.find(person => person.EmployeeCode === value)
  const options: Option[] = (found.data?.Users ?? []).map(person => ({
    value: person.EmployeeCode,
    label: fullName(person) || words.punches.person(person.EmployeeCode),
    note: person.EmployeeCode,
  }))
  return {
    options,
    display: chosen ? fullName(chosen) || value : value,
    busy: found.isFetching || typed !== text,
    onOpen: () => setAsked(true),
    onSearch: setTyped,
  }
}
